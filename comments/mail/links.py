"""Signed addresses that go to one person: to decide on a comment, to see what is kept about an address.

Like those of `comments/tokens.py` they name rows by their keys and carry no address and no hash of one.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import Http404
from django.urls import reverse

from comments.choices import Status
from comments.models import Comment, Subscription
from comments.personal_data.holders import HOLDERS

LIFETIME = 24 * 3600  # seconds
DECISIONS = {"approve": Status.APPROVED, "reject": Status.REJECTED}
_DECIDE = "comments.decide"
_MY_DATA = "comments.my-data"
_ACTS = uuid.UUID("6c6b7b43-0a53-4a6c-9a4e-6d5c7b2c9d11")


@dataclass(frozen=True)
class MailedDecision:
    """What a link of a digest lets one moderator do: one decision on one text, once.

    `act` follows from the token, so that the log (one decision in an act) refuses it the second time.
    """

    user: int
    comment: int
    revision: int
    decision: str
    act: uuid.UUID


def decide_path(user: Any, comment: Comment, decision: str) -> str:
    """Where `user` confirms `decision`, a key of DECISIONS, on `comment` as it is now. Valid for LIFETIME."""
    facts = [user.pk, comment.pk, comment.revision, decision]
    return reverse("comment_decide", args=[signing.dumps(facts, salt=_DECIDE)])


def read_decision(token: str) -> MailedDecision:
    """What `token` permits. Raises Http404 for a forged one and for one older than LIFETIME."""
    user, comment, revision, decision = _read(token, _DECIDE)
    return MailedDecision(user, comment, revision, decision, uuid.uuid5(_ACTS, token))


def my_data_path(name: str, key: int) -> str:
    """Where the address of a row is exported or erased. Valid for LIFETIME, or until that row is gone.

    `name` is that of the model, of comments or subscriptions, or of one of HOLDERS.
    """
    return reverse("my_data_held", args=[signing.dumps([name, key], salt=_MY_DATA)])


def read_my_data(token: str) -> str:
    """The hash of the address that `token` is about. Raises Http404 where nothing is left of it."""
    name, key = _read(token, _MY_DATA)
    holder = next((each for each in HOLDERS if each.name == name), None)
    held = holder.digest_of(key) if holder else _digest_of(name, key)
    if held is None:
        raise Http404("nothing is kept")
    return held


def _digest_of(name: str, key: int) -> str | None:
    model = Comment if name == Comment._meta.model_name else Subscription
    return model.objects.filter(pk=key).exclude(email_digest="").values_list("email_digest", flat=True).first()


def _read(token: str, salt: str) -> Any:
    try:
        return signing.loads(token, salt=salt, max_age=LIFETIME)
    except signing.BadSignature as error:
        raise Http404("no such link") from error
