"""Paging by keyset: every article is met exactly once, and a malformed cursor is no page."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, ArticleCategory
from articles.paging import paginate, read_cursor, write_cursor
from tests.factories import make_article, make_category

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2286, 1, 1), timezones=st.just(UTC))


def read(text: str) -> Any:
    return read_cursor(RequestFactory().get("/latest/", {"before": text}))


def make_articles(minutes: list[int], **values: Any) -> list[Article]:
    """Published articles, so many minutes before NOW each; in the order of a list of them."""
    made = [make_article(published_at=NOW - timedelta(minutes=minute), **values) for minute in minutes]
    return sorted(made, key=lambda article: (article.published_at, article.pk), reverse=True)


def walk(rows: Any, size: int, *names: str) -> list[list[Any]]:
    """Every page, each reached by the cursor of the one before as a reader's browser sends it."""
    pages, cursor = [], None
    for _step in range(100):
        page = paginate(rows.before(cursor), size, "published_at", *names)
        pages.append(page.items)
        if not page.next_cursor:
            return pages
        cursor = read(page.next_cursor)
    raise AssertionError("The pages have no end.")


@settings(deadline=None, max_examples=200)
@given(TIMES, st.integers(1, 10**18 - 1))
def test_a_cursor_comes_back_to_the_microsecond(at: datetime, key: int) -> None:
    assert read(write_cursor(at, key)) == (at, key)


def test_a_time_of_another_zone_is_the_same_instant() -> None:
    casablanca = NOW.astimezone(datetime.fromisoformat("2026-01-01T00:00:00+01:00").tzinfo)

    assert write_cursor(casablanca, 7) == write_cursor(NOW, 7)


@pytest.mark.parametrize("address", ["/latest/", "/latest/?before=", "/latest/?page=2"])
def test_without_a_cursor_it_is_the_first_page(address: str) -> None:
    assert read_cursor(RequestFactory().get(address)) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "x",
            "1",
            "-",
            "1-",
            "-1",
            "1-2-3",
            "1 2",
            " 1-2",
            "1-2\n",
            "-1-2",
            "1--2",
            "+1-2",
            "1.5-2",
            "0x1-2",
            "1e3-2",
        ),
        *("١-٢", "１-２", "\x00", "1-2\x00", "1-2'--", f"{'9' * 17}-1", f"1-{'9' * 19}", "9" * 5000, "\ud800"),
    ],
    ids=lambda text: ascii(text)[:24],
)
def test_a_malformed_cursor_is_not_found(text: str) -> None:
    request = RequestFactory().get("/latest/")
    request.GET = {"before": text}

    with pytest.raises(Http404):
        read_cursor(request)


@pytest.mark.django_db
@pytest.mark.parametrize("text", [f"{'9' * 16}-{'9' * 18}", "0-0"], ids=["largest", "smallest"])
def test_the_ends_of_what_a_cursor_takes_reach_the_database(text: str) -> None:
    article = make_article(published_at=NOW)

    found = list(Article.objects.published(NOW).before(read(text)))

    assert found == ([article] if text.startswith("9") else [])


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 20])
@pytest.mark.parametrize(
    "minutes",
    [[0, 1, 2, 3, 4, 5, 6], [5] * 7, [1, 1, 2, 2, 2, 3, 3], [3, 0, 3, 1, 0, 3, 1]],
    ids=["different", "equal", "groups", "mixed"],
)
def test_walking_all_pages_meets_every_article_once_and_in_order(minutes: list[int], size: int) -> None:
    category = make_category()
    articles = make_articles(minutes, category=category)

    pages = walk(Article.objects.published(NOW), size)
    placed = walk(ArticleCategory.objects.filter(category=category).live(NOW), size, "article_id")

    assert list(itertools.chain.from_iterable(pages)) == articles
    assert [row.article for row in itertools.chain.from_iterable(placed)] == articles
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.django_db
def test_times_a_microsecond_apart_stand_on_different_pages() -> None:
    newer = make_article(published_at=NOW)
    older = make_article(published_at=NOW - timedelta(microseconds=1))

    assert walk(Article.objects.published(NOW), 1) == [[newer], [older]]


@pytest.mark.django_db
def test_an_article_published_meanwhile_moves_no_other() -> None:
    first, second, third, fourth = make_articles([1, 2, 3, 4])
    page = paginate(Article.objects.published(NOW), 2, "published_at")
    make_article(published_at=NOW)

    following = paginate(Article.objects.published(NOW).before(read(page.next_cursor)), 2, "published_at")

    assert page.items == [first, second]
    assert following.items == [third, fourth]


@pytest.mark.django_db
def test_an_article_withdrawn_meanwhile_loses_no_other(editor: Any) -> None:
    _first, second, third, fourth = make_articles([1, 2, 3, 4])
    page = paginate(Article.objects.published(NOW), 2, "published_at")
    second.withdraw(by=editor)

    following = paginate(Article.objects.published(NOW).before(read(page.next_cursor)), 2, "published_at")

    assert following.items == [third, fourth]


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "has_more"), [(0, False), (2, False), (3, False), (4, True)])
def test_only_a_page_with_more_after_it_has_a_cursor(count: int, has_more: bool) -> None:
    make_articles(list(range(count)))

    page = paginate(Article.objects.published(NOW), 3, "published_at")

    assert len(page.items) == min(count, 3)
    assert bool(page.next_cursor) == has_more


@pytest.mark.django_db
def test_a_page_is_one_query(django_assert_num_queries: Any) -> None:
    make_articles(list(range(5)))

    with django_assert_num_queries(1):
        paginate(Article.objects.published(NOW).before((NOW, 10**18 - 1)), 3, "published_at")
