"""How often articles were read, hour by hour, and the lists of those read most that follow from it.

A reading loses half of its weight in each half-life, so what is read now stands above what was read more,
but earlier. The lists are made beforehand: a page reads them as they are (docs/decisions/0033).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import get_language

from articles.choices import Period, Status
from articles.models.article import LANGUAGE_CODES, Article

BATCH = 500
KEPT = timedelta(days=8)
SPANS = {Period.DAY: timedelta(hours=24), Period.WEEK: timedelta(days=7)}
HALF_LIVES = {Period.DAY: timedelta(hours=6), Period.WEEK: timedelta(hours=48)}
CANDIDATES = 100  # by plain counts, of a half-life and of the whole span: only theirs are weighed
STORED = 12  # places of a list; what is withdrawn later leaves enough
SHOWN = 5


class ReadingQuerySet(models.QuerySet):
    """Readings in buckets of an hour."""

    def add(self, readings: Mapping[int, int], at: datetime | None = None) -> int:
        """Count so many readings of each article key in the hour of `at`; says how many there were.

        Only articles that readers may see count. Counts are added by the database: nobody's are overwritten.
        """
        now = at or timezone.now()
        counts = {key: readings[key] for key in _visible(readings, now)}
        with transaction.atomic(using=self.db):
            rows = [self.model(article_id=key, hour=hour_of(now)) for key in counts]
            self.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)
            for count, keys in _by_count(counts).items():
                for part in _parts(keys):
                    self.filter(hour=hour_of(now), article__in=part).update(count=F("count") + count)
        return sum(counts.values())

    add.alters_data = True  # type: ignore[attr-defined]

    def since(self, moment: datetime) -> "ReadingQuerySet":
        """The buckets that began after `moment`."""
        return self.filter(hour__gt=moment)

    def total(self) -> int:
        """How many readings they hold."""
        return self.aggregate(total=Sum("count"))["total"] or 0

    def purge(self, at: datetime | None = None) -> int:
        """Forget what no list looks back to; says how many buckets."""
        return self.filter(hour__lt=(at or timezone.now()) - KEPT).delete()[0]

    purge.alters_data = True  # type: ignore[attr-defined]

    def weigh(self, period: Period, language: str, at: datetime) -> list[tuple[int, float]]:
        """Article keys and scores of the list of `period` in `language`, the highest first, STORED at most."""
        scores: defaultdict[int, float] = defaultdict(float)
        rows = self.since(at - SPANS[period]).filter(article__in=self._candidates(period, language, at))
        for key, hour, count in rows.values_list("article_id", "hour", "count"):
            scores[key] += count * weight(at - hour, HALF_LIVES[period])
        return sorted(scores.items(), key=lambda each: (-each[1], -each[0]))[:STORED]

    def _candidates(self, period: Period, language: str, at: datetime) -> set[int]:
        # Asked of each bucket's own article: a list of all that readers may see would be as long as the archive.
        seen = {"article__status": Status.PUBLISHED, "article__published_at__lte": at}
        rows = self.filter(**seen, **{f"article__title_{language}__isnull": False}).order_by()
        found: set[int] = set()
        for span in (HALF_LIVES[period], SPANS[period]):
            sums = rows.since(at - span).values("article_id").annotate(total=Sum("count"))
            found.update(sums.order_by("-total", "-article_id").values_list("article_id", flat=True)[:CANDIDATES])
        return found


class ReadingHour(models.Model):
    """How often an article was read within an hour. Nothing else of a reading is kept."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reading_hours")
    hour = models.DateTimeField()  # its beginning
    count = models.PositiveIntegerField(default=0)

    objects: Any = ReadingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "hour"], name="one_bucket_an_hour")]
        indexes = [
            # the lists, which look back so many hours, and the purge
            models.Index(fields=["hour"], name="reading_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.count}"


class MostReadQuerySet(models.QuerySet):
    """The places of the lists."""

    def renew(self, at: datetime | None = None) -> bool:
        """Make every list anew in one transaction; says whether an order changed."""
        now = at or timezone.now()
        rows = [row for period in Period for language in LANGUAGE_CODES for row in self._list(period, language, now)]
        with transaction.atomic(using=self.db):
            before = self._order(self.all())
            self.all().delete()
            self.bulk_create(rows, batch_size=BATCH)
        return before != self._order(rows)

    renew.alters_data = True  # type: ignore[attr-defined]

    def shown(self) -> dict[Period, list[Article]]:
        """The lists in the active language, SHOWN articles each at most, in one query; none that is empty."""
        language = get_language()
        articles = Article.objects.published().in_language().filter(most_read__language=language)
        articles = articles.annotate(period=F("most_read__period"), place=F("most_read__position"))
        titles = (f"title_{code}" for code in LANGUAGE_CODES)
        lists: dict[Period, list[Article]] = {period: [] for period in Period}
        for article in articles.only("pk", "slug", *titles).order_by("period", "place"):
            lists[Period(article.period)].append(article)
        return {period: found[:SHOWN] for period, found in lists.items() if found}

    @staticmethod
    def _order(rows: Iterable[Any]) -> dict[tuple[str, str, int], int]:
        return {(row.period, row.language, row.position): row.article_id for row in rows}

    def _list(self, period: Period, language: str, at: datetime) -> Iterator[Any]:
        for position, (key, score) in enumerate(ReadingHour.objects.weigh(period, language, at)):
            yield self.model(period=period, language=language, position=position, article_id=key, score=score)


class MostRead(models.Model):
    """A place in the list of a period and language."""

    period = models.CharField(max_length=4, choices=Period)
    language = models.CharField(max_length=2)
    position = models.PositiveSmallIntegerField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="most_read")
    score = models.FloatField()

    objects: Any = MostReadQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["language", "period", "position"], name="one_article_at_a_place"),
            models.UniqueConstraint(fields=["article", "period", "language"], name="article_once_in_a_list"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.language} {self.position}"


def weight(age: timedelta, half_life: timedelta) -> float:
    """What a reading of `age` counts: 1 now, a half after `half_life`, a quarter after two."""
    return 0.5 ** (max(age, timedelta()) / half_life)


def hour_of(moment: datetime) -> datetime:
    """The beginning of its hour, by UTC, where none is left out or comes twice."""
    return datetime.fromtimestamp(moment.timestamp() // 3600 * 3600, tz=UTC)


def _visible(keys: Iterable[int], at: datetime) -> Iterator[int]:
    for part in _parts(sorted(keys)):
        yield from Article.objects.published(at).filter(pk__in=part).values_list("pk", flat=True)


def _by_count(counts: Mapping[int, int]) -> dict[int, list[int]]:
    keys: defaultdict[int, list[int]] = defaultdict(list)
    for key, count in counts.items():
        keys[count].append(key)
    return keys


def _parts(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + BATCH] for start in range(0, len(keys), BATCH))
