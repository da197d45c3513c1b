"""What stands around a list: its trail, the ways on and back, its address for search engines."""

import re
from datetime import timedelta
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, Byline, Correction
from tests.factories import make_article, make_author, make_category, make_picture, make_site, make_tag
from tests.pages import parse, read, words

pytestmark = pytest.mark.django_db

KINDS = ["category", "tag", "author", "hot", "latest", "month", "corrections"]
STALE = "?before=0-0"


@pytest.fixture
def addresses() -> dict[str, str]:
    """A list of each kind with so many articles that it has a second page."""
    category, tag, author = make_category("الحكومة"), make_tag("ميزانية"), make_author("سميرة")
    now = timezone.now()
    for number in range(21):
        article = make_article(category=category, is_hot=True, published_at=now - timedelta(microseconds=number))
        article.tags.add(tag)
        Byline.objects.create(article=article, author=author)
        Correction.objects.create(article=article, note="كان الرقم خطأ.")
    return {
        "category": category.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "author": author.get_absolute_url(),
        "hot": "/hot/",
        "latest": "/latest/",
        "month": timezone.localtime(now).strftime("/archive/%Y/%m/"),
        "corrections": "/corrections/",
    }


def trail(page: Element) -> list[str]:
    return [words(item) for item in page.findall(".//nav[@class='breadcrumbs']/ol/li")]


def newest_links(page: Element, address: str) -> list[Element]:
    return page.findall(f".//main[@id='content']//nav[@class='paging']/a[@href='{address}']")


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_but_the_first_leads_back_to_the_newest(
    client: Client, addresses: dict[str, str], kind: str
) -> None:
    first = read(client, addresses[kind])
    second = read(client, first.find(".//main[@id='content']//a[@rel='next']").get("href"))  # type: ignore[union-attr]

    assert newest_links(first, addresses[kind]) == []
    assert len(newest_links(second, addresses[kind])) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_stale_cursor_shows_an_empty_page_with_a_way_back(
    client: Client, addresses: dict[str, str], kind: str
) -> None:
    page = read(client, addresses[kind] + STALE)

    assert page.find(".//main[@id='content']//p[@class='empty']") is not None
    assert len(newest_links(page, addresses[kind])) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_a_list_names_its_own_address_and_the_next(
    client: Client, addresses: dict[str, str], kind: str
) -> None:
    first = read(client, addresses[kind])
    following = first.find(".//head/link[@rel='next']").get("href")  # type: ignore[union-attr]
    second = read(client, following)

    def canonical(page: Element) -> str:
        return page.find(".//link[@rel='canonical']").get("href")  # type: ignore[union-attr, return-value]

    def robots(page: Element) -> str:
        return page.find(".//meta[@name='robots']").get("content")  # type: ignore[union-attr, return-value]

    assert canonical(first) == f"http://testserver{addresses[kind]}"
    assert canonical(second) == f"http://testserver{following}"
    assert second.find(".//head/link[@rel='next']") is None
    assert "noindex" not in robots(second)
    assert words(first.find(".//title")) != words(second.find(".//title"))


@pytest.mark.parametrize("kind", KINDS)
def test_headings_stand_in_order_and_landmarks_have_names_of_their_own(
    client: Client, addresses: dict[str, str], kind: str
) -> None:
    page = read(client, addresses[kind])

    levels = [int(element.tag[1]) for element in page.iter() if element.tag in ("h1", "h2", "h3")]
    labels = [nav.get("aria-label") for nav in page.iter("nav")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_stands_below_the_front_page(client: Client, addresses: dict[str, str], kind: str) -> None:
    page = read(client, addresses[kind])

    assert trail(page)[0] == "الصفحة الرئيسية"
    assert trail(page)[-1] == words(page.find(".//h1"))
    assert page.find(".//nav[@class='breadcrumbs']//a[@href='/']") is not None


def test_a_region_stands_below_its_parent(client: Client) -> None:
    parent = make_category("جهات المملكة")
    child = make_category("الشرق", parent=parent)

    assert trail(read(client, child.get_absolute_url()))[1:] == ["جهات المملكة", "الشرق"]


@pytest.mark.parametrize("address", ["/search/?q=ماء", "/imprint/", "/archive/", "/fr/imprint/"])
def test_other_pages_have_a_trail_too(client: Client, address: str) -> None:
    make_site(imprint="شركة بريد الأطلس، مدير النشر: سعيد")

    assert trail(read(client, address))[-1] == words(read(client, address).find(".//h1"))


def regions(count: int, articles: int) -> tuple[str, list[Article]]:
    """A category with `count` children, and the newest article of each."""
    parent, newest = make_category("جهات المملكة"), []
    for position in range(count):
        child = make_category(parent=parent, position=position)
        for number in range(articles):
            at = timezone.now() - timedelta(hours=number)
            article = make_article(category=child, published_at=at, picture=make_picture())
            newest += [article] if number == 0 else []
    return parent.get_absolute_url(), newest


def test_a_section_shows_the_newest_of_each_below_it(client: Client) -> None:
    address, newest = regions(3, 2)
    make_article("مسودة", category=newest[0].category, status=Article.Status.DRAFT)
    make_article("غدا", category=newest[1].category, published_at=timezone.now() + timedelta(days=1))

    links = read(client, address).findall(".//ul[@class='children']/li/p/a")

    assert [link.get("href") for link in links] == [article.get_absolute_url() for article in newest]


def test_a_section_shows_nothing_of_another_language(client: Client) -> None:
    address, newest = regions(2, 1)
    newest[1].title_fr = "En français"
    newest[1].save()

    page = read(client, f"/fr{address}")

    assert [words(link) for link in page.findall(".//ul[@class='children']/li/p/a")] == ["En français"]
    assert len(page.findall(".//ul[@class='children']/li")) == 2


@pytest.mark.parametrize(("query", "queries"), [("", 9), (STALE, 6)])
def test_queries_do_not_grow_with_the_sections_below(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, query: str, queries: int
) -> None:
    for count in (2, 12):
        address, _newest = regions(count, 2)
        make_article(category=_newest[0].category).categories.add(_newest[0].category.parent)
        with django_assert_num_queries(queries):
            client.get(address + query)


def test_the_portrait_of_an_author_is_shown(client: Client) -> None:
    author = make_author("سميرة", portrait=make_picture(alt="سميرة في مكتبها"))

    portrait = read(client, author.get_absolute_url()).find(".//header//img[@class='author__portrait']")

    assert portrait is not None
    assert portrait.get("alt") == "سميرة في مكتبها"
    assert (portrait.get("width"), portrait.get("height")) == ("64", "48")


@pytest.mark.parametrize("prefix", ["", "/fr", "/en"])
def test_a_lost_reader_is_offered_the_search_and_the_latest(client: Client, prefix: str) -> None:
    page = parse(client.get(f"{prefix}/nothing/here/"))

    forms = page.findall(".//form[@role='search']")
    assert [form.get("action") for form in forms] == [f"{prefix}/search/"]
    assert page.find(f".//main[@id='content']//a[@href='{prefix}/latest/']") is not None


@pytest.mark.parametrize("kind", ["latest", "month", "corrections"])
def test_times_are_told_to_machines_without_the_fractions_that_html_refuses(
    client: Client, addresses: dict[str, str], kind: str
) -> None:
    found = read(client, addresses[kind]).findall(".//main[@id='content']//time")

    told = [time.get("datetime", "") for time in found]
    assert told
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?", text) for text in told)
