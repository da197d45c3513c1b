"""Signed addresses of the newsletter. Like those of `comments/tokens.py` they name a row by its key alone."""

from django.core import signing
from django.urls import reverse

from comments.tokens import CONFIRM_LIFETIME, read_signed
from newsroom.models import DigestSubscription

_CONFIRM = "newsroom.newsletter.confirm"
_UNSUBSCRIBE = "newsroom.newsletter.unsubscribe"


def confirm_path(subscription: DigestSubscription) -> str:
    """Where the reader of the mailbox confirms, in the active language. Valid for CONFIRM_LIFETIME."""
    return reverse("newsletter_confirm", args=[signing.dumps(subscription.pk, salt=_CONFIRM)])


def unsubscribe_path(subscription: DigestSubscription) -> str:
    """Where `subscription` ends, also by a mail program's own button (RFC 8058). It does not expire."""
    return reverse("newsletter_unsubscribe", args=[signing.dumps(subscription.pk, salt=_UNSUBSCRIBE)])


def read_confirmation(token: str) -> int:
    """The key of the subscription. Raises TokenExpired, or Http404 for a forged token."""
    return read_signed(token, _CONFIRM, CONFIRM_LIFETIME)


def read_unsubscription(token: str) -> int:
    """The key of the subscription. Raises Http404 for a forged token."""
    return read_signed(token, _UNSUBSCRIBE)
