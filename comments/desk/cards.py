"""Cards: comments with everything that a decision on them needs, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.fields import IntegerField
from django.utils import timezone

from comments.choices import Complaint, Outcome, Reason, Status
from comments.desk.pieces import Piece, Span, pieces
from comments.desk.queues import write_place
from comments.models import Comment, Decision, Report, Sender
from comments.privacy import mask

MOST_ALIKE = 1_000
MOST_NEIGHBOURS = 100
STRONGEST = 3


class BoundedCount(Subquery):
    """How many rows a sliced subquery gives: it stops counting at the end of the slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) found)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Sign:
    """A piece of text by which the learner judges, and whether it speaks against the comment."""

    piece: str
    is_against: bool


@dataclass
class Card:
    """A comment and what is known around it."""

    comment: Comment
    sender: Sender | None = None
    alike: int = 0  # that wait, this one among them; at most MOST_ALIKE
    neighbours: int = 0  # other comments from the same network; at most MOST_NEIGHBOURS
    waiting_answers: int = 0
    verdict: Decision | None = None  # the policy's last word
    latest: Decision | None = None  # the last word of a person
    complaints: list[tuple[str, int]] = field(default_factory=list)

    @property
    def scope(self) -> str:
        """On what its buttons decide: on all that are alike and wait, or on it alone."""
        return "alike" if self.comment.status == Status.PENDING and self.alike > 1 else "one"

    @cached_property
    def paragraphs(self) -> list[list[Piece]]:
        return pieces(self.comment.text, self._span())

    @cached_property
    def parent_paragraphs(self) -> list[list[Piece]]:
        return pieces(self.comment.parent.text) if self.comment.parent else []

    @property
    def address(self) -> str:
        """The sender's e-mail, masked; empty where none is kept."""
        return mask(self.comment.email) if self.comment.email else ""

    @property
    def is_hot(self) -> bool:
        article = self.comment.article
        return article.is_hot and (article.hot_until is None or article.hot_until > timezone.now())

    @property
    def place(self) -> str:
        return write_place(self.comment)

    @property
    def waiting_on_article(self) -> int:
        tally = getattr(self.comment.article, "comment_tally", None)
        return tally.pending if tally else 0

    @property
    def is_first(self) -> bool:
        """Whether nothing of this sender was ever decided on."""
        sender = self.sender
        return sender is not None and not (sender.approved or sender.rejected or sender.spam)

    @property
    def reader(self) -> Any:
        """The colleague who has the comment on lease now, if any."""
        comment = self.comment
        is_leased = comment.lease_until is not None and comment.lease_until > timezone.now()
        return comment.lease_by if is_leased else None

    @property
    def signs(self) -> list[Sign]:
        """The learner's strongest reasons, as far as they can be read."""
        told = [each for each in self.comment.signs if isinstance(each, dict) and each.get("piece")]
        strongest = sorted(told, key=lambda each: -abs(each.get("weight", 0)))[:STRONGEST]
        return [Sign(str(each["piece"]), each.get("weight", 0) > 0) for each in strongest]

    def _span(self) -> Span | None:
        """What the rule met, where the text is still the one that it met it in."""
        verdict = self.verdict
        if verdict is None or verdict.span_start is None or verdict.revision != self.comment.revision:
            return None
        return verdict.span_start, verdict.span_end or verdict.span_start


def load(comments: Sequence[Comment]) -> list[Card]:
    """A card for each of `comments` (as `queues.comments_for_cards` reads them), in four queries."""
    senders = Sender.objects.in_bulk({each.email_digest for each in comments}, field_name="email_digest")
    cards = {each.pk: Card(each, senders.get(each.email_digest)) for each in comments}
    for pk, *numbers in _numbers(cards):
        card = cards[pk]
        card.alike, card.neighbours, card.waiting_answers = numbers
        card.neighbours = max(0, card.neighbours - 1)  # itself
    for decision in Decision.objects.filter(comment__in=cards).select_related("by", "rule").order_by("pk"):
        if decision.by_id:
            cards[decision.comment_id].latest = decision
        elif decision.reason != Reason.REPORTED:
            cards[decision.comment_id].verdict = decision
    for pk, complaints in _complaints(cards).items():
        cards[pk].complaints = complaints
    return list(cards.values())


def _numbers(keys: Iterable[int]) -> QuerySet:
    waiting = Comment.objects.filter(status=Status.PENDING)
    alike = waiting.filter(group=OuterRef("group"))
    neighbours = Comment.objects.filter(network=OuterRef("network")).exclude(network="")
    answers = waiting.filter(parent=OuterRef("pk"))
    counts = {
        "alike": BoundedCount(alike.values("pk")[:MOST_ALIKE]),
        "neighbours": BoundedCount(neighbours.values("pk")[: MOST_NEIGHBOURS + 1]),
        "waiting_answers": BoundedCount(answers.values("pk")[:MOST_ALIKE]),
    }
    return Comment.objects.filter(pk__in=keys).values_list("pk").annotate(**counts)


def _complaints(keys: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    """The open reports on each comment, collapsed: each reason in words with its count, the most frequent first."""
    rows = Report.objects.filter(comment__in=keys, outcome=Outcome.OPEN).values_list("comment", "complaint")
    found: defaultdict[int, list[tuple[str, int]]] = defaultdict(list)
    for pk, complaint, count in rows.annotate(count=Count("pk")).order_by("comment", "-count", "complaint"):
        found[pk].append((str(Complaint(complaint).label), count))
    return found
