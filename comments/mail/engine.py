"""The worker of an outbox: what is due is written, sent, retried, and at last given up.

A message is claimed before it is sent: its number of tries goes up and its next time lies ahead, by
an update that only one worker can win. Killed in between, a worker leaves a message that is tried
again at that time under the same Message-ID; nothing else can make a mail go out twice.
"""

import logging
import smtplib
from abc import ABC, abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import mail
from django.db.models import F, QuerySet
from django.utils import timezone

from comments.models.outgoing import Outgoing

logger = logging.getLogger(__name__)

# How long after the first, second … failure the next try comes; after the last of TRIES none does.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
TRIES = 8
LIMIT = 100  # messages a run
CLOSING = 421  # the server's word for “no more from you now”


@dataclass
class Sent:
    """What a run did: mails sent, put off, given up, and messages with nothing to tell any more."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    dropped: int = 0

    def __bool__(self) -> bool:
        return bool(self.sent or self.retried or self.failed or self.dropped)

    def __str__(self) -> str:
        return f"sent {self.sent}, put off {self.retried}, given up {self.failed}, dropped {self.dropped}"


class Unreachable(Exception):
    """The mail server is not there, or went away."""


class Outbox(ABC):
    """A table of messages and how each of them becomes a mail."""

    model: type[Outgoing]

    @abstractmethod
    def messages(self) -> QuerySet:
        """All messages, with what is needed to write them."""

    @abstractmethod
    def compose(self, message: Any) -> mail.EmailMessage | None:
        """The mail; None where there is nothing to tell, or nobody to tell it to, any more."""

    def replace(self, message: Any) -> bool:
        """Whether `message` stood for others, which are in its place from now on."""
        return False

    def drop(self, message: Any) -> None:
        """What becomes of a message with nothing to tell."""
        message.delete()

    def send_due(self, now: datetime | None = None, limit: int = LIMIT) -> Sent:
        """Send at most `limit` of the messages that are due at `now` (the present, unless told).

        One connection serves them all. The first time that the server cannot be reached ends the run.
        """
        run, post = Sent(), Post()
        try:
            for _number in range(limit):
                message = self._next(now or timezone.now())
                if message is None:
                    break
                if self._claim(message, now or timezone.now()):
                    self._deliver(message, post, run)
        except Unreachable:
            logger.warning("the mail server cannot be reached; the rest waits for the next run")
        finally:
            post.close()
        return run

    def close(self, message: Any, **values: Any) -> None:
        """Write what became of this try, unless another has begun since."""
        self._rows().filter(pk=message.pk, tries=message.tries).update(**values)

    def _rows(self) -> QuerySet:
        return self.model._base_manager.all()

    def _next(self, now: datetime) -> Any:
        due = self.messages().filter(sent_at=None, failed_at=None, send_after__lte=now)
        return due.order_by("send_after", "pk").first()

    def _claim(self, message: Any, now: datetime) -> bool:
        """Whether this worker may send `message`. False where another took it, or an undo deleted it."""
        unchanged = self._rows().filter(
            pk=message.pk, tries=message.tries, send_after=message.send_after, sent_at=None, failed_at=None
        )
        message.send_after = now + WAITS[min(message.tries, len(WAITS) - 1)]
        won = unchanged.update(tries=F("tries") + 1, send_after=message.send_after)
        message.tries += 1
        return bool(won)

    def _deliver(self, message: Any, post: "Post", run: Sent) -> None:
        if self.replace(message):
            return
        try:
            letter = self.compose(message)
            if letter:
                post.send(letter)
        except Unreachable as error:
            self._put_off(message, error.__cause__, run)
            raise
        except Exception as error:  # whatever is wrong with one mail, the others go out
            self._put_off(message, error, run)
        else:
            self._finish(message, letter is not None, run)

    def _finish(self, message: Any, was_sent: bool, run: Sent) -> None:
        if was_sent:
            self.close(message, sent_at=timezone.now(), error="")
            run.sent += 1
        else:
            run.dropped += 1  # nothing to tell, or nobody to tell it to
            self.drop(message)

    def _put_off(self, message: Any, error: BaseException | None, run: Sent) -> None:
        code = _code(error)
        told = type(error).__name__ + (f" {code}" if code else "")  # never the server's words: they repeat addresses
        if message.tries >= TRIES or _is_final(error, code):
            self.close(message, failed_at=timezone.now(), error=told)
            run.failed += 1
        else:
            self.close(message, error=told)
            run.retried += 1


class Post:
    """The connection to the mail server, opened when there is something to send."""

    def __init__(self) -> None:
        # Since Django 6.1 mailers are named; before, there is one.
        self.connection = mail.mailers.default if hasattr(mail, "mailers") else mail.get_connection()
        self.is_open = False

    def send(self, letter: mail.EmailMessage) -> None:
        """Hand `letter` over. Raises Unreachable, or SMTPException where the server refuses this mail alone."""
        self._open()
        try:
            self.connection.send_messages([letter])
        except OSError as error:  # as every SMTPException is
            if isinstance(error, smtplib.SMTPException) and not _has_gone(error):
                raise
            raise Unreachable from error

    def _open(self) -> None:
        if self.is_open:
            return
        try:
            self.connection.open()
        except OSError as error:  # no such host, no TLS, no login, no answer in time
            raise Unreachable from error
        self.is_open = True

    def close(self) -> None:
        with suppress(OSError):  # the server may have gone before
            self.connection.close()


def _code(error: BaseException | None) -> int:
    """The server's three digits; 0 where it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _words in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _has_gone(error: smtplib.SMTPException) -> bool:
    return isinstance(error, smtplib.SMTPServerDisconnected) or _code(error) == CLOSING


def _is_final(error: BaseException | None, code: int) -> bool:
    """Whether the server will never take this mail. A refused sender or login is ours to mend, so it is not."""
    return code >= 500 and isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError))
