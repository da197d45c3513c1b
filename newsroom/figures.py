"""What a journalist's own work comes to: how much, how fast, how often returned, and what readers said of it."""

import statistics
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from articles.calendar import month_before, next_month
from articles.choices import Status
from articles.html import plain_text
from articles.models import Article, ReadingHour, StatusChange
from articles.models.article import LANGUAGE_CODES
from articles.schedule import nearest_instant
from comments.models import ArticleTally

MONTHS = 12
SAMPLE = 100  # the newest articles that the closer figures are made of
MOST_COMMENTED = 5
READINGS = timedelta(days=7)
BODIES = [f"body_{code}" for code in LANGUAGE_CODES]
TITLES = [f"title_{code}" for code in LANGUAGE_CODES]


@dataclass(frozen=True)
class Discussed:
    """An article and how many comments readers wrote under it."""

    article: Article
    comments: int


@dataclass(frozen=True)
class Figures:
    """The figures of one person. `states` and `months` count everything, the rest the newest `sample` articles."""

    states: dict[Status, int]
    scheduled: int  # of those that are published, in the future
    months: list[tuple[date, int]]  # the first day of each of the last MONTHS, newest first
    sample: int
    words: int  # of those published
    words_each: int
    comments: int
    discussed: list[Discussed]
    readings: int  # of all their articles, in the last READINGS
    handed_in: int
    returned: int
    wait: timedelta | None  # from the last submission to publication; the median

    @property
    def returned_share(self) -> int:
        """Of a hundred articles that were handed in, how many came back at least once."""
        return round(100 * self.returned / self.handed_in) if self.handed_in else 0

    @property
    def busiest(self) -> int:
        """The most published in one of the months; at least one, for a scale."""
        return max(1, *(count for _month, count in self.months))


def figures_of(owner: Any, now: datetime | None = None) -> Figures:
    """The figures of `owner` at `now` (the present, unless told), by a constant number of queries."""
    now = now or timezone.now()
    theirs = Article.objects.filter(owner=owner)
    states = dict(theirs.order_by().values_list("status").annotate(Count("pk")))
    months, scheduled = _months(theirs, now)
    sample = list(theirs.order_by("-pk").only("status", "published_at", *TITLES, *BODIES)[:SAMPLE])
    published = [article for article in sample if article.status == Status.PUBLISHED]
    words = sum(map(_words, published))
    comments = _comments(sample)
    handed_in, returned, waits = _ways([article.pk for article in sample])
    return Figures(
        states={status: states.get(status, 0) for status in Status},
        scheduled=scheduled,
        months=months,
        sample=len(sample),
        words=words,
        words_each=round(words / len(published)) if published else 0,
        comments=sum(each.comments for each in comments),
        discussed=comments[:MOST_COMMENTED],
        readings=ReadingHour.objects.since(now - READINGS).filter(article__owner=owner).total(),
        handed_in=handed_in,
        returned=returned,
        wait=statistics.median(waits) if waits else None,  # type: ignore[type-var]
    )


def _months(theirs: Any, now: datetime) -> tuple[list[tuple[date, int]], int]:
    """How many appeared in each month, and how many will appear."""
    firsts = [timezone.localdate(now).replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.append(month_before(firsts[-1]))
    bounds = {f"month_{n}": (_start(first), min(_start(next_month(first)), now)) for n, first in enumerate(firsts)}
    within = {
        name: Count("pk", filter=Q(published_at__gte=start, published_at__lt=end))
        for name, (start, end) in bounds.items()
    }
    out = theirs.order_by().filter(status=Status.PUBLISHED, published_at__gte=_start(firsts[-1]))
    counts = out.aggregate(**within, scheduled=Count("pk", filter=Q(published_at__gt=now)))
    return [(first, counts[f"month_{n}"]) for n, first in enumerate(firsts)], counts["scheduled"]


def _start(day: date) -> datetime:
    return nearest_instant(datetime.combine(day, time.min))


def _words(article: Article) -> int:
    return sum(len(plain_text(getattr(article, name)).split()) for name in BODIES if getattr(article, name))


def _comments(sample: list[Article]) -> list[Discussed]:
    """Those of `sample` that were commented on, the most discussed first."""
    by_key = {article.pk: article for article in sample}
    tallies = ArticleTally.objects.filter(article__in=by_key).values_list("article", "approved", "pending")
    found = [Discussed(by_key[key], approved + pending) for key, approved, pending in tallies]
    return sorted((each for each in found if each.comments), key=lambda each: (-each.comments, -each.article.pk))


def _ways(keys: list[int]) -> tuple[int, int, list[timedelta]]:
    """How many of the articles were handed in, how many came back, and how long each waited until it appeared."""
    steps = StatusChange.objects.filter(article__in=keys).order_by("article", "pk")
    columns = steps.values_list("article", "article__published_at", "from_status", "to_status", "at")
    submitted: dict[int, datetime] = {}
    returned, waits = set(), {}
    for key, published_at, before, after, at in columns:
        if (before, after) == (Status.DRAFT, Status.IN_REVIEW):
            submitted[key] = at
        elif (before, after) == (Status.IN_REVIEW, Status.DRAFT):
            returned.add(key)
        elif after == Status.PUBLISHED and key in submitted and key not in waits:
            waits[key] = max(at, min(published_at or at, timezone.now())) - submitted[key]
    return len(submitted), len(returned & submitted.keys()), list(waits.values())
