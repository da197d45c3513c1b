"""Categories, tags, authors, hot events and the latest: which articles, in which order, page by page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.choices import Status
from articles.models import Article, Byline, Tag
from tests.factories import make_article, make_author, make_category, make_picture, make_tag
from tests.pages import read, words

pytestmark = pytest.mark.django_db

LISTS = ["category", "tag", "author", "hot", "latest"]
Listed = tuple[Callable[..., Article], dict[str, str]]


def headlines(page: Element) -> list[str]:
    """The titles in their order; `/latest/` has them below the heading of each day."""
    main = ".//main[@id='content']"
    return [words(link) for link in page.findall(f"{main}//h2/a") or page.findall(f"{main}//h3/a")]


@pytest.fixture
def listed() -> Listed:
    """A maker of articles that stand in every list, and the lists' addresses."""
    category, tag, author = make_category("الحكومة"), make_tag("ميزانية"), make_author("سميرة")

    def make(title: str = "", **values: object) -> Article:
        article = make_article(title, **{"category": category, "is_hot": True, **values})
        article.categories.add(category)
        article.tags.add(tag)
        Byline.objects.create(article=article, author=author)
        return article

    addresses = {
        "category": category.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "author": author.get_absolute_url(),
        "hot": "/hot/",
        "latest": "/latest/",
    }
    return make, addresses


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_shows_the_newest_first(client: Client, listed: Listed, kind: str) -> None:
    make, addresses = listed
    now = timezone.now()
    older = make(published_at=now - timedelta(hours=2))
    newest = make(published_at=now - timedelta(minutes=1))
    middle = make(published_at=now - timedelta(hours=1))

    page = read(client, addresses[kind])

    assert headlines(page) == [newest.title, middle.title, older.title]


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, "scheduled"])
def test_a_list_shows_only_what_is_published(client: Client, listed: Listed, kind: str, status: str) -> None:
    make, addresses = listed
    scheduled = status == "scheduled"
    shown = make()
    make(
        status=Status.PUBLISHED if scheduled else status,
        published_at=timezone.now() + timedelta(minutes=5 if scheduled else -5),
    )

    assert headlines(read(client, addresses[kind])) == [shown.title]


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_shows_its_language_alone(client: Client, listed: Listed, kind: str) -> None:
    make, addresses = listed
    make("خبر بالعربية")
    make("خبر باللغتين", title_fr="Dans les deux langues")
    french_only = make(title_fr="En français seulement")
    french_only.title_ar = ""
    french_only.save()

    assert set(headlines(read(client, addresses[kind]))) == {"خبر بالعربية", "خبر باللغتين"}
    assert set(headlines(read(client, f"/fr{addresses[kind]}"))) == {"Dans les deux langues", "En français seulement"}


@pytest.mark.parametrize("kind", LISTS)
def test_an_empty_list_is_a_page(client: Client, listed: Listed, kind: str) -> None:
    page = read(client, listed[1][kind])

    assert headlines(page) == []
    assert page.find(".//main[@id='content']//p[@class='empty']") is not None


@pytest.mark.parametrize("kind", ["category", "tag", "author"])
def test_other_articles_stand_elsewhere(client: Client, listed: Listed, kind: str) -> None:
    make, addresses = listed
    shown = make()
    make_article("خبر في قسم آخر", tags=("رياضة",))

    assert headlines(read(client, addresses[kind])) == [shown.title]


def test_a_category_shows_its_children_and_a_child_its_parent(client: Client) -> None:
    parent = make_category("جهات المملكة", description="أخبار الجهات الاثنتي عشرة")
    second = make_category("سوس-ماسة", parent=parent, position=2)
    first = make_category("الشرق", parent=parent, position=1)

    page, child_page = read(client, parent.get_absolute_url()), read(client, second.get_absolute_url())

    links = page.findall(".//main[@id='content']//ul/li/a")
    assert [link.get("href") for link in links] == [first.get_absolute_url(), second.get_absolute_url()]
    assert words(page.find(".//h1")) == "جهات المملكة"
    assert "أخبار الجهات الاثنتي عشرة" in words(page.find(".//main[@id='content']"))
    assert child_page.find(f".//nav[@class='breadcrumbs']//a[@href='{parent.get_absolute_url()}']") is not None


def test_a_category_shows_what_is_filed_there_as_well(client: Client) -> None:
    category = make_category("العالم")
    article = make_article("قمة في مراكش")
    article.categories.add(category)

    assert headlines(read(client, category.get_absolute_url())) == ["قمة في مراكش"]


def test_a_tag_is_found_by_its_arabic_slug(client: Client) -> None:
    article = make_article(tags=("كأس العالم",))

    page = read(client, "/tag/كأس-العالم/")

    assert words(page.find(".//h1")) == "كأس العالم"
    assert headlines(page) == [article.title]


def test_a_merged_tag_leads_to_the_one_it_was_merged_into(client: Client) -> None:
    kept = make_tag("فاس")
    merged = make_tag("مدينة فاس", merged_into=kept)

    response = client.get(merged.get_absolute_url())

    assert (response.status_code, response.headers["Location"]) == (301, kept.get_absolute_url())


