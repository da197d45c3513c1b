"""The newsroom's replies: published once, signed, marked, and taken back like any act."""

import uuid
from typing import Any

import pytest
from django.test import Client

from comments.choices import MailKind, Queue, Reason, Status
from comments.models import Comment, Decision, OutboxMessage, Subscription
from tests.comments.desk.forms import DESK, last, standing, stored, undo, waiting
from tests.factories import make_comment, make_user

pytestmark = pytest.mark.django_db
TEXT = "شكرا، صححنا الرقم."


def reply(client: Client, comment: Comment, **fields: Any) -> Any:
    data = {"act": uuid.uuid4(), "seen": comment.revision, "text": TEXT, **fields}
    return client.post(f"{DESK}{comment.pk}/reply/", data, headers={"accept": "application/json"})


def replies() -> list[Comment]:
    return list(Comment.objects.filter(staff=True))


def test_a_reply_stands_under_the_comment_as_the_newsrooms(login: Any) -> None:
    moderator, comment = make_user("moderator", first_name="سارة", last_name="العلوي"), make_comment()

    reply(login(moderator), comment)

    (answer,) = replies()
    assert (answer.parent, answer.article, answer.status) == (comment, comment.article, Status.APPROVED)
    assert (answer.name, answer.text, answer.email_digest) == ("سارة العلوي", TEXT, "")
    assert (last(answer).reason, last(answer).by, last(answer).from_status) == (Reason.STAFF, moderator, "")


def test_who_has_no_name_answers_for_the_newsroom(desk: Client, moderator: Any) -> None:
    reply(desk, make_comment())

    (answer,) = replies()
    assert answer.name
    assert moderator.username not in answer.name


def test_a_reply_to_an_answer_stands_beside_it(desk: Client) -> None:
    parent = make_comment()
    answer = make_comment(parent.article, parent=parent)

    reply(desk, answer)

    assert replies()[0].parent == parent


def test_a_comment_that_readers_do_not_see_is_approved_with_the_reply_or_not_answered(desk: Client) -> None:
    comment = waiting()

    refused = reply(desk, comment)
    assert (refused.status_code, replies(), standing(comment)) == (422, [], [Status.PENDING])
    taken = reply(desk, comment, approve="on")

    assert taken.status_code == 200
    assert standing(comment) == [Status.APPROVED]
    assert last(comment).act == last(replies()[0]).act


def test_an_approval_of_a_text_that_changed_publishes_nothing(desk: Client) -> None:
    comment = waiting()
    Comment.objects.filter(pk=comment.pk).update(revision=2)

    assert reply(desk, comment, approve="on").status_code == 422
    assert (replies(), standing(comment)) == ([], [Status.PENDING])


def test_the_same_reply_sent_twice_is_published_once(desk: Client) -> None:
    comment, act = make_comment(), uuid.uuid4()

    assert [reply(desk, comment, act=act).status_code for _ in range(2)] == [200, 200]
    assert len(replies()) == 1


@pytest.mark.parametrize(
    "text", ["", "  ", "\u200b", "ا" * 5_001, "حرف\x07"], ids=["none", "space", "unseen", "long", "bell"]
)
def test_a_reply_that_no_reader_could_send_is_refused(desk: Client, text: str) -> None:
    assert reply(desk, make_comment(), text=text).status_code == 422
    assert replies() == []


def test_an_undo_withdraws_the_reply_and_what_was_approved_with_it(desk: Client) -> None:
    comment = waiting(Queue.FIRST)
    reply(desk, comment, approve="on")

    undo(desk)

    assert standing(comment, *replies()) == [Status.PENDING, Status.REJECTED]
    assert stored(comment).queue == Queue.FIRST


def test_followers_hear_of_a_reply_unless_it_is_taken_back(desk: Client) -> None:
    comment = make_comment()
    Subscription.objects.create(
        article=comment.article,
        comment=comment,
        email="f@example.ma",
        email_digest="f",
        confirmed_at=comment.submitted_at,
    )

    reply(desk, comment)
    assert OutboxMessage.objects.get().kind == MailKind.REPLY
    undo(desk)

    assert not OutboxMessage.objects.exists()


def test_the_act_of_another_is_refused(desk: Client) -> None:
    comment = make_comment()
    theirs = Decision.objects.record(comment, "", Reason.MODERATOR, by=make_user("moderator"))

    assert reply(desk, comment, act=theirs.act).status_code == 400
    assert replies() == []
