"""A real mail server on loopback, whose answers a test decides, and reading what it received."""

import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Postman:
    """Takes mail. `answers` maps a recipient to the line that refuses them."""

    def __init__(self) -> None:
        self.received: list[tuple[str, EmailMessage]] = []
        self.answers: dict[str, str] = {}
        self.at_data = ""
        self.sessions: set[int] = set()

    async def handle_RCPT(  # noqa: N802 (the server's name)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.add(id(session))
        refusal = self.answers.get(address)
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.at_data:
            return self.at_data
        message: Any = email.message_from_bytes(envelope.original_content or b"", policy=email.policy.default)
        self.received += [(to, message) for to in envelope.rcpt_tos]
        return "250 OK"

    def recipients(self) -> list[str]:
        return [to for to, _message in self.received]

    def letter(self) -> EmailMessage:
        """The one mail that came."""
        assert len(self.received) == 1
        return self.received[0][1]


@contextmanager
def mail_server(port: int = 0) -> Iterator[Postman]:
    """A server that Django sends to while the block runs."""
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        with sending_to(controller.port):
            yield postman
    finally:
        controller.stop()


def sending_to(port: int, timeout: float = 5) -> Any:
    """Settings that send mail to `port` of this machine."""
    return override_settings(EMAIL_BACKEND=SMTP_BACKEND, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_TIMEOUT=timeout)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def part(letter: EmailMessage, kind: str) -> str:
    """The text of the part `kind` (plain, html)."""
    body = letter.get_body((kind,))
    assert body is not None
    return body.get_content()
