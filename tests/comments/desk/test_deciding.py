"""Deciding at the desk: one press decides once, on the text that was seen, and whoever is late is told."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.choices import Cause, Queue, Reason, Status
from comments.models import Comment, Decision
from tests.comments.desk.forms import DESK, last, press, results, standing, stored, undo, waiting
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db

ACTS = {"approve": Status.APPROVED, "reject": Status.REJECTED, "spam": Status.SPAM}


@pytest.mark.parametrize(("do", "to"), ACTS.items(), ids=list(ACTS))
def test_a_button_of_a_card_decides_on_that_comment_alone(desk: Client, moderator: User, do: str, to: Status) -> None:
    comment, other = waiting(), waiting()

    response = press(desk, f"{do}:one:{comment.pk}", comment, other)

    assert response.json()["told"] == []
    assert standing(comment, other) == [to, Status.PENDING]
    assert (last(comment).by, last(comment).from_queue) == (moderator, Queue.KNOWN)


def test_without_script_the_answer_is_the_queue_again_with_a_message(desk: Client) -> None:
    comment = waiting()

    response = press(desk, f"approve:one:{comment.pk}", comment, script=False, queue="known")

    assert (response.status_code, response.url) == (302, f"{DESK}?queue=known")
    assert "messagelist" in desk.get(response.url).content.decode()


@pytest.mark.parametrize("queue", ["//evil.example", "nowhere", ""])
def test_the_way_back_stays_at_the_desk(desk: Client, queue: str) -> None:
    comment = waiting()

    assert press(desk, f"approve:one:{comment.pk}", comment, script=False, queue=queue).url == DESK


def test_a_rejection_keeps_its_cause(desk: Client) -> None:
    one, picked = waiting(), waiting()

    press(desk, f"reject:one:{one.pk}:topic", one)
    press(desk, "reject:picked", picked, cause="insult")

    assert (last(one).cause, last(picked).cause) == (Cause.TOPIC, Cause.INSULT)


def test_an_approval_takes_no_cause(desk: Client) -> None:
    comment = waiting()

    press(desk, "approve:picked", comment, cause="insult")

    assert (standing(comment), last(comment).cause) == ([Status.APPROVED], "")


def test_the_second_of_two_moderators_hears_who_was_first(login: Any, moderator: User) -> None:
    comment, colleague = waiting(), make_user("moderator", first_name="سارة", last_name="العلوي")
    press(login(colleague), f"approve:one:{comment.pk}", comment)

    response = press(login(moderator), f"reject:one:{comment.pk}", comment)

    (row,) = response.json()["told"]
    assert row["result"] == "late"
    assert "سارة العلوي" in row["sentence"]
    assert standing(comment) == [Status.APPROVED]


def test_a_text_that_changed_is_refused_and_shown(desk: Client) -> None:
    comment = waiting(text="النص القديم")
    Comment.objects.filter(pk=comment.pk).update(revision=2, text="النص الجديد")

    response = press(desk, f"approve:one:{comment.pk}", comment)

    (row,) = response.json()["told"]
    assert row["result"] == "changed"
    assert "النص الجديد" in row["card"]
    assert standing(comment) == [Status.PENDING]


def test_an_erased_comment_is_told_of_and_the_others_are_decided(desk: Client) -> None:
    erased, other = waiting(), waiting()
    erased.delete()
    erased.pk = other.pk - 1

    response = press(desk, "approve:picked", erased, other)

    assert results(response) == {erased.pk: "gone"}
    assert standing(other) == [Status.APPROVED]


def test_a_request_that_is_sent_again_decides_once(desk: Client) -> None:
    comment, act = waiting(), uuid.uuid4()

    first = press(desk, f"approve:one:{comment.pk}", comment, act=act)
    second = press(desk, f"approve:one:{comment.pk}", comment, act=act)

    assert first.json() == second.json()
    assert Decision.objects.filter(act=act).count() == 1


def test_a_request_that_was_cut_off_goes_on_where_it_stopped(desk: Client) -> None:
    first, second, act = waiting(), waiting(), uuid.uuid4()
    press(desk, f"spam:one:{first.pk}", first, act=act)

    response = press(desk, "spam:picked", first, second, act=act)

    assert response.json()["told"] == []
    assert standing(first, second) == [Status.SPAM, Status.SPAM]


def test_the_act_of_another_person_is_refused(login: Any, moderator: User) -> None:
    comment, act = waiting(), uuid.uuid4()
    press(login(make_user("moderator")), f"approve:one:{comment.pk}", comment, act=act)
    other = waiting()

    response = press(login(moderator), f"approve:one:{other.pk}", other, act=act)

    assert response.status_code == 400
    assert standing(other) == [Status.PENDING]


def test_an_act_of_the_policy_is_refused(desk: Client) -> None:
    comment = waiting()

    response = press(desk, f"approve:one:{comment.pk}", comment, act=last(comment).act)

    assert response.status_code == 400
    assert standing(comment) == [Status.PENDING]


@pytest.mark.parametrize(
    "fields",
    [
        {"do": ""},
        {"do": "delete:one:1"},
        {"do": "approve:one:"},
        {"do": "approve:one:x"},
        {"do": "approve:one:" + "9" * 19},
        {"do": "approve:everything"},
        {"do": "reject:one:1:nonsense"},
        {"act": "no-uuid"},
        {"act": ""},
        {"pick": ["1 OR 1=1"], "do": "approve:picked"},
        {"pick": ["999"], "do": "approve:picked"},
        {"answers": ["x"], "do": "reject:one:1"},
    ],
    ids=str,
)
def test_what_no_page_of_ours_sends_is_refused(desk: Client, fields: dict[str, Any]) -> None:
    comment = waiting()

    data = {"act": uuid.uuid4(), "do": f"approve:one:{comment.pk}", f"seen-{comment.pk}": 1, **fields}
    response = desk.post(f"{DESK}decide/", data)

    assert response.status_code == 400
    assert standing(comment) == [Status.PENDING]


def test_a_decision_without_the_revision_that_was_seen_is_refused(desk: Client) -> None:
    comment = waiting()

    response = desk.post(f"{DESK}decide/", {"act": uuid.uuid4(), "do": f"approve:one:{comment.pk}"})

    assert response.status_code == 400
    assert standing(comment) == [Status.PENDING]


@pytest.mark.parametrize("path", ["decide/", "undo/", "lease/"])
def test_nothing_is_decided_by_an_address(desk: Client, path: str) -> None:
    comment = waiting()

    response = desk.get(f"{DESK}{path}", {"do": f"approve:one:{comment.pk}", "pk": comment.pk})

    assert response.status_code == 405
    assert standing(comment) == [Status.PENDING]


def test_the_csrf_token_is_asked_for(moderator: User) -> None:
    client, comment = Client(enforce_csrf_checks=True), waiting()
    client.force_login(moderator)

    assert press(client, f"approve:one:{comment.pk}", comment).status_code == 403
    assert standing(comment) == [Status.PENDING]


def test_what_was_decided_may_change_where_it_stands_as_it_was_shown(desk: Client) -> None:
    comment = make_comment(status="approved")

    refused = press(desk, f"reject:one:{comment.pk}", comment)
    taken = press(desk, f"reject:one:{comment.pk}", comment, **{f"standing__{comment.pk}": "approved"})
    late = press(desk, f"spam:one:{comment.pk}", comment, **{f"standing__{comment.pk}": "approved"})

    assert results(refused) == results(late) == {comment.pk: "late"}
    assert results(taken) == {}
    assert standing(comment) == [Status.REJECTED]


def test_rejecting_a_comment_takes_its_waiting_replies_where_that_is_asked(desk: Client) -> None:
    parent, spared = waiting(), waiting()
    pending = waiting(article=parent.article, parent=parent)
    approved = make_comment(parent.article, parent=parent)
    below_spared = waiting(article=spared.article, parent=spared)

    press(desk, "reject:picked", parent, spared, answers=[parent.pk])

    assert standing(parent, pending, spared, below_spared) == ["rejected", "rejected", "rejected", "pending"]
    assert standing(approved) == [Status.APPROVED]
    assert last(pending).act == last(parent).act
    assert stored(parent).opens_thread is True  # a tombstone: an approved reply remains


def test_approving_never_touches_replies(desk: Client) -> None:
    parent = waiting()
    pending = waiting(article=parent.article, parent=parent)

    press(desk, f"approve:one:{parent.pk}", parent, answers=[parent.pk])

    assert standing(parent, pending) == [Status.APPROVED, Status.PENDING]


def test_a_reported_comment_is_kept_and_its_reports_are_answered_together(desk: Client) -> None:
    comment = make_comment(status="approved", queue=Queue.REPORTED)
    for _ in range(3):
        comment.reports.create(complaint="insult", revision=1)

    press(desk, f"approve:one:{comment.pk}", comment)

    assert set(comment.reports.values_list("outcome", flat=True)) == {"dismissed"}
    assert (stored(comment).queue, last(comment).reason) == ("", Reason.MODERATOR)
    undo(desk)
    assert set(comment.reports.values_list("outcome", flat=True)) == {"open"}
    assert (stored(comment).status, stored(comment).queue) == (Status.APPROVED, Queue.REPORTED)
