"""Dates and numbers as Moroccan newspapers print them."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.dateformat import format as format_date
from django.utils.formats import (
    date_format,
    get_format,
    localize_input,
    number_format,
    sanitize_separators,
    time_format,
)

LANGUAGES = pytest.mark.parametrize("language", ["ar", "fr", "en"])
MOMENT = datetime(2026, 8, 5, 14, 5, tzinfo=UTC)


MONTHS = ["يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]


def rendered(source: str, value: object) -> str:
    return Template(source).render(Context({"value": value}))


@LANGUAGES
@pytest.mark.parametrize(
    ("name", "pattern"),
    [("DATETIME_FORMAT", "l j F Y - H:i"), ("DATE_FORMAT", "j F Y"), ("TIME_FORMAT", "H:i")],
    ids=["moment", "day", "time"],
)
def test_dates_follow_one_pattern_in_every_language(language: str, name: str, pattern: str) -> None:
    assert get_format(name, language) == pattern


@LANGUAGES
def test_the_week_starts_on_monday(language: str) -> None:
    assert get_format("FIRST_DAY_OF_WEEK", language) == 1


@LANGUAGES
def test_short_dates_put_the_day_first(language: str) -> None:
    with translation.override(language):
        assert date_format(date(2026, 2, 3), "SHORT_DATE_FORMAT") == "03/02/2026"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_dates_are_read_as_they_are_shown(language: str) -> None:
    with translation.override(language):
        assert get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
        assert get_format("DATETIME_INPUT_FORMATS")[0] == "%d/%m/%Y %H:%M"
        assert date_format(datetime(2026, 2, 3, 14, 5), "SHORT_DATETIME_FORMAT") == "03/02/2026 14:05"
        assert date_format(date(2026, 8, 5), "MONTH_DAY_FORMAT").startswith("5 ")


@LANGUAGES
@pytest.mark.parametrize(("hour", "shown"), [(0, "00:05"), (9, "09:05"), (14, "14:05")], ids=["midnight", "am", "pm"])
def test_the_clock_has_twenty_four_hours(language: str, hour: int, shown: str) -> None:
    with translation.override(language):
        assert time_format(time(hour, 5)) == shown


@pytest.mark.parametrize("letter", ["F", "E", "N", "M"], ids=["whole", "in-a-date", "short", "three-letters"])
def test_the_months_have_their_moroccan_names(letter: str) -> None:
    assert [format_date(date(2026, month, 1), letter) for month in range(1, 13)] == MONTHS


def test_a_full_date_reads_as_in_the_papers() -> None:
    assert date_format(datetime(2026, 8, 5, 14, 30), "DATETIME_FORMAT") == "الأربعاء 5 غشت 2026 - 14:30"
    assert date_format(date(2026, 8, 1), "YEAR_MONTH_FORMAT") == "غشت 2026"
    assert date_format(date(2026, 8, 5), "MONTH_DAY_FORMAT") == "5 غشت"


def test_a_full_date_has_western_digits_and_no_comma() -> None:
    shown = date_format(MOMENT, "DATETIME_FORMAT")

    assert shown == format_date(MOMENT, "l j F Y - H:i")
    assert shown.endswith(" 2026 - 14:05")
    assert " 5 " in shown
    assert not set(shown) & set("،,٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    ("number", "places", "shown"),
    [
        (1_234_567.89, 2, "1.234.567,89"),
        (1_234.5, 2, "1.234,50"),
        (999, 0, "999"),
        (1_000, 0, "1.000"),
        (-1_234_567, 0, "-1.234.567"),
        (0.5, 1, "0,5"),
    ],
    ids=["both", "padded", "below", "thousand", "negative", "fraction"],
)
def test_numbers_have_points_between_thousands_and_a_comma_before_the_fraction(
    number: float, places: int, shown: str
) -> None:
    assert number_format(number, places, force_grouping=True) == shown


def test_templates_print_numbers_the_same_way() -> None:
    assert rendered('{{ value|floatformat:"2g" }}', 1_234_567.891) == "1.234.567,89"
    assert rendered("{{ value }}", 3.5) == "3,5"


def test_numbers_typed_in_the_same_way_are_understood(settings: Any) -> None:
    settings.USE_THOUSAND_SEPARATOR = True

    assert sanitize_separators("1.234.567,89") == "1234567.89"


def test_dates_typed_with_the_day_first_are_understood() -> None:
    assert get_format("DATE_INPUT_FORMATS")[0] == "%d/%m/%Y"
    assert localize_input(date(2026, 2, 3)) == "03/02/2026"
    assert localize_input(datetime(2026, 2, 3, 14, 5)) == "03/02/2026 14:05"