def test_an_author_is_introduced(client: Client) -> None:
    author = make_author("سميرة المريني", role="مراسلة", bio="تكتب عن الجهة الشرقية.", portrait=make_picture())
    article = make_article("حصاد الزيتون")
    Byline.objects.create(article=article, author=author)

    page = read(client, author.get_absolute_url())

    content = words(page.find(".//main[@id='content']"))
    assert words(page.find(".//h1")) == "سميرة المريني"
    assert "مراسلة" in content
    assert "تكتب عن الجهة الشرقية." in content
    assert headlines(page) == ["حصاد الزيتون"]


def test_a_hot_event_that_has_ended_is_not_hot(client: Client, listed: Listed) -> None:
    make, _addresses = listed
    now = timezone.now()
    make(hot_until=now - timedelta(seconds=1))
    make(is_hot=False)
    lasting, endless = make(hot_until=now + timedelta(hours=1)), make()

    assert set(headlines(read(client, "/hot/"))) == {lasting.title, endless.title}


@pytest.mark.parametrize("kind", LISTS)
def test_paging_walks_through_every_article_once(client: Client, listed: Listed, kind: str) -> None:
    make, addresses = listed
    now = timezone.now()
    # Many of one instant, as after an import: the key must part them.
    expected = [make(published_at=now - timedelta(minutes=number // 15)).title for number in range(45)]
    pages: list[list[str]] = []
    address: str | None = addresses[kind]

    while address:
        page = read(client, address)
        pages.append(headlines(page))
        more = page.find(".//a[@rel='next']")
        address = more.get("href") if more is not None else None

    seen = [title for page_titles in pages for title in page_titles]
    assert [len(titles) for titles in pages] == [20, 20, 5]
    assert sorted(seen) == sorted(expected)


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_that_fits_one_page_has_no_next(client: Client, listed: Listed, kind: str) -> None:
    make, addresses = listed
    for _ in range(20):
        make()

    page = read(client, addresses[kind])

    assert len(headlines(page)) == 20
    assert page.find(".//a[@rel='next']") is None


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(
    "cursor",
    ["x", "1", "1-", "-1", "1-2-3", "1.5-2", "١-٢", "%00", "1-2%00", "%ff", "1" * 17 + "-1", "1-" + "1" * 19, "1-2'"],
)
def test_a_malformed_cursor_is_no_page(client: Client, listed: Listed, kind: str, cursor: str) -> None:
    response = client.get(f"{listed[1][kind]}?before={cursor}")

    assert response.status_code == 404


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(("cursor", "shown"), [("0-0", 0), ("9" * 16 + "-" + "9" * 18, 1), ("", 1)])
def test_the_farthest_cursors_are_pages(client: Client, listed: Listed, kind: str, cursor: str, shown: int) -> None:
    make, addresses = listed
    make()

    assert len(headlines(read(client, f"{addresses[kind]}?before={cursor}"))) == shown


@pytest.mark.parametrize("kind", ["category", "tag", "author"])
@pytest.mark.parametrize("slug", ["لا-وجود-له", "none", "a%00b", "%ff%fe", "a.b", "%3Cscript%3E", "x" * 3000])
def test_an_unknown_slug_is_no_page(client: Client, kind: str, slug: str) -> None:
    assert client.get(f"/{kind}/{slug}/").status_code == 404


@pytest.mark.parametrize("make", [make_category, make_author], ids=["category", "author"])
@pytest.mark.parametrize("typed", ["a/b", "a b", "؟", "a.b", ".."], ids=repr)
def test_a_slug_typed_by_hand_takes_no_page_down(client: Client, make: Callable[..., Any], typed: str) -> None:
    owner = make("الرأي", slug=typed)
    article = make_article("مقال", category=owner if make is make_category else make_category())
    if make is make_author:
        Byline.objects.create(article=article, author=owner)

    assert client.get("/").status_code == 200
    assert headlines(read(client, owner.get_absolute_url())) == ["مقال"]


def test_a_name_that_looks_like_markup_is_only_text(client: Client) -> None:
    hostile = '"><script>alert(1)</script>'
    category = make_category(hostile, description=hostile)
    make_article(hostile, category=category, kicker=hostile, summary=hostile)
    tag = Tag.objects.create(name="tag", label=hostile)
    author = make_author(hostile, bio=hostile, role=hostile)

    for owner in (category, tag, author):
        page = read(client, owner.get_absolute_url())

        assert words(page.find(".//h1")) == hostile
        assert {script.get("type") for script in page.iter("script") if not script.get("src")} == {
            "application/ld+json"
        }


@pytest.mark.parametrize(("kind", "queries"), [("category", 8), ("tag", 7), ("author", 7), ("hot", 5), ("latest", 5)])
def test_queries_do_not_grow_with_articles(
    client: Client, listed: Listed, django_assert_num_queries: DjangoAssertNumQueries, kind: str, queries: int
) -> None:
    make, addresses = listed

    for count in (2, 25):
        for _ in range(count):
            make(picture=make_picture(), category=make_category())
        with django_assert_num_queries(queries):
            client.get(addresses[kind])
