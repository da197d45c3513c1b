"""A page of a discussion: newest threads first, answers in order, read by keyset."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from articles.models import Article
from comments.choices import Status
from comments.models import Comment
from comments.thread import PAGE_SIZE, Discussion, Thread, comment_page, read_place, thread_page
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def fill(article: Article, times: list[datetime], **values: Any) -> list[Comment]:
    """Approved comments at these times, in one statement."""
    row = {"name": "قارئة", "email": "karima@example.ma", "text": "نص", "html": "<p>نص</p>", "status": Status.APPROVED}
    return Comment.objects.bulk_create(
        Comment(article=article, submitted_at=time, **{**row, **values}) for time in times
    )


def open_page(article: Article, query: str) -> Discussion:
    """The page that `query` asks for."""
    request = RequestFactory().get(f"/{query}")
    thread = request.GET.get("thread")
    return (
        thread_page(article, int(thread), read_place(request)) if thread else comment_page(article, read_place(request))
    )


def all_pages(article: Article, query: str = "", side: str = "next") -> list[list[Thread]]:
    """What a reader is shown who starts at `query` and follows every link to the page at that side."""
    pages, going = [], True
    while going:
        page = open_page(article, query)
        pages.append(page.items)
        query = getattr(page, side)
        going = bool(query)
        assert len(pages) < 20, "paging goes round in circles"
    return pages


def test_an_article_without_comments_has_an_empty_page() -> None:
    page = comment_page(make_article())

    assert (page.items, page.previous, page.next) == ([], "", "")


def test_the_newest_thread_comes_first() -> None:
    article = make_article()
    middle, newest, oldest = (make_comment(article, submitted_at=at(minute)) for minute in (2, 3, 1))

    threads = comment_page(article).items

    assert [thread.comment for thread in threads] == [newest, middle, oldest]


def test_answers_stand_under_their_comment_in_the_order_they_came() -> None:
    article = make_article()
    first, second = (make_comment(article, submitted_at=at(minute)) for minute in (1, 2))
    late, early = (make_comment(article, parent=first, submitted_at=at(minute)) for minute in (20, 10))
    other = make_comment(article, parent=second, submitted_at=at(15))

    threads = comment_page(article).items

    assert threads == [Thread(second, [other]), Thread(first, [early, late])]


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM], ids=str)
def test_what_is_not_approved_is_left_out(status: Status) -> None:
    article = make_article()
    hidden, shown = make_comment(article, status=status), make_comment(article)
    make_comment(article, parent=hidden, status=status)
    make_comment(article, parent=shown, status=status)

    assert comment_page(article).items == [Thread(shown, [])]


def test_comments_of_other_articles_are_left_out() -> None:
    make_comment()

    assert comment_page(make_article()).items == []


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(1, [1]), (50, [50]), (51, [50, 1]), (120, [50, 50, 20])],
    ids=["one", "full", "one-more", "three-pages"],
)
def test_pages_hold_fifty_threads(count: int, sizes: list[int]) -> None:
    article = make_article()
    fill(article, [at(minute) for minute in range(count)])

    assert PAGE_SIZE == 50
    assert [len(page) for page in all_pages(article)] == sizes


@pytest.mark.parametrize("spread", [0, 1, 40], ids=["same-instant", "apart", "in-bunches"])
def test_paging_shows_each_thread_once(spread: int) -> None:
    article = make_article()
    times = [at(0)] * 120 if spread == 0 else [at(number // spread) for number in range(120)]
    comments = fill(article, times)

    shown = [thread.comment.pk for page in all_pages(article) for thread in page]

    assert shown == [comment.pk for comment in reversed(comments)]


def test_answers_do_not_take_the_place_of_threads() -> None:
    article = make_article()
    threads = fill(article, [at(minute) for minute in range(60)])
    fill(article, [at(100 + minute) for minute in range(15)], parent=threads[0])

    first, second = all_pages(article)

    assert (len(first), len(second)) == (50, 10)
    assert [len(thread.answers) for thread in second] == [0] * 9 + [15]


def test_a_comment_that_arrives_meanwhile_moves_nothing() -> None:
    article = make_article()
    comments = fill(article, [at(minute) for minute in range(60)])
    older = comment_page(article).next

    fill(article, [at(500)])

    assert [thread.comment for thread in open_page(article, older).items] == comments[9::-1]


@pytest.mark.parametrize("count", [1, 10, 60, 120])
def test_a_page_costs_three_queries(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    article = make_article()
    for thread in fill(article, [at(minute) for minute in range(count)]):
        fill(article, [at(200), at(300)], parent=thread)

    with django_assert_num_queries(3):
        threads = comment_page(article).items
        shown = [
            (each.name, each.html, each.submitted_at, each.parent_id, each.article_id)
            for thread in threads
            for each in (thread.comment, *thread.answers)
        ]

    assert len(shown) == 3 * min(count, PAGE_SIZE)
