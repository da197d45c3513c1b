"""Morocco's clock: permanent UTC since 20 September 2026, by zone data that know it."""

import zoneinfo
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.utils import timezone as django_timezone

from newsroom import checks

HOUR = timedelta(hours=1)
ZERO = timedelta(0)


def casablanca() -> tzinfo:
    """The zone read anew: a copy in Python's cache could be older than the search path."""
    return zoneinfo.ZoneInfo.no_cache("Africa/Casablanca")


@pytest.mark.parametrize(
    ("instant", "offset"),
    [
        (datetime(2026, 1, 15, 12), HOUR),
        (datetime(2026, 2, 15, 1, 59, 59), HOUR),
        (datetime(2026, 2, 15, 2), ZERO),
        (datetime(2026, 3, 1, 12), ZERO),
        (datetime(2026, 3, 22, 1, 59, 59), ZERO),
        (datetime(2026, 3, 22, 2), HOUR),
        (datetime(2026, 7, 1, 12), HOUR),
        (datetime(2026, 9, 20, 0, 59, 59), HOUR),
        (datetime(2026, 9, 20, 1), ZERO),
        (datetime(2026, 12, 1, 12), ZERO),
        (datetime(2027, 2, 20, 12), ZERO),
        (datetime(2027, 7, 1, 12), ZERO),
        (datetime(2040, 7, 1, 12), ZERO),
    ],
    ids=str,
)
def test_the_offset_of_an_instant(instant: datetime, offset: timedelta) -> None:
    assert instant.replace(tzinfo=UTC).astimezone(casablanca()).utcoffset() == offset


@pytest.mark.parametrize(
    "wall", [datetime(2026, 2, 15, 2, 30), datetime(2026, 9, 20, 1, 30)], ids=["ramadan", "the-last-change"]
)
def test_a_repeated_hour_happens_twice(wall: datetime) -> None:
    first, second = (wall.replace(tzinfo=casablanca(), fold=fold) for fold in (0, 1))

    assert (first.utcoffset(), second.utcoffset()) == (HOUR, ZERO)
    assert second.astimezone(UTC) - first.astimezone(UTC) == HOUR


def test_a_missing_hour_does_not_come_back_as_it_was() -> None:
    wall = datetime(2026, 3, 22, 2, 30)

    returned = wall.replace(tzinfo=casablanca()).astimezone(UTC).astimezone(casablanca())

    assert returned.replace(tzinfo=None) == wall + HOUR


def test_an_ordinary_hour_comes_back_as_it_was() -> None:
    wall = datetime(2026, 3, 22, 3, 30)

    returned = wall.replace(tzinfo=casablanca()).astimezone(UTC).astimezone(casablanca())

    assert returned.replace(tzinfo=None) == wall


def test_the_portal_shows_the_time_of_morocco() -> None:
    instant = datetime(2026, 12, 1, 14, 30, tzinfo=UTC)

    assert settings.TIME_ZONE == "Africa/Casablanca"
    assert django_timezone.localtime(instant).strftime("%H:%M") == "14:30"


def test_the_systems_zone_files_are_not_asked() -> None:
    assert zoneinfo.TZPATH == ()


def test_current_zone_data_raise_no_warning() -> None:
    assert checks.check_zone_data(None) == []


def test_stale_zone_data_raise_a_warning_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    stale = SimpleNamespace(ZoneInfo=lambda name: timezone(HOUR))
    monkeypatch.setattr(checks, "zoneinfo", stale)

    (warning,) = checks.check_zone_data(None)

    assert (warning.id, warning.level) == ("newsroom.W001", WARNING)
    assert "tzdata" in warning.hint


def test_the_check_is_among_those_that_run_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "zoneinfo", SimpleNamespace(ZoneInfo=lambda name: timezone(HOUR)))

    assert "newsroom.W001" in {message.id for message in run_checks()}
