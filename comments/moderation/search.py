"""The search at the desk: over text, name, article, rule, moderator and time, the newest first.

What is looked through for one page is bounded, so that a page costs the same among ten comments and
among a million. One part of the filter leads (the one that an index serves best) and gives
candidates; the rest is tested on them. Where the candidates of a page run out before it is full, the
next page looks further back. No address is searched: none is in any index that this reads.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Protocol

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from articles.arabic import stems
from articles.models import SearchEntry
from articles.models.article import LANGUAGE_CODES
from articles.paging import EPOCH
from articles.search.engines import Scope, engine
from articles.search.positions import EARLIEST, last_position
from articles.search.query import parse
from comments.choices import Status
from comments.models import Comment, Decision
from comments.moderation.wordindex import newest_with

PAGE_SIZE = 20
LOOKED_AT = (100, 2_000, 4_000)  # candidates, one step after the other until the page is full
MOST_ARTICLES = 20  # of those whose titles hold the words
MOST_TITLES = 200  # that are looked at for them
MOST_WORDS = 16
MOST_IN_LIST = 1_000  # that the admin's own list can page through
CURSOR = re.compile(r"(?:([0-9]{1,16})-)?([0-9]{1,18})")
Place = tuple[datetime | None, int]


@dataclass(frozen=True)
class Filter:
    """What is asked for; whatever is empty does not narrow it."""

    words: str = ""
    name: str = ""
    article: int | None = None
    title: str = ""
    category: int | None = None
    rule: int | None = None
    by: int | None = None
    status: str = ""
    queue: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """The first moment that no longer counts."""


@dataclass(frozen=True)
class Found:
    """A page of keys, where the next one begins (empty at the end), and whether this one stopped early."""

    keys: list[int] = field(default_factory=list)
    next_cursor: str = ""
    stopped: bool = False


class Lead(Protocol):
    """The part of the filter that gives candidates, the newest first."""

    has_time: bool

    def candidates(self, after: Place | None, count: int) -> list[Place]:
        """The next `count` places behind `after`."""


def find(wanted: Filter, cursor: str = "", size: int = PAGE_SIZE) -> Found:
    """A page of the comments that `wanted` lets through, behind `cursor`. Raises Http404 for a malformed one."""
    lead = _lead(wanted)
    if lead is None:
        return Found()
    after = _read(cursor, lead.has_time)
    hits: list[Place] = []
    for count in LOOKED_AT:
        candidates = lead.candidates(after, count)
        fit = _fitting([key for _at, key in candidates], wanted)
        hits += [place for place in candidates if place[1] in fit]
        if len(hits) > size:
            return Found([key for _at, key in hits[:size]], _write(hits[size - 1]))
        if len(candidates) < count:
            return Found([key for _at, key in hits])
        after = candidates[-1]
    return Found([key for _at, key in hits], _write(after), stopped=True)  # type: ignore[arg-type]


def matching_keys(term: str) -> list[int]:
    """The newest comments whose text or name holds all words of `term`: for the admin's own list."""
    words = _stems(term)
    return newest_with(words, [], None, MOST_IN_LIST) if words else []


def _lead(wanted: Filter) -> Lead | None:
    """The part that narrows best; None where nothing can be found at all."""
    words, name = _stems(wanted.words), _stems(wanted.name)
    if (wanted.words and not words) or (wanted.name and not name):
        return None
    if wanted.article or wanted.title:
        articles = [wanted.article] if wanted.article else _titled(wanted.title)
        return _Rows(Comment.objects.filter(article__in=articles)) if articles else None
    if words or name:
        return _Words(words, name)
    if wanted.rule:
        return _Rows(Comment.objects.filter(rule=wanted.rule))
    return _Decided(wanted.by) if wanted.by else _Times(wanted)


@dataclass(frozen=True)
class _Words:
    words: Sequence[str]
    name: Sequence[str]
    has_time = False

    def candidates(self, after: Place | None, count: int) -> list[Place]:
        return [(None, key) for key in newest_with(self.words, self.name, after and after[1], count)]


