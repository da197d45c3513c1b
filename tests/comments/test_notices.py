"""Who is written to after a decision: a rejected sender where the cause is told, followers of an answer once."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from comments.choices import TOLD, Cause, MailKind, Reason, Status
from comments.mail.outbox import send_due
from comments.models import Comment, OutboxMessage, Sender, Subscription
from tests.factories import make_comment

pytestmark = pytest.mark.django_db


def follow(comment: Comment, /, address: str = "follower@example.ma", **values: Any) -> Subscription:
    values = {"comment": comment, "confirmed_at": timezone.now(), "email_digest": address, **values}
    return Subscription.objects.create(article=comment.article, email=address, **values)


def answer(parent: Comment, **values: Any) -> Comment:
    return make_comment(parent.article, parent=parent, **{"status": "pending", **values})


def told(kind: MailKind) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=kind).order_by("pk"))


@pytest.mark.parametrize("cause", ["", *Cause], ids=str)
def test_the_cause_decides_whether_the_sender_is_told(moderator: User, cause: str) -> None:
    act = uuid.uuid4()

    make_comment(status="pending").reject(by=moderator, cause=cause, act=act)

    assert OutboxMessage.objects.filter(kind=MailKind.DECIDED, act=act).count() == (cause in TOLD)


def test_a_letter_waits_ten_seconds(moderator: User) -> None:
    before = timezone.now()

    make_comment(status="pending").reject(by=moderator, cause=Cause.INSULT)

    wait = OutboxMessage.objects.get().send_after - before
    assert timedelta(seconds=9.9) < wait < timedelta(seconds=12)


@pytest.mark.parametrize("to", [Status.APPROVED, Status.SPAM])
def test_no_unproved_sender_hears_of_anything_else(moderator: User, to: Status) -> None:
    make_comment(status="pending").decide(to, moderator, cause=Cause.INSULT)

    assert not OutboxMessage.objects.exists()


def test_the_rules_of_the_policy_tell_no_sender() -> None:
    comment = Comment(article=make_comment().article, name="قارئ", email="x@example.ma", text="نص")

    comment.receive(Status.REJECTED, Reason.RULE)

    assert not OutboxMessage.objects.exists()


def test_who_left_no_address_is_not_written_to(moderator: User) -> None:
    make_comment(status="pending", email="").reject(by=moderator, cause=Cause.INSULT)

    assert not OutboxMessage.objects.exists()


def test_a_writer_hears_that_a_comment_was_taken_back_as_they_asked(moderator: User) -> None:
    make_comment().reject(by=moderator, reason=Reason.WITHDRAWN)

    assert len(told(MailKind.DECIDED)) == 1


def test_an_answer_is_announced_at_the_cost_of_one_row_however_many_follow(moderator: User) -> None:
    parent = make_comment()
    for number in range(30):
        follow(parent, f"f{number}@example.ma")

    answer(parent).approve(by=moderator)

    assert [each.subscription for each in told(MailKind.REPLY)] == [None]


def test_followers_get_their_own_message_when_it_is_due(moderator: User) -> None:
    parent = make_comment()
    wishes = [follow(parent, f"f{number}@example.ma") for number in range(3)]
    follow(parent, "unconfirmed@example.ma", confirmed_at=None)
    answer(parent).approve(by=moderator)

    send_due(now=timezone.now() + timedelta(seconds=11), limit=1)

    announced, *messages = told(MailKind.REPLY)
    assert announced.sent_at is not None
    assert [each.subscription for each in messages] == wishes


def test_where_nobody_follows_nothing_is_announced(moderator: User) -> None:
    parent = make_comment()
    follow(parent, "unconfirmed@example.ma", confirmed_at=None)
    mine = answer(parent, email="me@example.ma")
    follow(parent, "me@example.ma", email_digest=mine.email_digest)

    mine.approve(by=moderator)

    assert not OutboxMessage.objects.exists()


def test_an_answer_that_comes_back_is_told_of_once(moderator: User) -> None:
    parent = make_comment()
    follow(parent)
    reply = answer(parent)

    for _ in range(2):
        reply.approve(by=moderator)
        reply.hold(by=moderator)

    assert len(told(MailKind.REPLY)) == 1


def test_what_was_not_sent_is_taken_back(moderator: User) -> None:
    comment, act = make_comment(status="pending"), uuid.uuid4()
    comment.reject(by=moderator, cause=Cause.INSULT, act=act)
    make_comment(status="pending").reject(by=moderator, cause=Cause.INSULT, act=act)

    assert [OutboxMessage.objects.take_back(act, comment.pk) for _ in range(2)] == [1, 0]
    assert OutboxMessage.objects.count() == 1


def test_telling_costs_a_decision_a_fixed_number_of_queries(
    moderator: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    reply = answer(make_comment(), email="me@example.ma")
    Sender.objects.get(email_digest=reply.email_digest).verify()
    follow(reply.parent)
    reply.approve(by=moderator)
    decision = reply.decisions.latest("pk")
    OutboxMessage.objects.all().delete()

    with django_assert_max_num_queries(4):
        OutboxMessage.objects.announce(reply, decision)


def test_an_answer_approved_again_after_an_undo_is_announced_anew(moderator: User) -> None:
    parent = make_comment()
    follow(parent)
    comment, act = answer(parent), uuid.uuid4()
    comment.approve(by=moderator, act=act)
    send_due(now=timezone.now() + timedelta(minutes=1), limit=1)  # one for each follower now, none of them sent

    OutboxMessage.objects.take_back(act, comment.pk)
    comment.reject(by=moderator)
    comment.approve(by=moderator)

    assert OutboxMessage.objects.filter(kind=MailKind.REPLY, comment=comment, sent_at=None).count() == 1


def test_an_approval_that_was_taken_back_in_time_does_not_silence_the_next(moderator: User) -> None:
    parent = make_comment()
    follow(parent)
    comment = answer(parent)
    comment.approve(by=moderator)
    comment.reject(by=moderator)
    send_due(now=timezone.now() + timedelta(minutes=1))

    comment.approve(by=moderator)

    assert OutboxMessage.objects.filter(kind=MailKind.REPLY, comment=comment, sent_at=None).count() == 1
