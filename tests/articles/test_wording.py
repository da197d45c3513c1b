"""Times, amounts and counts as Moroccan newspapers word them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from articles import wording

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
COUNTS = (0, 1, 2, 3, 10, 11, 99, 100, 101, 102, 103)
MARKS = "ًٌٍَُِّْٰ"
# What Arabic says of none, one and two, then with 3–10, 11–99, and 100–102 again.
ARABIC: dict[Callable[[int], str], tuple[str, str, str, str, str, str]] = {
    wording.minutes_ago: (
        "قبل أقل من دقيقة",
        "قبل دقيقة",
        "قبل دقيقتين",
        "قبل {} دقائق",
        "قبل {} دقيقة",
        "قبل {} دقيقة",
    ),
    wording.hours_ago: ("قبل أقل من ساعة", "قبل ساعة", "قبل ساعتين", "قبل {} ساعات", "قبل {} ساعة", "قبل {} ساعة"),
    wording.days_ago: ("قبل أقل من يوم", "قبل يوم", "قبل يومين", "قبل {} أيام", "قبل {} يوما", "قبل {} يوم"),
    wording.in_minutes: (
        "بعد أقل من دقيقة",
        "بعد دقيقة",
        "بعد دقيقتين",
        "بعد {} دقائق",
        "بعد {} دقيقة",
        "بعد {} دقيقة",
    ),
    wording.in_hours: ("بعد أقل من ساعة", "بعد ساعة", "بعد ساعتين", "بعد {} ساعات", "بعد {} ساعة", "بعد {} ساعة"),
    wording.in_days: ("بعد أقل من يوم", "بعد يوم", "بعد يومين", "بعد {} أيام", "بعد {} يوما", "بعد {} يوم"),
    wording.reading_time: (
        "قراءة في أقل من دقيقة",
        "قراءة في دقيقة",
        "قراءة في دقيقتين",
        "قراءة في {} دقائق",
        "قراءة في {} دقيقة",
        "قراءة في {} دقيقة",
    ),
}
FORM_OF = dict(zip(COUNTS, (0, 1, 2, 3, 3, 4, 4, 5, 5, 5, 3), strict=True))


def rendered(filter_name: str, value: Any) -> str:
    return Template(f"{{% load wording %}}{{{{ value|{filter_name} }}}}").render(Context({"value": value}))


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("say", ARABIC, ids=lambda say: say.__name__)
def test_arabic_counts_in_six_forms(say: Callable[[int], str], count: int) -> None:
    assert say(count) == ARABIC[say][FORM_OF[count]].format(count)


@pytest.mark.parametrize(
    ("language", "say", "one", "many"),
    [
        ("fr", wording.minutes_ago, "il y a {} minute", "il y a {} minutes"),
        ("fr", wording.hours_ago, "il y a {} heure", "il y a {} heures"),
        ("fr", wording.in_days, "dans {} jour", "dans {} jours"),
        ("fr", wording.reading_time, "Lecture : {} minute", "Lecture : {} minutes"),
        ("en", wording.minutes_ago, "{} minute ago", "{} minutes ago"),
        ("en", wording.days_ago, "{} day ago", "{} days ago"),
        ("en", wording.in_hours, "in {} hour", "in {} hours"),
        ("en", wording.reading_time, "{}-minute read", "{}-minute read"),
    ],
)
def test_french_and_english_count_in_two(language: str, say: Callable[[int], str], one: str, many: str) -> None:
    is_one = (lambda count: count < 2) if language == "fr" else (lambda count: count == 1)

    with translation.override(language):
        assert {say(count) for count in COUNTS} == {(one if is_one(count) else many).format(count) for count in COUNTS}


@pytest.mark.parametrize(
    ("distance", "said"),
    [
        (timedelta(0), "الآن"),
        (timedelta(seconds=59), "الآن"),
        (timedelta(seconds=-59), "الآن"),
        (timedelta(minutes=1), "قبل دقيقة"),
        (timedelta(minutes=59, seconds=59), "قبل 59 دقيقة"),
        (timedelta(hours=1), "قبل ساعة"),
        (timedelta(hours=2, minutes=59), "قبل ساعتين"),
        (timedelta(hours=3), "قبل 3 ساعات"),
        (timedelta(hours=11), "قبل 11 ساعة"),
        (timedelta(hours=24), "قبل يوم"),
        (timedelta(days=6, hours=23), "قبل 6 أيام"),
        (timedelta(hours=-2), "بعد ساعتين"),
        (timedelta(days=-1), "بعد يوم"),
        (timedelta(days=7), "الثلاثاء 17 نونبر 2026 - 12:00"),
        (timedelta(days=-7), "الثلاثاء 1 دجنبر 2026 - 12:00"),
    ],
    ids=str,
)
def test_a_time_is_told_from_now_within_a_week_and_by_its_date_beyond(distance: timedelta, said: str) -> None:
    assert wording.relative_time(NOW - distance, NOW) == said


def test_a_date_told_in_full_is_that_of_morocco() -> None:
    assert wording.relative_time(datetime(2026, 7, 31, 23, 30, tzinfo=UTC), NOW) == "السبت 1 غشت 2026 - 00:30"


@given(st.timedeltas(min_value=timedelta(days=-30), max_value=timedelta(days=30)))
def test_a_single_thing_is_never_told_by_a_digit(distance: timedelta) -> None:
    words = wording.relative_time(NOW - distance, NOW).split()

    assert ("2026" in words) or not {"0", "1", "2"} & set(words)


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (269, 1), (270, 2), (449, 2), (450, 3), (1800, 10), (1980, 11)]
)
def test_reading_takes_a_minute_for_each_180_words(words: int, minutes: int) -> None:
    assert wording.reading_minutes("كلمة، " * words) == minutes


@given(st.lists(st.text("كتبدرس", min_size=1), max_size=600), st.sampled_from(MARKS))
def test_marks_and_tatweel_do_not_make_a_text_longer(words: list[str], mark: str) -> None:
    bare = " ".join(words)
    vocalised = " ".join("ـ".join(letter + mark for letter in word) for word in words)

    assert wording.reading_minutes(vocalised) == wording.reading_minutes(bare)


def test_the_reading_time_of_a_body_leaves_its_markup_out() -> None:
    word = '<p><a href="https://example.ma/كلمة كلمة كلمة"><strong>ك</strong>تاب</a></p>'

    assert rendered("reading_time", word * 180) == "قراءة في دقيقة"
    assert rendered("reading_time", word * 360) == "قراءة في دقيقتين"
    assert rendered("reading_time", "") == rendered("reading_time", None) == ""


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (Decimal("1234.5"), "1.234,50 درهم"),
        (1234.5, "1.234,50 درهم"),
        (0, "0,00 درهم"),
        (Decimal("-0.001"), "0,00 درهم"),
        (Decimal("-1234.565"), "-1.234,57 درهم"),
        (10**30, "1.000.000.000.000.000.000.000.000.000.000,00 درهم"),
    ],
    ids=str,
)
def test_money_has_two_places_and_its_name_behind(amount: wording.Number, said: str) -> None:
    assert wording.dirhams(amount) == rendered("dirhams", amount) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [(34, "34%"), (0, "0%"), (100.0, "100%"), (12.5, "12,5%"), (Decimal("33.333"), "33,33%"), (1200, "1.200%")],
    ids=str,
)
def test_a_share_has_its_sign_behind_without_a_space(number: wording.Number, said: str) -> None:
    assert wording.percent(number) == rendered("percent", number) == said


@pytest.mark.parametrize(
    ("language", "money", "share", "number"),
    [
        ("ar", "1.234,50 درهم", "34,5%", "1.234.567,89"),
        ("fr", "1\u202f234,50 dirhams", "34,5\u00a0%", "1\u202f234\u202f567,89"),
        ("en", "1,234.50 dirhams", "34.5%", "1,234,567.89"),
    ],
)
def test_each_language_writes_numbers_in_its_own_way(language: str, money: str, share: str, number: str) -> None:
    with translation.override(language):
        said = [wording.dirhams(1234.5), wording.percent(34.5), wording.grouped(1_234_567.89)]

    assert [text.replace("\xa0", "\u202f") for text in said] == [
        text.replace("\xa0", "\u202f") for text in (money, share, number)
    ]


@pytest.mark.parametrize("value", [None, "", "كثير", "NaN", "Infinity", [1]], ids=repr)
@pytest.mark.parametrize("name", ["dirhams", "percent", "grouped"])
def test_what_is_no_number_shows_nothing(name: str, value: object) -> None:
    assert rendered(name, value) == ""
