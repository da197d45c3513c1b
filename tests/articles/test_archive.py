"""The archive: months as Morocco's clock parts them, what stands in each, and the ways between them."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from articles.archive import Month, month_of
from tests.factories import make_article, make_category, make_picture
from tests.pages import read, words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 8, 5, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def titles(client: Client, address: str) -> list[str]:
    return [words(link) for link in read(client, address).findall(".//main[@id='content']//h3/a")]


def publish(title: str, *moment: int) -> None:
    make_article(title, published_at=datetime(*moment, tzinfo=UTC))  # type: ignore[arg-type, misc]


def test_a_month_begins_at_midnight_in_morocco(client: Client) -> None:
    # Morocco is an hour ahead in summer of 2026, and not any more in winter.
    publish("آخر يوليوز", 2026, 6, 30, 22, 59)
    publish("أول يوليوز", 2026, 6, 30, 23, 0)
    publish("نهاية يوليوز", 2026, 7, 31, 22, 59)
    publish("أول غشت", 2026, 7, 31, 23, 0)

    assert titles(client, "/archive/2026/07/") == ["نهاية يوليوز", "أول يوليوز"]
    assert titles(client, "/archive/2026/08/") == ["أول غشت"]
    assert Month(2026, 12).start == datetime(2026, 12, 1, tzinfo=UTC)
    assert Month(2026, 12).end == datetime(2027, 1, 1, tzinfo=UTC)
    assert month_of(datetime(2026, 6, 30, 23, tzinfo=UTC)) == Month(2026, 7)


def test_a_month_goes_by_its_moroccan_name_and_parts_its_days(client: Client) -> None:
    publish("خبر الصباح", 2026, 8, 4, 8, 0)
    publish("خبر قبل منتصف الليل", 2026, 8, 3, 22, 59)
    publish("خبر بعد منتصف الليل", 2026, 8, 3, 23, 0)

    page = read(client, "/archive/2026/08/")

    assert words(page.find(".//h1")) == "غشت 2026"
    assert [words(heading) for heading in page.findall(".//main[@id='content']//h2")] == [
        "الثلاثاء 4 غشت 2026",
        "الاثنين 3 غشت 2026",
    ]
    times = [words(time) for time in page.findall(".//time[@class='day__time']")]
    assert times == ["09:00", "00:00", "23:59"]


@pytest.mark.parametrize(
    "address",
    ["/archive/2026/13/", "/archive/2026/00/", "/archive/2026/09/", "/archive/9999/12/", "/archive/0000/01/"]
    + ["/archive/1899/12/", "/archive/2026/8/", "/archive/26/08/", "/archive/٢٠٢٦/٠٨/", "/archive/2026/"],
)
def test_what_is_no_month_or_has_not_begun_is_no_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_month_without_articles_is_a_page_that_no_engine_keeps(client: Client) -> None:
    page = read(client, "/archive/1912/05/")

    assert page.find(".//main[@id='content']//p[@class='empty']") is not None
    assert page.find(".//meta[@name='robots']").get("content") == "noindex, follow"
    assert page.find(".//link[@rel='canonical']") is None


def test_a_month_with_articles_may_be_kept(client: Client) -> None:
    publish("خبر", 2026, 8, 1, 8)

    page = read(client, "/archive/2026/08/")

    assert "noindex" not in page.find(".//meta[@name='robots']").get("content")
    assert page.find(".//link[@rel='canonical']").get("href") == "http://testserver/archive/2026/08/"


def test_the_months_beside_are_those_with_articles_in_the_language(client: Client) -> None:
    publish("قديم", 2025, 11, 10)
    publish("حديث", 2026, 8, 1, 8)
    make_article("وسط", title_fr="Milieu", published_at=datetime(2026, 3, 1, tzinfo=UTC))
    french = make_article("يحذف", title_fr="Vieux", published_at=datetime(2025, 12, 1, tzinfo=UTC))
    french.title_ar = ""
    french.save()

    page, in_french = read(client, "/archive/2026/03/"), read(client, "/fr/archive/2026/03/")

    links = [link.get("href") for link in page.findall(".//nav[@class='months']/a")]
    assert links == ["/archive/2025/11/", "/archive/", "/archive/2026/08/"]
    links = [link.get("href") for link in in_french.findall(".//nav[@class='months']/a")]
    assert links == ["/fr/archive/2025/12/", "/fr/archive/"]


def test_the_archive_lists_every_month_from_the_first_to_the_last(client: Client) -> None:
    publish("قديم", 2024, 12, 31, 23, 30)  # in Morocco it is 2025 already
    publish("حديث", 2026, 2, 1, 8)

    page = read(client, "/archive/")

    assert [words(year) for year in page.findall(".//main[@id='content']//h2")] == ["2026", "2025"]
    links = [link.get("href") for link in page.findall(".//main[@id='content']//ol/li/a")]
    assert links[:2] == ["/archive/2026/01/", "/archive/2026/02/"]
    assert links[2:] == [f"/archive/2025/{number:02}/" for number in range(1, 13)]
    assert words(page.findall(".//main[@id='content']//ol/li/a")[1]) == "فبراير 2026"


def test_a_date_from_an_import_that_cannot_be_makes_no_endless_archive(client: Client) -> None:
    publish("بلا تاريخ", 1, 5, 1)
    publish("حديث", 2026, 8, 1, 8)

    links = read(client, "/archive/").findall(".//main[@id='content']//ol/li/a")

    assert len(links) == 126 * 12 + 8
    assert client.get("/archive/0001/05/").status_code == 404
    assert client.get("/archive/2026/08/").status_code == 200


def test_an_archive_without_articles_is_a_page(client: Client) -> None:
    assert read(client, "/archive/").find(".//main[@id='content']//p[@class='empty']") is not None


def test_a_month_is_paged_and_every_article_stands_once(client: Client) -> None:
    for number in range(45):
        publish(f"خبر {number}", 2026, 7, 3, 10, number // 15)
    publish("خبر غشت", 2026, 8, 1, 8)
    seen, address = list[str](), "/archive/2026/07/"

    while address:
        page = read(client, address)
        seen += [words(link) for link in page.findall(".//main[@id='content']//h3/a")]
        more = page.find(".//main[@id='content']//a[@rel='next']")
        address = more.get("href") if more is not None else ""

    assert sorted(seen) == sorted(f"خبر {number}" for number in range(45))


def test_a_month_is_called_otherwise_in_each_language() -> None:
    with translation.override("fr"):
        assert str(Month(2026, 8)) == "Août 2026"
    with translation.override("ar"):
        assert [Month(2026, number).name for number in (5, 7, 8, 9, 11, 12)] == [
            "ماي",
            "يوليوز",
            "غشت",
            "شتنبر",
            "نونبر",
            "دجنبر",
        ]


@pytest.mark.parametrize(("address", "queries"), [("/archive/", 5), ("/archive/2026/08/", 6)])
def test_queries_do_not_grow_with_articles(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int
) -> None:
    for count in (2, 15):
        for number in range(count):
            moment = datetime(2026, 8, 1 + number % 4, tzinfo=UTC)
            make_article(published_at=moment, picture=make_picture(), category=make_category())
        publish("قديم", 2020, 1, count)
        with django_assert_num_queries(queries):
            client.get(address)
