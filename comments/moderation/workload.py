"""What moderators did lately: a fair log of load and of what others reversed. Not a ranking."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median_low
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from articles.schedule import nearest_instant
from comments.choices import Reason, Status
from comments.models import Decision

DAYS, SHOWN_DAYS = 30, 7
SAMPLE = 500  # of each moderator's decisions, the newest: for medians and shares
CHANGES = (Reason.MODERATOR, Reason.UNDONE, Reason.WITHDRAWN)  # what a person may reverse another's decision by


@dataclass(frozen=True)
class Load:
    """What one moderator did."""

    who: Any
    days: list[int]
    """Decisions on each of the shown days, today first."""
    total: int
    """Decisions in all DAYS."""
    wait: timedelta | None
    """From submission to decision, the median; None where there is nothing to go by."""
    sampled: int
    """The decisions that the median and the shares are taken of."""
    overturned: int
    """Of those, how many another person reversed."""
    scored: int
    """Of those, how many the learner had an opinion on."""
    agreed: int
    """Of those, how many were decided as the learner would have."""


@dataclass(frozen=True)
class _Judged:
    by: int
    waited: timedelta
    overturned: bool
    agreed: bool | None


def days_shown(now: datetime) -> list[date]:
    """The days of the table by the clock of the newsroom, today first."""
    today = timezone.localtime(now).date()
    return [today - timedelta(days=number) for number in range(SHOWN_DAYS)]


def loads(now: datetime) -> list[Load]:
    """Everybody who decided in the last DAYS days, by name. Four queries, bounded by those days."""
    days = days_shown(now)
    counts = _counts(days)
    judged = defaultdict(list)
    for each in _judged(_sample(days[0] - timedelta(days=DAYS - 1))):
        judged[each.by].append(each)
    people = get_user_model().objects.filter(pk__in=counts)
    return [_load(who, counts[who.pk], judged[who.pk]) for who in sorted(people, key=_name)]


def midnight(day: date) -> datetime:
    """The first moment of `day` by the clock of the newsroom."""
    return nearest_instant(datetime.combine(day, time()))


def _name(user: Any) -> str:
    return user.get_full_name() or user.get_username()


def _counts(days: Sequence[date]) -> dict[int, dict[str, int]]:
    """By person: `total`, and `day0` for today, `day1` for the day before…"""
    bounds = [midnight(days[0] + timedelta(days=1)), *map(midnight, days)]
    columns = {
        f"day{number}": Count("pk", filter=Q(at__gte=bounds[number + 1], at__lt=bounds[number]))
        for number in range(len(days))
    }
    decisions = _decided(midnight(days[0] - timedelta(days=DAYS - 1)))
    rows = decisions.order_by().values("by").annotate(total=Count("pk"), **columns)
    return {row.pop("by"): row for row in rows}


def _decided(since: datetime) -> Any:
    # The people first, so that the index by person and time serves.
    people = get_user_model().objects.filter(is_staff=True).values("pk")
    return Decision.objects.filter(by__in=people, at__gte=since, reason=Reason.MODERATOR)


def _sample(since: date) -> list[int]:
    """The newest decisions of each person, SAMPLE of them at most."""
    place = Window(RowNumber(), partition_by=F("by"), order_by=[F("at").desc(), F("pk").desc()])
    numbered = _decided(midnight(since)).annotate(place=place).filter(place__lte=SAMPLE)
    return list(numbered.values_list("pk", flat=True))


def _judged(keys: list[int]) -> Iterable[_Judged]:
    """What became of the decisions `keys`, as far as their comments are not erased."""
    later = Decision.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"), reason__in=CHANGES)
    reversing = later.exclude(to_status=OuterRef("to_status")).order_by("pk").values("by")[:1]
    rows = Decision.objects.filter(pk__in=keys).annotate(next_by=Subquery(reversing))
    columns = ("by", "next_by", "at", "to_status", "comment__submitted_at", "comment__score")
    for by, next_by, at, to_status, submitted_at, score in rows.values_list(*columns):
        yield _Judged(by, at - submitted_at, next_by not in (None, by), _agreed(to_status, score))


def _agreed(to_status: str, score: float | None) -> bool | None:
    if score is None or to_status == Status.PENDING:
        return None
    return (score < 0.5) == (to_status == Status.APPROVED)


def _load(who: Any, counts: dict[str, int], judged: list[_Judged]) -> Load:
    scored = [each.agreed for each in judged if each.agreed is not None]
    return Load(
        who=who,
        days=[counts[f"day{number}"] for number in range(SHOWN_DAYS)],
        total=counts["total"],
        wait=median_low(each.waited for each in judged) if judged else None,  # type: ignore[type-var]
        sampled=len(judged),
        overturned=sum(each.overturned for each in judged),
        scored=len(scored),
        agreed=sum(scored),
    )
