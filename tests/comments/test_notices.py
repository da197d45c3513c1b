"""Who is written to after a decision: a rejected sender where the cause is told, followers of an answer once."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from comments import notices
from comments.choices import TOLD, Cause, MailKind, Status
from comments.models import Comment, OutboxMessage, Subscription
from comments.notices import cancel_notices, queue_notices
from tests.factories import make_comment

pytestmark = pytest.mark.django_db


def follow(comment: Comment, /, address: str = "follower@example.ma", **values: Any) -> Subscription:
    values = {"comment": comment, "confirmed_at": timezone.now(), "email_digest": address, **values}
    return Subscription.objects.create(article=comment.article, email=address, **values)


def answer(parent: Comment, **values: Any) -> Comment:
    return make_comment(parent.article, parent=parent, **values)


@pytest.mark.parametrize("cause", ["", *Cause], ids=str)
def test_the_cause_decides_whether_the_sender_is_told(cause: str) -> None:
    act = uuid.uuid4()

    count = queue_notices(make_comment(status="rejected"), act, cause)

    assert count == OutboxMessage.objects.filter(kind=MailKind.DECIDED, act=act).count() == (cause in TOLD)


def test_a_letter_waits_ten_seconds() -> None:
    before = timezone.now()

    queue_notices(make_comment(status="rejected"), uuid.uuid4(), Cause.INSULT)

    wait = OutboxMessage.objects.get().send_after - before
    assert timedelta(seconds=9.9) < wait < timedelta(seconds=12)


@pytest.mark.parametrize("status", [Status.APPROVED, Status.SPAM, Status.PENDING])
def test_no_sender_hears_of_anything_else(status: Status) -> None:
    assert queue_notices(make_comment(status=status), uuid.uuid4(), Cause.INSULT) == 0


def test_who_left_no_address_is_not_written_to() -> None:
    assert queue_notices(make_comment(status="rejected", email=""), uuid.uuid4(), Cause.INSULT) == 0


def test_followers_of_the_comment_and_of_the_article_hear_of_an_answer() -> None:
    parent = make_comment()
    of_comment, of_article = follow(parent), follow(parent, "all@example.ma", comment=None)
    follow(make_comment(parent.article), "other@example.ma")
    follow(parent, "unconfirmed@example.ma", confirmed_at=None)

    queue_notices(answer(parent), uuid.uuid4())

    told = OutboxMessage.objects.filter(kind=MailKind.REPLY).values_list("subscription", flat=True)
    assert set(told) == {of_comment.pk, of_article.pk}


def test_nobody_hears_of_their_own_answer() -> None:
    parent = make_comment()
    mine = answer(parent, email="me@example.ma")
    follow(parent, "me@example.ma", email_digest=mine.email_digest)

    assert queue_notices(mine, uuid.uuid4()) == 0


def test_an_answer_that_comes_back_is_told_of_once() -> None:
    parent = make_comment()
    follow(parent)
    reply = answer(parent)

    assert [queue_notices(reply, uuid.uuid4()) for _ in range(2)] == [1, 0]


def test_a_comment_that_opens_a_thread_is_no_answer() -> None:
    comment = make_comment()
    follow(comment, comment=None)

    assert queue_notices(comment, uuid.uuid4()) == 0


def test_an_answer_writes_to_a_bounded_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notices, "MOST_FOLLOWERS", 2)
    parent = make_comment()
    for number in range(3):
        follow(parent, f"f{number}@example.ma")

    assert queue_notices(answer(parent), uuid.uuid4()) == 2


def test_what_was_not_sent_is_taken_back() -> None:
    comment, act = make_comment(status="rejected"), uuid.uuid4()
    queue_notices(comment, act, Cause.INSULT)
    queue_notices(comment, uuid.uuid4(), Cause.INSULT)

    assert [cancel_notices(act, comment.pk) for _ in range(2)] == [1, 0]
    assert OutboxMessage.objects.count() == 1
