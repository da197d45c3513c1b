"""Links of a digest: a page, a button, one decision of one moderator on one text."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from comments.choices import Status
from comments.mail.links import LIFETIME, decide_path
from comments.models import Comment
from tests.factories import make_comment
from tests.pages import read, words

pytestmark = pytest.mark.django_db


def status(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).status


@pytest.fixture
def comment() -> Comment:
    return make_comment(status="pending", text="نص ينتظر")


def test_opening_the_link_shows_the_comment_and_decides_nothing(
    client: Client, moderator: User, comment: Comment
) -> None:
    address = decide_path(moderator, comment, "approve")

    page = read(client, address)
    client.head(address)

    assert "نص ينتظر" in words(page.find(".//blockquote"))
    assert len([form for form in page.iter("form") if form.get("method") == "post"]) == 1
    assert status(comment) == Status.PENDING


@pytest.mark.parametrize(("decision", "to"), [("approve", "approved"), ("reject", "rejected")])
def test_the_button_decides_as_that_moderator(
    client: Client, moderator: User, comment: Comment, decision: str, to: str
) -> None:
    response = client.post(decide_path(moderator, comment, decision))

    assert response.status_code == 200
    assert b'data-result="done"' in response.content
    assert status(comment) == to
    assert comment.decisions.latest("pk").by == moderator


def test_the_page_is_private_and_its_button_needs_a_token(moderator: User, comment: Comment) -> None:
    strict = Client(enforce_csrf_checks=True)
    address = decide_path(moderator, comment, "approve")

    response = strict.get(address)
    without = strict.post(address)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert without.status_code == 403
    assert status(comment) == Status.PENDING


def test_a_link_works_once_even_where_the_comment_waits_again(
    client: Client, moderator: User, comment: Comment
) -> None:
    address = decide_path(moderator, comment, "approve")
    client.post(address)
    comment.hold(by=moderator)

    again = client.post(address)

    assert again.status_code == 409
    assert status(comment) == Status.PENDING


def test_a_link_decides_nothing_that_somebody_decided_meanwhile(
    client: Client, moderator: User, comment: Comment
) -> None:
    address = decide_path(moderator, comment, "approve")
    comment.mark_spam(by=moderator)

    response = client.post(address)

    assert response.status_code == 409
    assert status(comment) == Status.SPAM
    assert "form" not in [each.tag for each in read(client, address).findall(".//main//form")]


def test_a_link_is_about_the_text_it_was_sent_with(client: Client, moderator: User, comment: Comment) -> None:
    address = decide_path(moderator, comment, "approve")
    Comment.objects.update(text="نص آخر", revision=2)

    response = client.post(address)

    assert response.status_code == 409
    assert "نص آخر" in response.content.decode()
    assert status(comment) == Status.PENDING


def test_a_link_ends_after_a_day(client: Client, moderator: User, comment: Comment) -> None:
    address = decide_path(moderator, comment, "approve")

    with time_machine.travel(timezone.now() + timedelta(seconds=LIFETIME + 5)):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert status(comment) == Status.PENDING


def _leave(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def _lose_the_role(user: User) -> None:
    user.groups.remove(Group.objects.get(name="moderator"))


@pytest.mark.parametrize("happens", [_leave, _lose_the_role])
def test_a_link_of_somebody_who_is_no_moderator_any_more_is_dead(
    client: Client, moderator: User, comment: Comment, happens: Any
) -> None:
    address = decide_path(moderator, comment, "approve")
    happens(moderator)

    assert (client.get(address).status_code, client.post(address).status_code) == (404, 404)
    assert status(comment) == Status.PENDING


def test_what_was_passed_to_the_editor_in_chief_is_not_decided_by_a_moderators_link(
    client: Client, moderator: User, comment: Comment
) -> None:
    address = decide_path(moderator, comment, "approve")
    comment.hold(by=moderator, queue="escalated")

    assert client.post(address).status_code == 404
    assert status(comment) == Status.PENDING


def test_a_forged_link_and_one_of_an_erased_comment_are_not_found(
    client: Client, moderator: User, comment: Comment
) -> None:
    address = decide_path(moderator, comment, "reject")
    forged = [address[:-3] + "xx/", "/comments/decide/x/", address.replace("/decide/", "/my-data/")]

    assert {client.post(each).status_code for each in forged} <= {403, 404}
    comment.delete()
    assert client.post(address).status_code == 404


def test_the_page_costs_a_fixed_number_of_queries(
    client: Client, moderator: User, comment: Comment, django_assert_max_num_queries: Any
) -> None:
    address = decide_path(moderator, comment, "approve")

    with django_assert_max_num_queries(9):
        client.get(address)


def _refuse(*args: Any, **how: Any) -> None:
    raise ValidationError("passed to the editor-in-chief")


def _miss(*args: Any, **how: Any) -> None:
    raise Comment.DoesNotExist


@pytest.mark.parametrize("happens", [_refuse, _miss, lambda *args, **how: False])
def test_what_happens_between_page_and_decision_is_said(
    client: Client, moderator: User, comment: Comment, monkeypatch: pytest.MonkeyPatch, happens: Any
) -> None:
    monkeypatch.setattr(Comment, "decide", happens)

    response = client.post(decide_path(moderator, comment, "approve"))

    assert response.status_code == 409
    assert b'data-result="refused"' in response.content
    assert status(comment) == Status.PENDING
