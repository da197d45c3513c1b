"""Articles by the calendar: the months of the archive and the days of a list, as Morocco's clock parts them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst

from articles.models import Article
from articles.querysets import ArticleQuerySet
from articles.schedule import nearest_instant

FIRST_YEAR = 1900  # nothing of a newspaper's archive is older; no list of months is longer than that


@dataclass(frozen=True)
class Month:
    """A month of the calendar, which begins and ends at midnight in Morocco."""

    year: int
    number: int

    def __str__(self) -> str:
        return capfirst(date_format(self.first, "YEAR_MONTH_FORMAT"))

    @property
    def name(self) -> str:
        """Without the year."""
        return capfirst(date_format(self.first, "F"))

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def start(self) -> datetime:
        """The instant at which it begins."""
        return nearest_instant(datetime.combine(self.first, time.min))

    @property
    def end(self) -> datetime:
        """The instant at which the next one begins."""
        return self.after().start

    def after(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def get_absolute_url(self) -> str:
        return reverse("archive_month", args=[self.year, self.number])


@dataclass(frozen=True)
class Year:
    """A year of the archive with its months in order."""

    number: int
    months: list[Month]


@dataclass(frozen=True)
class Day:
    """A day of a list and the articles of it, in the order of the list."""

    date: date
    articles: list[Article]


def month_of(instant: datetime) -> Month:
    """The month that the clock shows at `instant`."""
    local = timezone.localtime(instant, timezone.get_default_timezone())
    return Month(local.year, local.month)


def find_month(year: int, number: int) -> Month:
    """That month. Raises Http404 where the calendar has none such, or it has not begun yet."""
    if year < FIRST_YEAR or not 1 <= number <= 12:
        raise Http404("no such month")
    month = Month(year, number)
    if month.first > timezone.localdate(timezone=timezone.get_default_timezone()):
        raise Http404("a month that has not begun")
    return month


def of_month(articles: ArticleQuerySet, month: Month) -> ArticleQuerySet:
    """Those of `articles` that appeared in it: one range of the index of what is latest."""
    return articles.filter(published_at__gte=month.start, published_at__lt=month.end)


def month_before(month: Month) -> Month | None:
    """The last one before it with an article in the active language."""
    return _month_of_first(_visible().filter(published_at__lt=month.start))


def month_after(month: Month) -> Month | None:
    """The first one after it with an article in the active language."""
    later = _visible().filter(published_at__gte=month.end)
    return _month_of_first(later.order_by("published_at", "pk"))


def years() -> list[Year]:
    """The years from the newest article of the active language back to the oldest, each with all its months.

    Two rows are read, not a count of each month: one that stands empty between others is listed too.
    """
    newest, oldest = _month_of_first(_visible()), _month_of_first(_visible().order_by("published_at", "pk"))
    if newest is None or oldest is None:
        return []
    months = groupby(_from_to(oldest, newest), lambda month: month.year)
    return [Year(number, list(of_year)) for number, of_year in months][::-1]


def days(articles: Iterable[Any]) -> list[Day]:
    """`articles`, which follow one another in time, parted where the clock shows another day."""
    zone = timezone.get_default_timezone()
    grouped = groupby(articles, lambda article: timezone.localtime(article.published_at, zone).date())
    return [Day(day, list(of_day)) for day, of_day in grouped]


def _visible() -> ArticleQuerySet:
    return Article.objects.published().in_language()


def _month_of_first(articles: ArticleQuerySet) -> Month | None:
    instant = articles.values_list("published_at", flat=True).first()
    return month_of(instant) if instant else None


def _from_to(first: Month, last: Month) -> Iterator[Month]:
    month = first if first.year >= FIRST_YEAR else Month(FIRST_YEAR, 1)
    while (month.year, month.number) <= (last.year, last.number):
        yield month
        month = month.after()
