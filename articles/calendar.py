"""The desk's calendar: what is planned, what is scheduled, and what was published, day by day."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from articles.choices import Planning, Status
from articles.models import Article
from articles.schedule import nearest_instant

SQUARE = 5  # articles in the square of a day, unless more lie ahead
MOST = 300  # articles of each sort on one page
UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)
SHOWN_OR_GONE = (Status.PUBLISHED, Status.WITHDRAWN)
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Entry:
    """An article at the time that it is planned for, will appear at, or appeared at."""

    article: Article
    at: datetime
    planning: Planning

    @property
    def is_planned(self) -> bool:
        return self.planning == Planning.PLANNED

    @property
    def is_late(self) -> bool:
        """Whether its time has passed, and it was not published."""
        return self.is_planned and self.at < timezone.now()


@dataclass(frozen=True)
class Day:
    """A day of the page and what stands on it, in the order of the clock."""

    date: date
    entries: list[Entry] = field(default_factory=list)

    @property
    def in_short(self) -> list[Entry]:
        """What a small square shows: what lies ahead before what readers have seen."""
        ahead = [entry for entry in self.entries if entry.planning != Planning.PUBLISHED]
        seen = [entry for entry in self.entries if entry.planning == Planning.PUBLISHED]
        chosen = [*ahead, *reversed(seen)][: max(SQUARE, len(ahead))]
        return sorted(chosen, key=lambda entry: entry.at)


@dataclass(frozen=True)
class Page:
    """The days of a calendar page. `is_cut` where there was more than the page may show."""

    days: list[Day]
    is_cut: bool


def week_of(day: date) -> list[date]:
    """The seven days of the week that `day` is in, from Monday on."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(7)]


def month_of(day: date) -> list[date]:
    """The days of the month that `day` is in, filled up to whole weeks from Monday on."""
    first = day.replace(day=1)
    start = first - timedelta(days=first.weekday())
    count = (next_month(first) - start).days
    return [start + timedelta(days=number) for number in range(-(-count // 7) * 7)]


def next_month(day: date) -> date:
    """The first day of the month after that of `day`."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before that of `day`."""
    return (day.replace(day=1) - DAY).replace(day=1)


def compose(articles: QuerySet, dates: list[date]) -> Page:
    """What of `articles` stands on `dates`, which follow one another; two queries, whatever there is."""
    start, end = _midnight(dates[0]), _midnight(dates[-1] + DAY)
    rows = articles.select_related("owner").only("title", "status", "published_at", "planned_for", "owner__username")
    # Left out, not picked: an index of states must not look better than that of plans.
    planned = rows.exclude(status__in=SHOWN_OR_GONE).filter(planned_for__gte=start, planned_for__lt=end)
    out = rows.filter(status=Status.PUBLISHED, published_at__gte=start, published_at__lt=end)
    found = [
        list(planned.order_by("planned_for", "pk")[: MOST + 1]),
        list(out.order_by("-published_at", "-pk")[: MOST + 1]),  # what is cut off is what appeared first
    ]
    days = {day: Day(day) for day in dates}
    for entry in sorted(map(_entry, [*found[0][:MOST], *found[1][:MOST]]), key=lambda entry: entry.at):
        days[timezone.localtime(entry.at).date()].entries.append(entry)
    return Page(list(days.values()), is_cut=any(len(each) > MOST for each in found))


def _entry(article: Article) -> Entry:
    if article.status == Status.PUBLISHED:
        planning = Planning.SCHEDULED if article.is_scheduled else Planning.PUBLISHED
        return Entry(article, article.published_at, planning)  # type: ignore[arg-type]
    return Entry(article, article.planned_for, Planning.PLANNED)  # type: ignore[arg-type]


def _midnight(day: date) -> datetime:
    return nearest_instant(datetime.combine(day, time.min))
