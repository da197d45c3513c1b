"""Wall times: what the newspaper's clock shows at an instant, and the instant that it means."""

from datetime import UTC, datetime
from typing import Any

from django.utils import timezone


class MissingTimeError(ValueError):
    """No clock ever shows this time, because the hour is left out that day."""


def wall_time(instant: datetime) -> str:
    """What the clock shows at `instant`, in ISO form without an offset."""
    if timezone.is_naive(instant):
        return instant.isoformat()
    return timezone.make_naive(instant, timezone.get_default_timezone()).isoformat()


def wall_time_of(value: Any) -> str | None:
    """The wall time of what a column is about to take; None where only the database knows, or for nothing."""
    return wall_time(value) if isinstance(value, datetime) else None


def first_instant(wall: datetime) -> datetime:
    """The instant at which the clock shows `wall`, the first where it does so twice.

    Raises MissingTimeError where it never does.
    """
    instant = nearest_instant(wall)
    if wall_time(instant) != wall.isoformat():
        raise MissingTimeError(wall)
    return instant


def nearest_instant(wall: datetime) -> datetime:
    """As `first_instant`; a time that is left out counts on from the hour before it."""
    return wall.replace(tzinfo=timezone.get_default_timezone(), fold=0).astimezone(UTC)
