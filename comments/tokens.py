"""Signed addresses that go out by mail alone: whoever opens one reads that mailbox.

A token names rows by their keys; it carries no address and no hash of one.
"""

from typing import Any

from django.core import signing
from django.http import Http404
from django.urls import reverse

from comments.models import Comment, Subscription

CONFIRM_LIFETIME = 7 * 24 * 3600  # seconds
_CONFIRM = "comments.confirm"
_UNSUBSCRIBE = "comments.unsubscribe"


class TokenExpired(Exception):
    """The token was ours, and is too old."""


def confirm_path(comment: Comment, subscription: Subscription | None = None) -> str:
    """Where the sender of `comment` confirms their address and, with it, that they want to follow.

    The path is in the active language. It is valid for CONFIRM_LIFETIME.
    """
    keys = [comment.pk, subscription.pk if subscription else None]
    return reverse("comment_confirm", args=[signing.dumps(keys, salt=_CONFIRM)])


def unsubscribe_path(subscription: Subscription) -> str:
    """Where `subscription` ends, also by a mail program's own button (RFC 8058). It does not expire."""
    return reverse("comment_unsubscribe", args=[signing.dumps(subscription.pk, salt=_UNSUBSCRIBE)])


def read_confirmation(token: str) -> tuple[int, int | None]:
    """The keys of the comment and of the subscription. Raises TokenExpired, or Http404 for a forged token."""
    comment, subscription = read_signed(token, _CONFIRM, CONFIRM_LIFETIME)
    return comment, subscription


def read_unsubscription(token: str) -> int:
    """The key of the subscription. Raises Http404 for a forged token."""
    return read_signed(token, _UNSUBSCRIBE)


def read_signed(token: str, salt: str, lifetime: int | None = None) -> Any:
    """What stands in `token`, signed under `salt`. Raises TokenExpired, or Http404 for a forged one."""
    try:
        return signing.loads(token, salt=salt, max_age=lifetime)
    except signing.SignatureExpired as error:
        raise TokenExpired from error
    except signing.BadSignature as error:
        raise Http404("no such token") from error
