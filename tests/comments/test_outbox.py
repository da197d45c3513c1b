"""Sending what the outbox holds, to a real server: once, in time, and patiently."""

import socket
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from comments.choices import Cause, MailKind
from comments.mail import outbox
from comments.mail.engine import TRIES, WAITS
from comments.mail.outbox import send_due
from comments.models import Comment, OutboxMessage, Sender
from comments.models.mail import HOLD
from tests.factories import make_comment
from tests.postman import Postman, free_port, mail_server, sending_to

pytestmark = pytest.mark.django_db

ADDRESS = "said@example.ma"


@pytest.fixture
def postman() -> Iterator[Postman]:
    with mail_server() as server:
        yield server


def waiting(**values: Any) -> OutboxMessage:
    """A message that is due: the confirmation of an address."""
    comment = values.pop("comment", None) or make_comment(email=values.pop("email", ADDRESS))
    return OutboxMessage.objects.create(**{"kind": MailKind.CONFIRM, "comment": comment, **values})


def later(message: OutboxMessage, **delay: int) -> OutboxMessage:
    """The message with as much time gone by."""
    OutboxMessage.objects.filter(pk=message.pk).update(send_after=timezone.now() - timedelta(**delay))
    message.refresh_from_db()
    return message


def test_what_is_due_arrives_and_is_sent_once(postman: Postman) -> None:
    message = waiting()

    first, second = send_due(), send_due()

    message.refresh_from_db()
    assert (first.sent, second.sent) == (1, 0)
    assert postman.recipients() == [ADDRESS]
    assert message.sent_at is not None
    assert message.failed_at is None


def test_what_is_not_due_waits(postman: Postman) -> None:
    waiting(send_after=timezone.now() + timedelta(minutes=1))

    assert not send_due()
    assert send_due(now=timezone.now() + timedelta(minutes=2)).sent == 1


def test_one_connection_takes_them_all(postman: Postman) -> None:
    for number in range(5):
        waiting(email=f"reader{number}x@example.ma")

    assert send_due().sent == 5
    assert len(postman.sessions) == 1


def test_a_run_has_a_limit(postman: Postman) -> None:
    for number in range(3):
        waiting(email=f"reader{number}x@example.ma")

    assert (send_due(limit=2).sent, send_due(limit=2).sent) == (2, 1)


def test_two_workers_never_send_one_message(postman: Postman) -> None:
    message = waiting()
    seen_by_both = OutboxMessage.objects.get(pk=message.pk), OutboxMessage.objects.get(pk=message.pk)
    now = timezone.now()

    assert [outbox.ReadersOutbox()._claim(each, now) for each in seen_by_both] == [True, False]


