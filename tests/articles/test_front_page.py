"""The front page: what leads, what stands where, and what does not stand there."""

from collections import Counter
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.choices import Block, Kind, Status
from articles.models import Article, Category
from tests.factories import make_article, make_category, make_picture, make_slot
from tests.pages import read, words

pytestmark = pytest.mark.django_db

ABOVE_THE_SECTIONS = 1 + 6 + 14  # the lead, the top stories, the latest


def headlines(page: Element) -> list[str]:
    """The words of every link to an article, in the order of the page."""
    links = page.findall(".//main[@id='content']//a")
    return [words(link) for link in links if "/news/" in link.get("href", "") and words(link)]


def headlines_in(block: Element | None) -> list[str]:
    assert block is not None
    return [words(link) for link in block.findall(".//h3/a")]


def lead(page: Element) -> str:
    return words(page.find(".//section[@class='opening']//h2/a"))


def make_articles(count: int, category: Category, **values: Any) -> list[Article]:
    """The newest first, a minute apart."""
    now = timezone.now()
    return [
        make_article(category=category, published_at=now - timedelta(minutes=number), **values)
        for number in range(count)
    ]


def test_an_empty_newspaper_has_a_front_page(client: Client) -> None:
    page = read(client)

    assert headlines(page) == []
    assert page.find(".//section[@class='opening']") is None
    assert page.find(".//*[@id='hot-events']") is None


def test_the_newest_article_leads(client: Client) -> None:
    newest, *_others = make_articles(3, make_category())

    assert lead(read(client)) == newest.title


def test_the_editors_choice_leads_before_the_newest(client: Client) -> None:
    *_newer, oldest = make_articles(30, make_category())
    make_slot(oldest)

    page = read(client)

    assert lead(page) == oldest.title
    assert headlines(page).count(oldest.title) == 1


def test_the_first_of_two_chosen_leads(client: Client) -> None:
    _newest, second, third = make_articles(3, make_category())
    make_slot(second, position=2)
    make_slot(third, position=1)

    assert lead(read(client)) == third.title


@pytest.mark.parametrize(
    ("starts", "ends"), [(timedelta(hours=1), None), (timedelta(hours=-2), timedelta(hours=-1))], ids=["later", "over"]
)
def test_a_choice_holds_only_in_its_time(client: Client, starts: timedelta, ends: timedelta | None) -> None:
    newest, chosen = make_articles(2, make_category())
    now = timezone.now()

    make_slot(chosen, starts_at=now + starts, ends_at=ends and now + ends)

    assert lead(read(client)) == newest.title


def test_the_editors_top_stories_stand_beside_the_lead(client: Client) -> None:
    *_newer, oldest = make_articles(30, make_category())
    make_slot(oldest, block=Block.TOP)

    top = read(client).find(".//div[@class='opening__top']")

    assert oldest.title in words(top)


def test_each_section_of_the_menu_shows_its_newest(client: Client) -> None:
    make_articles(ABOVE_THE_SECTIONS, make_category())
    section = make_category("جهات المملكة")
    earlier = timezone.now() - timedelta(days=1)
    older = make_article("افتتاح الطريق السيار", category=section, published_at=earlier - timedelta(hours=1))
    newer = make_article("أمطار على الشمال", category=section, published_at=earlier)

    page = read(client)

    heading = page.find(f".//section/h2[@id='section-{section.pk}']")
    block = page.find(f".//section[@aria-labelledby='section-{section.pk}']")
    assert words(heading) == "جهات المملكة"
    assert headlines_in(block) == [newer.title, older.title]


@pytest.mark.parametrize("hidden_by", ["menu", "emptiness", "parent"])
def test_other_categories_have_no_section(client: Client, hidden_by: str) -> None:
    make_articles(ABOVE_THE_SECTIONS, make_category())
    category = make_category(in_menu=hidden_by != "menu", parent=make_category() if hidden_by == "parent" else None)
    if hidden_by != "emptiness":
        make_article(category=category, published_at=timezone.now() - timedelta(days=1))

    assert read(client).find(f".//*[@id='section-{category.pk}']") is None


def test_the_hot_strip_shows_what_is_hot_now(client: Client) -> None:
    category, now = make_category(), timezone.now()
    make_articles(ABOVE_THE_SECTIONS, category)
    earlier = now - timedelta(days=1)
    hot = [
        make_article(category=category, published_at=earlier, is_hot=True, hot_until=end)
        for end in (None, now + timedelta(hours=1))
    ]
    ended = make_article(
        category=category, published_at=earlier, is_hot=True, hot_until=now - timedelta(seconds=1), title="انتهى الحدث"
    )

    strip = read(client).find(".//section[@id='hot-events']")

    assert strip is not None
    assert {words(item) for item in strip.findall(".//li")} == {article.title for article in hot}
    assert ended.title not in words(strip)


def test_without_hot_events_there_is_no_strip(client: Client) -> None:
    make_articles(10, make_category())

    assert read(client).find(".//*[@id='hot-events']") is None


def test_nothing_stands_there_twice(client: Client) -> None:
    first, second = make_category("أخبار"), make_category("العالم")
    articles = make_articles(30, first, is_hot=True) + make_articles(30, second, kind=Kind.OPINION)
    for article in articles:
        article.categories.add(first, second)
    for article in (articles[-1], articles[0], articles[20]):
        make_slot(article)
        make_slot(article, block=Block.TOP)

    counted = Counter(headlines(read(client)))

    assert len(counted) > ABOVE_THE_SECTIONS
    assert set(counted.values()) == {1}


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, "scheduled"])
def test_what_is_not_published_is_absent(client: Client, status: str) -> None:
    category, now = make_category(), timezone.now()
    scheduled = status == "scheduled"
    hidden = make_article(
        "خبر لم يحن وقته",
        category=category,
        status=Status.PUBLISHED if scheduled else status,
        published_at=now + timedelta(minutes=5) if scheduled else now - timedelta(minutes=5),
        is_hot=True,
        kind=Kind.OPINION,
    )
    shown = make_article(category=category)
    make_slot(hidden)
    make_slot(hidden, block=Block.TOP)

    response = client.get("/")

    assert shown.title in response.content.decode()
    assert hidden.title not in response.content.decode()
    assert f"/news/{hidden.pk}/" not in response.content.decode()


def test_the_french_front_page_shows_french_articles_alone(client: Client) -> None:
    category = make_category()
    arabic = make_article("خبر بالعربية", category=category, is_hot=True)
    french = make_article("خبر مترجم", title_fr="Pluies sur le Rif", category=category)
    make_slot(arabic)

    page = read(client, "/fr/")

    assert headlines(page) == ["Pluies sur le Rif"]
    assert page.find(f".//a[@href='/fr/news/{french.pk}/pluies-sur-le-rif/']") is not None


def test_the_english_front_page_is_empty_without_english_articles(client: Client) -> None:
    make_article("خبر بالعربية", title_fr="Pluies sur le Rif")

    assert headlines(read(client, "/en/")) == []


@pytest.mark.parametrize(
    ("count", "queries"), [(5, 11), (40, 13), (60, 13)], ids=["5: all stand above the sections", "40", "60"]
)
def test_queries_do_not_grow_with_articles(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int, queries: int
) -> None:
    categories, picture = [make_category() for _ in range(3)], make_picture()
    for number in range(count):
        make_article(category=categories[number % 3], picture=picture, kind=Kind.OPINION if number % 7 else Kind.NEWS)

    with django_assert_num_queries(queries):
        client.get("/")
