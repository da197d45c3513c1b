"""The optional Hijri date of the masthead."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from newsroom.hijri import hijri_date
from newsroom.models import SiteSettings
from tests.admin_forms import errors_beside, save
from tests.pages import read, words

DAY = date(2026, 9, 26)  # 15 Rabi al-Thani 1448 by the tables
NOON = datetime(2026, 9, 26, 12, tzinfo=UTC)


def line(client: Client, address: str = "/") -> str:
    """The date line of the page."""
    (found,) = (each for each in read(client, address).iter("p") if each.get("class") == "masthead__dates")
    return words(found)


def make_settings(**values: Any) -> SiteSettings:
    return SiteSettings.objects.create(name="جريدة", **values)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ar", "15 ربيع الآخر 1448 هـ"), ("fr", "15 rabii II 1448 H"), ("en", "15 Rabi al-Thani 1448 AH")],
)
def test_each_language_names_the_months_as_it_does_in_morocco(language: str, said: str) -> None:
    with translation.override(language):
        assert hijri_date(DAY) == said


def test_the_twelve_months_have_their_moroccan_names() -> None:
    names = {hijri_date(date(2026, 6, 17) + timedelta(days=number)).split(" ", 1)[1] for number in range(354)}

    assert names == {
        f"{month} 1448 هـ"
        for month in ("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة")
        + ("رجب", "شعبان", "رمضان", "شوال", "ذي القعدة", "ذي الحجة")
    }


@pytest.mark.parametrize(("offset", "day"), [(-2, 13), (-1, 14), (0, 15), (1, 16), (2, 17)])
def test_the_offset_moves_the_day(offset: int, day: int) -> None:
    assert hijri_date(DAY, offset) == f"{day} ربيع الآخر 1448 هـ"


@given(st.dates(), st.integers(-2, 2))
def test_any_day_gives_a_date_or_nothing(day: date, offset: int) -> None:
    said = hijri_date(day, offset)

    assert bool(said) == (date(1924, 8, 1) <= _moved(day, offset) <= date(2077, 11, 16))


def _moved(day: date, offset: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + offset, 1), date.max.toordinal()))


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_the_line_is_off_unless_the_newspaper_sets_it(client: Client) -> None:
    assert line(client) == "السبت 26 شتنبر 2026"

    settings = make_settings()
    assert line(client) == "السبت 26 شتنبر 2026"

    settings.shows_hijri = True
    settings.save()
    assert line(client) == "السبت 26 شتنبر 2026 15 ربيع الآخر 1448 هـ"
    assert line(client, "/fr/") == "samedi 26 septembre 2026 15 rabii II 1448 H"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("instant", "shown"),
    [(datetime(2026, 7, 31, 22, 59, tzinfo=UTC), "17 صفر"), (datetime(2026, 7, 31, 23, 1, tzinfo=UTC), "18 صفر")],
)
def test_the_day_is_that_of_morocco(client: Client, instant: datetime, shown: str) -> None:
    make_settings(shows_hijri=True)

    with time_machine.travel(instant, tick=False):
        assert shown in line(client)


@pytest.mark.django_db
@time_machine.travel(datetime(2099, 1, 1, 12, tzinfo=UTC), tick=False)
def test_beyond_the_tables_the_page_stands_without_it(client: Client) -> None:
    make_settings(shows_hijri=True)

    assert line(client) == "الخميس 1 يناير 2099"


@pytest.mark.django_db
@pytest.mark.parametrize("offset", [-3, 3])
def test_a_larger_offset_is_refused_everywhere(login: Any, administrator: Any, offset: int) -> None:
    settings = make_settings()
    settings.hijri_offset = offset

    response = save(
        login(administrator), f"/admin/newsroom/sitesettings/{settings.pk}/change/", hijri_offset=str(offset)
    )

    assert len(errors_beside(response, "hijri_offset")) == 1
    with pytest.raises(ValidationError):
        settings.full_clean()
    with pytest.raises(IntegrityError):
        settings.save()


@pytest.mark.django_db
def test_an_administrator_sets_line_and_offset(login: Any, administrator: Any) -> None:
    settings = make_settings()
    page = f"/admin/newsroom/sitesettings/{settings.pk}/change/"

    save(login(administrator), page, shows_hijri="on", hijri_offset="-1")

    settings.refresh_from_db()
    assert (settings.shows_hijri, settings.hijri_offset) == (True, -1)