def test_a_worker_killed_between_claim_and_sending_costs_a_retry_under_the_same_message_id(
    postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = waiting()

    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(outbox.ReadersOutbox, "_deliver", killed)
        send_due()

    message.refresh_from_db()
    assert (message.tries, message.sent_at) == (1, None)
    assert not send_due()
    assert send_due(now=timezone.now() + WAITS[0]).sent == 1
    expected = outbox.compose(message)
    assert expected is not None
    assert postman.letter()["Message-ID"] == expected.extra_headers["Message-ID"]


def test_a_worker_killed_after_sending_repeats_the_message_id(
    postman: Postman, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting()

    def killed(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(outbox.ReadersOutbox, "_finish", killed)
        send_due()
    send_due(now=timezone.now() + WAITS[0])

    identifiers = {letter["Message-ID"] for _to, letter in postman.received}
    assert (len(postman.received), len(identifiers)) == (2, 1)


def test_a_server_that_hangs_is_left_after_the_timeout() -> None:
    messages = [waiting(email=f"reader{number}x@example.ma") for number in range(3)]
    with socket.create_server(("127.0.0.1", 0)) as silent, sending_to(silent.getsockname()[1], timeout=0.2):
        started = timezone.now()
        run = send_due()

    assert timezone.now() - started < timedelta(seconds=2)
    assert (run.sent, run.retried) == (0, 1)
    stored = [OutboxMessage.objects.get(pk=each.pk) for each in messages]
    assert [each.tries for each in stored] == [1, 0, 0]
    assert stored[0].send_after > timezone.now()


def test_a_server_that_is_down_ends_the_run_and_the_mail_goes_out_when_it_is_back() -> None:
    message, port = waiting(), free_port()
    with sending_to(port):
        assert send_due().retried == 1
    message.refresh_from_db()
    assert message.error == "ConnectionRefusedError"

    with mail_server(port) as postman:
        assert send_due(now=timezone.now() + WAITS[0]).sent == 1

    message.refresh_from_db()
    assert (postman.recipients(), message.error) == ([ADDRESS], "")


@pytest.mark.parametrize("answer", ["450 4.2.1 mailbox busy said@example.ma", "451 4.7.1 greylisted"])
def test_a_passing_refusal_is_tried_again_ever_later(postman: Postman, answer: str) -> None:
    message, other = waiting(), waiting(email="other@example.ma")
    postman.answers[ADDRESS] = answer

    run = send_due()

    assert (run.sent, run.retried) == (1, 1)
    message.refresh_from_db()
    assert message.error == f"SMTPRecipientsRefused {answer[:3]}"
    gaps = []
    for _try in range(2, TRIES):
        now = later(message, seconds=1).send_after
        send_due(now=now)
        message.refresh_from_db()
        gaps.append(message.send_after - now)
    assert gaps == [*WAITS[1:], WAITS[-1], WAITS[-1]]
    assert message.failed_at is None
    assert send_due(now=later(message, seconds=1).send_after).failed == 1
    message.refresh_from_db()
    assert (message.tries, message.failed_at is None) == (TRIES, False)
    other.refresh_from_db()
    assert other.sent_at is not None


def test_a_recipient_who_does_not_exist_is_given_up_at_once(postman: Postman) -> None:
    message = waiting()
    postman.answers[ADDRESS] = f"550 5.1.1 <{ADDRESS}>: no such user"

    assert send_due().failed == 1

    message.refresh_from_db()
    assert message.failed_at is not None
    assert message.error == "SMTPRecipientsRefused 550"
    assert not send_due(now=timezone.now() + timedelta(days=30))


@pytest.mark.parametrize(("answer", "fails"), [("554 5.7.1 looks like spam", True), ("452 4.3.1 full", False)])
def test_a_mail_refused_at_its_content(postman: Postman, answer: str, fails: bool) -> None:
    waiting()
    postman.at_data = answer

    run = send_due()

    assert (run.failed, run.retried) == (int(fails), int(not fails))


def test_a_server_that_says_no_more_now_ends_the_run(postman: Postman) -> None:
    first, second = waiting(), waiting(email="other@example.ma")
    postman.answers[ADDRESS] = "421 4.7.0 too many, come back later"

    assert send_due().retried == 1

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.failed_at, first.tries, second.tries) == (None, 1, 0)


def test_a_mail_that_cannot_be_written_keeps_no_other_back(postman: Postman, monkeypatch: pytest.MonkeyPatch) -> None:
    message = waiting(kind=MailKind.MY_DATA)
    waiting(email="other@example.ma")
    monkeypatch.setitem(outbox.compose.__globals__["WRITERS"], MailKind.MY_DATA, lambda message: 1 / 0)

    run = send_due()

    message.refresh_from_db()
    assert (run.sent, run.retried, message.error) == (1, 1, "ZeroDivisionError")


def test_an_address_that_was_blanked_gets_nothing(postman: Postman) -> None:
    message = waiting()
    Comment.objects.update(email="", email_digest="")

    assert send_due().dropped == 1
    assert not OutboxMessage.objects.filter(pk=message.pk).exists()
    assert postman.received == []


def test_the_mail_about_a_comment_that_vanished_vanishes_with_it(postman: Postman) -> None:
    message = waiting()

    message.comment.delete()  # type: ignore[union-attr]

    assert not send_due()
    assert postman.received == []


def test_an_undo_within_ten_seconds_takes_the_notice_back(postman: Postman, moderator: Any) -> None:
    comment, act = make_comment(status="pending", email=ADDRESS), uuid.uuid4()
    comment.reject(by=moderator, cause=Cause.INSULT, act=act)

    assert not send_due(now=timezone.now() + HOLD / 2)
    assert OutboxMessage.objects.take_back(act, comment.pk) == 1
    assert not send_due(now=timezone.now() + HOLD * 2)
    assert postman.received == []


def test_a_notice_of_a_decision_that_does_not_stand_is_dropped(postman: Postman, moderator: Any) -> None:
    comment = make_comment(status="pending", email=ADDRESS)
    comment.reject(by=moderator, cause=Cause.INSULT)
    comment.hold(by=moderator)

    assert send_due(now=timezone.now() + HOLD).dropped == 1
    assert postman.received == []


def test_a_notice_of_a_decision_that_stands_arrives_after_the_hold(postman: Postman, moderator: Any) -> None:
    comment = make_comment(status="pending", email=ADDRESS)
    comment.reject(by=moderator, cause=Cause.INSULT)

    assert send_due(now=timezone.now() + HOLD).sent == 1
    assert postman.recipients() == [ADDRESS]


def test_the_log_says_what_was_done_and_no_address(postman: Postman, caplog: pytest.LogCaptureFixture) -> None:
    waiting()
    postman.answers[ADDRESS] = f"550 <{ADDRESS}> unknown"
    with caplog.at_level("DEBUG"):
        run = send_due()

    assert str(run) == "sent 0, put off 0, given up 1, dropped 0"
    told = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # the server's own
    assert not any("said" in words or "example.ma" in words for words in told)
    assert "example.ma" not in repr(list(OutboxMessage.objects.values()))
    assert Sender.objects.count() == 1
