"""A mail before it is put into the form of one, and that form."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from comments.models.outgoing import Outgoing
from comments.privacy import digest


@dataclass(frozen=True)
class Letter:
    """A mail before it is put into the form of one."""

    to: str
    subject: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    folder: str = "comments/mail"  # of the template, and the plain part's beside it


@dataclass(frozen=True)
class Parts:
    """What a letter says, once without and once with markup."""

    plain: str
    html: str


def host() -> str:
    """The name under which the site sends."""
    return settings.SITE_URL.partition("://")[2].partition(":")[0]


def message_id(message: Outgoing) -> str:
    """The same for every try, so that a mail which arrives twice is shown once."""
    return f"<{digest('mail', message._meta.label, str(message.pk), message.created_at.isoformat())[:32]}@{host()}>"


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def one_click(address: str) -> dict[str, str]:
    """The headers by which a mail program shows a button of its own that ends such mails (RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def parts_of(letter: Letter) -> Parts:
    """Both parts of `letter`, in the active language."""
    context = {**letter.context, "subject": _subject(letter), "site_address": absolute("/")}
    return Parts(
        render_to_string(f"{letter.template}.txt", context, using="plain"),
        render_to_string(f"{letter.folder}/{letter.template}.html", context),
    )


def as_mail(message: Outgoing, letter: Letter, parts: Parts | None = None) -> EmailMultiAlternatives:
    """`letter` in both parts, in the active language; `parts` are given where they were made before."""
    language = translation.get_language()
    parts = parts or parts_of(letter)
    mail = EmailMultiAlternatives(
        subject=_subject(letter),
        body=parts.plain,
        to=[letter.to],
        headers={
            "Message-ID": message_id(message),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": language,
            **letter.headers,
        },
    )
    mail.attach_alternative(parts.html, "text/html")
    return mail


def _subject(letter: Letter) -> str:
    return " ".join(letter.subject.split())
