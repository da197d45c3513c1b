"""What a form of the desk asks for: which decision, on which comments, each with the revision that was seen."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict

from comments.choices import Cause, Queue, Status
from comments.models import Comment, Decision
from comments.moderation.deciding import Choice, Verdict, waiting_among

TYPED_ABOVE = 50
MOST_AT_ONCE = 1_000
TO = {"approve": Status.APPROVED, "reject": Status.REJECTED, "spam": Status.SPAM}
# What is decided, on what, from which comment on (for all but the marked and the visible), and why.
DO = re.compile(r"(approve|reject|spam):(?:(picked|visible)|(one|alike|sender|article):([0-9]{1,18}))(?::([a-z]+))?")
SEEN = re.compile(r"seen-([0-9]{1,18})")


@dataclass(frozen=True)
class Order:
    """A press of a button."""

    act: uuid.UUID
    to: Status
    scope: str
    pk: int | None
    cause: str
    data: QueryDict

    @property
    def is_wide(self) -> bool:
        """Whether it may reach comments that were not shown."""
        return self.scope in ("alike", "sender", "article")

    def verdict(self, by: Any, queues: Sequence[Queue]) -> Verdict:
        answers = frozenset(_key(text) for text in self.data.getlist("answers"))
        reject = self.to == Status.REJECTED
        return Verdict(
            self.to,
            by,
            self.act,
            queues,
            self.cause,
            self.data.get("note", "")[:500],
            answers if reject else frozenset(),
        )

    def choices(self, queues: Sequence[Queue]) -> list[Choice]:
        """The comments that are decided on. Raises BadRequest where one was shown and its revision is not told."""
        if self.is_wide:
            return [Choice(pk, self._seen(pk)) for pk in self._reached(queues)]
        keys = {"one": [str(self.pk)], "picked": self.data.getlist("pick"), "visible": _shown(self.data)}[self.scope]
        if len(keys) > MOST_AT_ONCE:
            raise BadRequest("too many comments at once")
        return [self._choice(_key(text)) for text in dict.fromkeys(keys)]

    def typed(self) -> int:
        """The count that was typed back; -1 where none was."""
        text = self.data.get("typed", "").strip()
        return int(text) if text.isdecimal() and len(text) < 9 else -1

    def _choice(self, pk: int) -> Choice:
        seen = self._seen(pk)
        if seen is None:
            raise BadRequest("the revision that was seen is missing")
        return Choice(pk, seen, self._standing(pk))

    def _seen(self, pk: int) -> int | None:
        text = self.data.get(f"seen-{pk}")
        return None if text is None else _key(text)

    def _standing(self, pk: int) -> str:
        standing = self.data.get(f"standing-{pk}", "")
        if standing and standing not in Status.values:
            raise BadRequest("no such status")
        return standing

    def _reached(self, queues: Sequence[Queue]) -> list[int]:
        """What a wide order decides on. Sent twice it reaches no further than once: as far as was typed."""
        done = list(Decision.objects.filter(act=self.act).order_by("pk").values_list("comment_id", flat=True))
        if not done:
            return self._waiting(queues)
        return [*done, *self._waiting(queues)[: max(0, self.typed() - len(done))]]

    def _waiting(self, queues: Sequence[Queue]) -> list[int]:
        """Those that wait and were there when the count was asked for, the longest waiting first."""
        model = Comment.objects.filter(pk=self.pk).only("group", "email_digest", "article_id").first()
        if model is None:
            return [self.pk] if self.pk else []
        same = {"alike": ("group", model.group), "sender": ("email_digest", model.email_digest)}
        column, value = same.get(self.scope, ("article_id", model.article_id))
        if not value:
            return [model.pk]
        found = waiting_among(queues).filter(**{column: value})
        upto = self.data.get("upto", "")
        found = found.filter(pk__lte=_key(upto)) if upto else found
        return list(found.values_list("pk", flat=True)[:MOST_AT_ONCE])


def read_order(request: HttpRequest) -> Order:
    """The order in a POST. Raises BadRequest where it is none."""
    match = DO.fullmatch(request.POST.get("do", ""))
    if not match:
        raise BadRequest("no such decision")
    to, several, scope, pk, cause = match.groups()
    cause = (cause or request.POST.get("cause", "")) if to == "reject" else ""
    if cause and cause not in Cause.values:
        raise BadRequest("no such cause")
    return Order(read_act(request), TO[to], several or scope, _key(pk) if pk else None, cause, request.POST)


def read_act(request: HttpRequest) -> uuid.UUID:
    """The number of a key press, made by the page. Raises BadRequest where it is none."""
    try:
        return uuid.UUID(request.POST.get("act", ""))
    except ValueError as error:
        raise BadRequest("no act") from error


def _shown(data: QueryDict) -> list[str]:
    return [match[1] for match in map(SEEN.fullmatch, data) if match]


def _key(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise BadRequest("no such number")
    return int(text)
