"""Most read: decaying counts make the order, and only what readers may see stands there."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client

from articles.choices import Period
from articles.models import Article, MostRead, ReadingHour
from articles.models.readings import KEPT, SHOWN, STORED, weight
from tests.factories import make_article
from tests.pages import read, words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=30)


def article(title: str = "", **hours: int) -> Article:
    """An article with so many readings so many hours ago: `h3=10`."""
    made = make_article(title, published_at=LONG_AGO)
    for ago, count in hours.items():
        ReadingHour.objects.add({made.pk: count}, NOW - timedelta(hours=int(ago[1:])))
    return made


def order(period: Period = Period.DAY, language: str = "ar") -> list[int]:
    MostRead.objects.renew(NOW)
    rows = MostRead.objects.filter(period=period, language=language).order_by("position")
    return list(rows.values_list("article_id", flat=True))


def listed(page: Element) -> list[list[str]]:
    """The titles of each list on the page."""
    return [[words(each) for each in found.iter("li")] for found in page.iterfind(".//ol[@class='most-read__list']")]


def test_a_reading_loses_half_its_weight_in_each_half_life() -> None:
    six = timedelta(hours=6)

    assert [weight(six * age, six) for age in (-1, 0, 1, 2, 4)] == [1, 1, 0.5, 0.25, 0.0625]


def test_what_is_read_now_stands_above_what_was_read_more_but_earlier() -> None:
    morning, now = article(h12=39), article(h0=10)

    assert order(Period.DAY) == [now.pk, morning.pk]
    assert order(Period.WEEK) == [morning.pk, now.pk]


def test_each_period_ends() -> None:
    yesterday, last_week = article(h25=500), article(h169=9000)
    today = article(h1=1)

    assert order(Period.DAY) == [today.pk]
    assert order(Period.WEEK) == [yesterday.pk, today.pk]
    assert last_week.pk not in order(Period.WEEK)


def test_of_equals_the_newer_article_comes_first() -> None:
    older, newer = article(h1=3), article(h1=3)

    assert order() == [newer.pk, older.pk]


def test_a_list_is_of_articles_in_its_language() -> None:
    arabic, both = article(h1=9), article(h1=3)
    Article.objects.filter(pk=both.pk).update(title_fr="Pluies")

    assert order(language="ar") == [arabic.pk, both.pk]
    assert order(language="fr") == [both.pk]
    assert order(language="en") == []


def test_buckets_are_forgotten_once_no_list_needs_them() -> None:
    article(h1=1, h190=1, h193=1)

    assert ReadingHour.objects.purge(NOW) == 1
    assert timedelta(hours=192) == KEPT


def test_the_front_page_and_the_article_show_both_lists(client: Client) -> None:
    few, many = article("قليل", h1=1), article("كثير <b>", h1=9)
    MostRead.objects.renew(NOW)

    for address in ("/", few.get_absolute_url()):
        page = read(client, address)
        assert listed(page) == [["كثير <b>", "قليل"]] * 2
        headings = [words(each) for each in page.iterfind(".//h3[@class='most-read__span']")]
        assert len(headings) == 2
        assert page.find(f".//ol[@class='most-read__list']//a[@href='{many.get_absolute_url()}']") is not None


def test_five_stand_in_a_list_and_others_follow_when_one_is_withdrawn(client: Client, editor: Any) -> None:
    made = [article(f"خبر {number}", h1=100 - number) for number in range(STORED + 3)]
    assert len(order()) == STORED

    made[0].withdraw(by=editor, reason="خطأ")
    Article.objects.filter(pk=made[1].pk).update(published_at=datetime(2999, 1, 1, tzinfo=UTC))

    assert listed(read(client, "/")) == [[f"خبر {number}" for number in range(2, 2 + SHOWN)]] * 2


def test_the_french_page_shows_what_is_read_in_french(client: Client) -> None:
    translated = article("خبر", h1=1)
    article("آخر", h1=9)
    Article.objects.filter(pk=translated.pk).update(title_fr="Pluies sur le Rif")
    MostRead.objects.renew(NOW)

    assert listed(read(client, "/fr/")) == [["Pluies sur le Rif"]] * 2
    assert listed(read(client, "/en/")) == []


def test_without_readings_there_is_no_block(client: Client) -> None:
    make_article()

    assert read(client, "/").find(".//*[@id='most-read-heading']") is None


def test_both_lists_cost_one_query(django_assert_num_queries: Any) -> None:
    for number in range(20):
        article(h1=number + 1)
    MostRead.objects.renew(NOW)

    with django_assert_num_queries(1):
        lists = MostRead.objects.shown()
        addresses = [each.get_absolute_url() for found in lists.values() for each in found]

    assert len(addresses) == 2 * SHOWN
    assert all(str(each) for found in lists.values() for each in found)


def test_deleting_an_article_takes_its_readings_along() -> None:
    gone = article(h1=5)
    MostRead.objects.renew(NOW)

    gone.delete()

    assert not ReadingHour.objects.exists()
    assert not MostRead.objects.exists()
