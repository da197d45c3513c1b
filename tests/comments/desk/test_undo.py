"""Taking back: everything that an act did, where nobody decided since."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.choices import Complaint, MailKind, Queue, Reason, Status
from comments.models import Decision, OutboxMessage, Report, WordRule
from tests.comments.desk.forms import DESK, last, press, results, standing, stored, undo, waiting
from tests.factories import make_comment, make_user
from tests.pages import parse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("do", ["approve", "reject", "spam"])
@pytest.mark.parametrize("queue", [Queue.RULE, Queue.FIRST, Queue.SAMPLE])
def test_an_undo_brings_back_status_and_queue(desk: Client, moderator: User, do: str, queue: Queue) -> None:
    comment = waiting(queue)
    press(desk, f"{do}:one:{comment.pk}", comment)

    response = undo(desk)

    assert (stored(comment).status, stored(comment).queue) == (Status.PENDING, queue)
    assert (last(comment).reason, last(comment).by) == (Reason.UNDONE, moderator)
    assert f'data-card="{comment.pk}"' in response.json()["told"][0]["card"]


def test_an_undo_takes_back_the_whole_act(desk: Client) -> None:
    comments = [waiting() for _ in range(3)]
    press(desk, "spam:visible", *comments)

    undo(desk)

    assert standing(*comments) == ["pending"] * 3


def test_what_another_decided_since_stays_and_its_name_is_told(login: Any, moderator: User) -> None:
    mine, theirs, act = waiting(), waiting(), uuid.uuid4()
    press(login(moderator), "approve:picked", mine, theirs, act=act)
    colleague = make_user("moderator", first_name="سارة")
    theirs.reject(by=colleague)

    response = undo(login(moderator), act)

    assert standing(mine, theirs) == [Status.PENDING, Status.REJECTED]
    assert results(response) == {mine.pk: "done", theirs.pk: "late"}
    assert any("سارة" in row["sentence"] for row in response.json()["told"])


def test_a_second_undo_of_the_same_act_changes_nothing(desk: Client) -> None:
    comment, act = waiting(), uuid.uuid4()
    press(desk, f"approve:one:{comment.pk}", comment, act=act)
    undo(desk, act)
    logged = Decision.objects.count()

    response = undo(desk, act)

    assert results(response) == {comment.pk: "late"}
    assert Decision.objects.count() == logged
    assert standing(comment) == [Status.PENDING]


def test_undoing_goes_back_act_by_act(desk: Client) -> None:
    first, second = waiting(), waiting()
    press(desk, f"approve:one:{first.pk}", first)
    press(desk, f"spam:one:{second.pk}", second)

    undo(desk)
    assert standing(first, second) == [Status.APPROVED, Status.PENDING]
    undo(desk)

    assert standing(first, second) == [Status.PENDING, Status.PENDING]


def test_nobody_takes_back_what_another_did(login: Any, moderator: User) -> None:
    comment, act = waiting(), uuid.uuid4()
    press(login(make_user("moderator")), f"approve:one:{comment.pk}", comment, act=act)

    response = undo(login(moderator), act)

    assert response.json()["told"] == []
    assert standing(comment) == [Status.APPROVED]


def test_only_the_last_twenty_acts_can_be_taken_back(desk: Client) -> None:
    old, act = waiting(), uuid.uuid4()
    press(desk, f"approve:one:{old.pk}", old, act=act)
    for _ in range(20):
        comment = waiting(article=old.article)
        press(desk, f"approve:one:{comment.pk}", comment)

    undo(desk, act)

    assert standing(old) == [Status.APPROVED]


def test_an_act_on_an_erased_comment_is_told(desk: Client) -> None:
    comment = waiting()
    press(desk, f"approve:one:{comment.pk}", comment)
    key = comment.pk
    comment.delete()

    assert results(undo(desk)) == {key: "gone"}


def test_an_undo_takes_unsent_mail_back_and_leaves_what_was_sent(desk: Client) -> None:
    comments = [waiting(email=f"reader{number}@example.ma") for number in range(2)]
    press(desk, "reject:picked", *comments, cause="insult")
    sent = OutboxMessage.objects.get(comment=comments[0])
    OutboxMessage.objects.filter(pk=sent.pk).update(sent_at=sent.created_at)

    undo(desk)

    assert list(OutboxMessage.objects.filter(kind=MailKind.DECIDED)) == [sent]


def test_an_undo_takes_back_the_stroke_against_a_rule(desk: Client) -> None:
    rule = WordRule.objects.create(phrase="كلب")
    comment = waiting(Queue.RULE, rule=rule)

    press(desk, f"approve:one:{comment.pk}", comment)
    assert WordRule.objects.get().overturned == 1
    undo(desk)

    assert WordRule.objects.get().overturned == 0


def test_a_malformed_act_is_refused(desk: Client) -> None:
    assert undo(desk, "none").status_code == 400


def test_my_last_decisions_are_listed_each_with_its_undo(desk: Client) -> None:
    first, second = waiting(), waiting()
    press(desk, f"approve:one:{first.pk}", first)
    press(desk, f"reject:one:{second.pk}:topic", second)
    undo(desk)
    erased = make_comment(status="pending")
    press(desk, f"spam:one:{erased.pk}", erased)
    erased.delete()

    rows = [row for row in parse(desk.get(f"{DESK}recent/")).iter("li") if row.get("data-act")]

    assert len(rows) == 3
    assert [row.find(".//form") is not None for row in rows] == [True, False, True]


def test_the_button_of_the_list_works_without_script(desk: Client) -> None:
    comment = waiting()
    press(desk, f"approve:one:{comment.pk}", comment)
    act = last(comment).act

    response = desk.post(f"{DESK}undo/", {"act": act}, headers={"accept": "text/html"})

    assert response.status_code == 302
    assert standing(comment) == [Status.PENDING]


def test_an_undo_puts_a_reported_comment_back_where_its_reports_had_put_it(desk: Client) -> None:
    comment = make_comment()
    for reporter in ("a", "b", "c"):
        Report.objects.file(comment, Complaint.INSULT, reporter=reporter)
    before = stored(comment)
    press(desk, f"approve:one:{comment.pk}", comment)

    undo(desk)

    again = stored(comment)
    assert (again.queue, again.rank, again.reports_reviewed) == (Queue.REPORTED, before.rank, 0)
    assert before.rank < 150
