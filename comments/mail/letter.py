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


def message_id(message: Outgoing) -> str:
    """The same for every try, so that a mail which arrives twice is shown once."""
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    return f"<{digest('mail', message._meta.label, str(message.pk), message.created_at.isoformat())[:32]}@{host}>"


def absolute(path: str) -> str:
    return settings.SITE_URL + path


def as_mail(message: Outgoing, letter: Letter) -> EmailMultiAlternatives:
    """`letter` in both parts, in the active language."""
    subject = " ".join(letter.subject.split())
    language = translation.get_language()
    context = {**letter.context, "subject": subject, "site_address": absolute("/")}
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{letter.template}.txt", context, using="plain"),
        to=[letter.to],
        headers={
            "Message-ID": message_id(message),
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Content-Language": language,
            **letter.headers,
        },
    )
    mail.attach_alternative(render_to_string(f"{letter.folder}/{letter.template}.html", context), "text/html")
    return mail
