"""What waits at the desk: how much of it, since when, and a page of one queue. Nothing here counts rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Substr
from django.db.models.lookups import GreaterThan
from django.http import Http404
from django.utils import timezone

from articles.paging import EPOCH
from comments.choices import Queue, Status
from comments.models import Comment, Tally

PAGE_SIZE = 20
MOST_NEW = 100  # beyond this the bar says no number
Place = tuple[int, datetime, int]
# Rank, microseconds since 1970 and key, each within what a database's columns hold.
PLACE = re.compile(r"([0-9]{1,4})-([0-9]{1,16})-([0-9]{1,18})")
PREFIX = "queue:"


class Row(Func):
    """Columns compared as one: both databases find the place in the index at once."""

    template = "(%(expressions)s)"
    output_field = BooleanField()


@dataclass(frozen=True)
class Waiting:
    """How many comments wait in a queue, and since when the oldest of them does."""

    queue: Queue
    count: int
    oldest: datetime | None


def waiting(queues: Sequence[Queue]) -> list[Waiting]:
    """What waits in each of `queues`, in their order: one query, of one row for each."""
    of_the_queue = Comment.objects.filter(queue=Substr(OuterRef("key"), len(PREFIX) + 1))
    oldest = Subquery(of_the_queue.order_by("submitted_at", "pk").values("submitted_at")[:1])
    tallies = Tally.objects.filter(key__in=[f"{PREFIX}{queue.value}" for queue in queues]).annotate(oldest=oldest)
    found = {tally.key.removeprefix(PREFIX): tally for tally in tallies}
    return [
        Waiting(each, found[each].value, found[each].oldest) if each in found else Waiting(each, 0, None)
        for each in queues
    ]


def first_waiting(tallies: Sequence[Waiting]) -> Queue:
    """The queue to open where none is asked for: the most urgent that is not empty."""
    return next((each.queue for each in tallies if each.count), tallies[0].queue)


def comments_for_cards() -> QuerySet[Comment]:
    """Comments with all that a card shows of their own rows: `cards.load` fetches the rest."""
    long_texts = [f"article__{name}_{code}" for name in ("body", "summary") for code in ("ar", "fr", "en")]
    related = ("article__category", "article__comment_tally", "parent", "rule", "lease_by")
    # The address itself is asked for by name: the card shows it masked.
    comments = Comment.objects.select_related(*related).defer(None)
    return comments.defer("folded", "parent__folded", "parent__email", *long_texts)


def queue_page(queue: Queue, me: Any, after: Place | None = None, size: int = PAGE_SIZE) -> list[Comment]:
    """The comments of `queue` behind `after`, the most urgent first, without those that others have on lease.

    Of those that are alike the first stands for all: its card decides on every one that waits.
    """
    comments = comments_for_cards().filter(queue=queue).filter(_free_for(me), _first_of_its_kind())
    if after:
        place = Row(*(Value(part) for part in after))
        comments = comments.filter(GreaterThan(Row(F("rank"), F("submitted_at"), F("pk")), place))
    return list(comments.order_by("rank", "submitted_at", "pk")[:size])


def arrived(queue: Queue, since: datetime) -> int:
    """How many comments were sent to `queue` after `since`, up to MOST_NEW."""
    fresh = Comment.objects.filter(queue=queue, submitted_at__gt=since).order_by("submitted_at", "pk")
    return len(fresh.values_list("pk")[:MOST_NEW])


def write_place(comment: Comment) -> str:
    """The text that `read_place` reads back."""
    return f"{comment.rank}-{(comment.submitted_at - EPOCH) // timedelta(microseconds=1)}-{comment.pk}"


def read_place(text: str) -> Place | None:
    """Where a page starts; None for the first. Raises Http404 for a malformed one."""
    if not text:
        return None
    match = PLACE.fullmatch(text)
    if not match:
        raise Http404("malformed place")
    return int(match[1]), EPOCH + timedelta(microseconds=int(match[2])), int(match[3])


def _first_of_its_kind() -> Q:
    alike = Comment.objects.filter(group=OuterRef("group"), status=Status.PENDING, queue=OuterRef("queue"))
    return Q(group=None) | ~Q(status=Status.PENDING) | ~Q(Exists(alike.filter(pk__lt=OuterRef("pk"))))


def _free_for(me: Any) -> Q:
    return Q(lease_by=None) | Q(lease_by=me) | Q(lease_until__lte=timezone.now())
