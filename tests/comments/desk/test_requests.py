"""Withdrawal requests: a list with a clock, and an answer."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.choices import Outcome, Reason, Status
from comments.desk.requests import open_requests
from comments.models import Comment, Decision, WithdrawalRequest
from tests.factories import make_comment
from tests.pages import parse

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/desk/requests/"


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def make_request(hours: float = 5, **values: Any) -> WithdrawalRequest:
    due_at = timezone.now() + timedelta(hours=hours, minutes=1)
    return WithdrawalRequest.objects.create(comment=make_comment(**values), due_at=due_at, note="كتبته في غضب")


def listed(desk: Client, address: str = LIST) -> list[int]:
    return [int(each.get("data-request", "")) for each in parse(desk.get(address)).iter() if each.get("data-request")]


def answer(desk: Client, asked: WithdrawalRequest, how: str, text: str = "") -> Any:
    return desk.post(f"{LIST}{asked.pk}/{how}/", {"answer": text})


def test_what_is_due_first_stands_first_with_its_clock(desk: Client) -> None:
    later, overdue, sooner = make_request(30), make_request(-2), make_request(5)

    page = desk.get(LIST).content.decode()

    assert listed(desk) == [overdue.pk, sooner.pk, later.pk]
    assert page.count("record-overdue") == 1
    assert (open_requests().count, open_requests().overdue) == (3, 1)


def test_the_desk_tells_how_many_wait(desk: Client) -> None:
    make_request()

    assert LIST in desk.get(reverse("desk")).content.decode()


@pytest.mark.parametrize("status", ["approved", "pending"])
def test_upholding_takes_the_comment_back_and_notes_it(desk: Client, moderator: User, status: str) -> None:
    asked = make_request(status=status)

    response = answer(desk, asked, "uphold")

    asked.refresh_from_db()
    row = Decision.objects.latest("pk")
    assert response.status_code == 303
    assert (asked.outcome, asked.answered_by) == (Outcome.UPHELD, moderator)
    assert Comment.objects.get().status == Status.REJECTED
    assert (row.reason, row.by, row.from_status) == (Reason.WITHDRAWN, moderator, status)


def test_dismissing_leaves_the_comment_and_keeps_the_answer(desk: Client, moderator: User) -> None:
    asked = make_request()
    count = Decision.objects.count()

    answer(desk, asked, "dismiss", "التعليق جزء من نقاش عام")

    asked.refresh_from_db()
    assert (asked.outcome, asked.answer, asked.answered_by) == (
        Outcome.DISMISSED,
        "التعليق جزء من نقاش عام",
        moderator,
    )
    assert Comment.objects.get().status == Status.APPROVED
    assert Decision.objects.count() == count


@pytest.mark.parametrize("text", ["", "  ", "x" * 501, "x\x00"])
def test_dismissing_needs_an_answer_that_can_be_kept(desk: Client, text: str) -> None:
    asked = make_request()

    answer(desk, asked, "dismiss", text)

    asked.refresh_from_db()
    assert asked.outcome == Outcome.OPEN


@pytest.mark.parametrize("second", ["uphold", "dismiss"])
def test_the_second_answer_is_told_that_it_is_late(desk: Client, second: str) -> None:
    asked = make_request()
    answer(desk, asked, "dismiss", "أول")

    answer(desk, asked, second, "ثان")

    asked.refresh_from_db()
    assert (asked.outcome, asked.answer) == (Outcome.DISMISSED, "أول")
    assert Comment.objects.get().status == Status.APPROVED


def test_what_was_passed_on_waits_for_the_editor_in_chief(desk: Client, moderator: User) -> None:
    asked = make_request()
    asked.comment.escalate(by=moderator)

    response = answer(desk, asked, "uphold")

    asked.refresh_from_db()
    assert response.status_code == 303
    assert asked.outcome == Outcome.OPEN
    assert Comment.objects.get().status == Status.APPROVED


def test_answered_requests_leave_the_list(desk: Client) -> None:
    asked, other = make_request(), make_request()

    answer(desk, asked, "uphold")

    assert listed(desk) == [other.pk]


def test_the_list_goes_on_by_keyset(desk: Client) -> None:
    asked = [make_request(number) for number in range(25)]
    after = desk.get(LIST).content.decode().partition("?after=")[2].partition('"')[0]

    assert listed(desk) + listed(desk, f"{LIST}?after={after}") == [each.pk for each in asked]
