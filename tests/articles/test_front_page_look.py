"""The front page as a newspaper: breaking news, columnists with their faces, regions, one frame for all."""

from collections import Counter
from datetime import timedelta
from xml.etree.ElementTree import Element

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.choices import Block, Kind
from articles.frontpage import BREAKING, compose
from articles.models import Article, Byline
from tests.factories import make_article, make_author, make_category, make_picture, make_slot
from tests.pages import read, words

pytestmark = pytest.mark.django_db


def make_hot(age: timedelta, title: str = "") -> Article:
    return make_article(title, is_hot=True, published_at=timezone.now() - age)


def make_opinion(writers: int = 1) -> Article:
    article = make_article(kind=Kind.OPINION)
    for position in range(writers):
        Byline.objects.create(article=article, author=make_author(portrait=make_picture()), position=position)
    return article


def breaking(page: Element) -> list[str]:
    """The titles that the word for breaking news stands with, those of cards first."""
    cards = [card for card in page.iter("article") if card.find(".//strong[@class='hot__word']") is not None]
    titles = [card.find(".//*[@class='card__title']") for card in cards]
    return [words(title) for title in [*titles, *page.findall(".//li[@class='hot__breaking']/a/bdi")]]


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    return len(captured)


@pytest.fixture
def strip() -> None:
    """What the editors chose to open with, so that hot events stand in their strip."""
    for number in range(7):
        make_slot(make_article(), block=Block.TOP if number else Block.LEAD)


@pytest.mark.usefixtures("strip")
def test_only_the_newest_hot_event_is_breaking(client: Client) -> None:
    make_hot(timedelta(minutes=50), "خبر ساخن سابق")
    make_hot(timedelta(minutes=5), "خبر ساخن الآن")

    assert breaking(read(client)) == ["خبر ساخن الآن"]


@pytest.mark.usefixtures("strip")
@pytest.mark.parametrize("age", [BREAKING + timedelta(minutes=1), timedelta(days=2)], ids=["just over", "days"])
def test_an_old_hot_event_is_not_breaking(client: Client, age: timedelta) -> None:
    article = make_hot(age)

    page = read(client)

    assert breaking(page) == []
    assert article.title in words(page.find(".//*[@id='hot-events']"))


def test_breaking_news_among_the_top_stories_is_marked_there(client: Client) -> None:
    make_slot(make_article())
    newest = make_hot(timedelta(minutes=5))

    assert breaking(read(client)) == [newest.title]


def test_breaking_news_that_leads_is_marked_there(client: Client) -> None:
    make_hot(timedelta(minutes=50))
    newest = make_hot(timedelta(minutes=5))

    assert breaking(read(client)) == [newest.title]


def test_a_lead_whose_hot_time_is_over_is_not_breaking(client: Client) -> None:
    article = make_hot(timedelta(minutes=5))
    Article.objects.filter(pk=article.pk).update(hot_until=timezone.now() - timedelta(minutes=1))

    assert breaking(read(client)) == []


def test_news_that_is_not_hot_is_not_breaking(client: Client) -> None:
    make_article()

    assert breaking(read(client)) == []


def test_breaking_is_told_by_the_moment_that_the_page_shows() -> None:
    published = timezone.now() - timedelta(minutes=1)
    article = make_article(is_hot=True, published_at=published)

    assert compose(published + BREAKING - timedelta(seconds=1)).breaking == article
    assert compose(published + BREAKING).breaking is None


def test_an_opinion_stands_with_its_writers_and_a_face(client: Client) -> None:
    make_article()
    for _ in range(7):
        make_opinion(writers=2)

    voice = read(client).find(".//article[@class='voice']")

    assert voice is not None
    assert [link.get("rel") for link in voice.findall(".//p[@class='voice__name']/a")] == ["author", "author"]
    face = voice.find(".//img")
    assert face is not None
    assert face.get("width")
    assert face.get("height")


def test_an_opinion_without_writers_holds_its_place(client: Client) -> None:
    for _ in range(12):
        make_article(kind=Kind.OPINION)

    voice = read(client).find(".//article[@class='voice']")

    assert voice is not None
    assert voice.find(".//*[@class='voice__name']") is None
    assert voice.find(".//img") is None


def test_faces_of_many_writers_cost_one_query(client: Client) -> None:
    for _ in range(12):
        make_opinion()
    with_one_each = queries(client)

    for article in Article.objects.all():
        for position in range(3):
            author = make_author(portrait=make_picture())
            Byline.objects.create(article=article, author=author, position=position + 1)

    assert queries(client) == with_one_each


def test_regions_stand_in_the_menu_without_queries_of_their_own(client: Client) -> None:
    regions = make_category("جهات المملكة")
    bare = queries(client)
    children = [make_category(parent=regions) for _ in range(12)]

    below = read(client).findall(".//nav[@id='menu']//ul[@class='menu__below']/li/a")

    assert [link.get("href") for link in below] == [child.get_absolute_url() for child in children]
    assert queries(client) == bare


def test_the_section_of_the_page_is_marked_in_the_menu(client: Client) -> None:
    regions = make_category("جهات المملكة")
    child = make_category(parent=regions)

    marked = read(client, child.get_absolute_url()).findall(".//nav[@id='menu']//a[@aria-current]")

    assert [(link.get("href"), link.get("aria-current")) for link in marked] == [
        (regions.get_absolute_url(), "true"),
        (child.get_absolute_url(), "page"),
    ]


@pytest.mark.parametrize("address", ["/", "/latest/", "/search/", "/imprint/"])
def test_a_page_has_one_heading_of_the_first_level(client: Client, address: str) -> None:
    make_hot(timedelta(minutes=5))

    page = read(client, address)

    assert len(page.findall(".//h1")) == 1
    names = Counter(each.get("aria-label") for tag in ("nav", "section") for each in page.iter(tag))
    names.pop(None, None)
    assert not [name for name, count in names.items() if count > 1]