@dataclass(frozen=True)
class _Rows:
    """Comments that an index finds, few enough to be put in order."""

    rows: QuerySet
    has_time = False

    def candidates(self, after: Place | None, count: int) -> list[Place]:
        # In arithmetic, so that no planner walks all keys backwards and tests row by row.
        rows = self.rows.annotate(place=F("pk") + 0).order_by("-place")
        if after:
            rows = rows.filter(place__lt=after[1])
        return [(None, key) for key in rows.values_list("pk", flat=True)[:count]]


@dataclass(frozen=True)
class _Decided:
    by: int
    has_time = False

    def candidates(self, after: Place | None, count: int) -> list[Place]:
        decisions = Decision.objects.filter(by=self.by)
        if after:
            decisions = decisions.filter(comment__lt=after[1])
        keys = decisions.order_by("-comment_id").values_list("comment_id", flat=True).distinct()
        return [(None, key) for key in keys[:count]]


@dataclass(frozen=True)
class _Times:
    """All comments, of one queue or status: each has an index in the order of time."""

    wanted: Filter
    has_time = True

    def candidates(self, after: Place | None, count: int) -> list[Place]:
        rows = Comment.objects.filter(_period(self.wanted)).before(after)  # type: ignore[arg-type]
        parts = [rows.filter(part).order_by("-submitted_at", "-pk") for part in self._parts()]
        found = [part.values_list("submitted_at", "pk")[:count] for part in parts]
        return list(islice(merge(*found, reverse=True), count))

    def _parts(self) -> Iterable[Q]:
        if self.wanted.queue:
            return [Q(queue=self.wanted.queue)]
        return [Q(status=status) for status in ([self.wanted.status] if self.wanted.status else Status.values)]


def _fitting(keys: list[int], wanted: Filter) -> set[int]:
    """Those of `keys` that all parts of the filter let through."""
    rows = Comment.objects.filter(_period(wanted), pk__in=keys)
    for column in ("status", "queue", "rule"):
        if value := getattr(wanted, column):
            rows = rows.filter(**{column: value})
    if wanted.category:
        rows = rows.filter(article__category=wanted.category)
    if wanted.by:
        rows = rows.filter(Exists(Decision.objects.filter(comment=OuterRef("pk"), by=wanted.by)))
    words, name = set(_stems(wanted.words)), set(_stems(wanted.name))
    if not (words or name):
        return set(rows.values_list("pk", flat=True))
    return {key for key, folded in rows.values_list("pk", "folded") if _holds(folded, words, name)}


def _holds(folded: str, words: set[str], name: set[str]) -> bool:
    return words <= set(folded.split()) and name <= set(folded.partition("\n")[0].split())


def _period(wanted: Filter) -> Q:
    since = Q(submitted_at__gte=wanted.since) if wanted.since else Q()
    return since & Q(submitted_at__lt=wanted.until) if wanted.until else since


def _titled(title: str) -> list[int]:
    """The newest published articles whose titles hold all the words."""
    query, words = parse(title), set(_stems(title))
    if not query:
        return []
    found = []
    for language in LANGUAGE_CODES:
        scope = Scope(language, EARLIEST, last_position(timezone.now()))
        positions = [hit.position for hit in engine().newest(query, scope, MOST_TITLES).hits]
        rows = SearchEntry.objects.filter(position__in=positions).values_list("article", f"title_{language}")
        found += [key for key, text in rows if words <= set(text.split())]
    return sorted(set(found), reverse=True)[:MOST_ARTICLES]


def _stems(text: str) -> list[str]:
    return list(dict.fromkeys(stems(text)))[:MOST_WORDS]


def _read(cursor: str, has_time: bool) -> Place | None:
    if not cursor:
        return None
    match = CURSOR.fullmatch(cursor)
    if not match or has_time != bool(match[1]):
        raise Http404("malformed cursor")
    return EPOCH + timedelta(microseconds=int(match[1])) if has_time else None, int(match[2])


def _write(place: Place) -> str:
    at, key = place
    return f"{(at - EPOCH) // timedelta(microseconds=1)}-{key}" if at else str(key)
