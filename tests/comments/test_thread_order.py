"""Reading a discussion from either end, and threads that are too long to stand among others."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from articles.models import Article
from comments.choices import Status
from comments.models import Comment
from comments.proof import COOKIE
from comments.thread import FIRST_ANSWERS, OLDEST, PAGE_SIZE, Place, comment_page, comment_path
from tests.comments.test_thread import all_pages, at, fill, open_page
from tests.factories import make_article, make_comment
from tests.pages import read

pytestmark = pytest.mark.django_db


def keys(pages: list[Any]) -> list[int]:
    return [thread.comment.pk for page in pages for thread in page]


@pytest.mark.parametrize("count", [0, 1, PAGE_SIZE, PAGE_SIZE + 1, 120])
@pytest.mark.parametrize("spread", [1, 40], ids=["apart", "in-bunches"])
def test_the_oldest_first_is_the_newest_first_turned_round(count: int, spread: int) -> None:
    article = make_article()
    fill(article, [at(number // spread) for number in range(count)])

    assert keys(all_pages(article, "?order=oldest")) == keys(all_pages(article))[::-1]


@pytest.mark.parametrize("query", ["", "?order=oldest"])
def test_whoever_walks_to_the_end_can_walk_back(query: str) -> None:
    article = make_article()
    fill(article, [at(number // 3) for number in range(150)])
    first = open_page(article, query)
    last = open_page(article, open_page(article, first.next).next)

    back = open_page(article, last.previous)
    start = open_page(article, back.previous)

    assert first.previous == last.next == start.previous == ""
    assert keys([start.items, back.items, last.items]) == keys(all_pages(article, query))
    assert len(start.items) == PAGE_SIZE


@given(times=st.lists(st.integers(0, 20), max_size=130), order=st.sampled_from(["", OLDEST]))
@examples(deadline=None, max_examples=15)
def test_every_thread_is_met_once_in_either_direction(times: list[int], order: str) -> None:
    article = Article.objects.first() or make_article()
    Comment.objects.all().delete()
    fill(article, [at(time) for time in times])
    query = f"?order={order}" if order else ""

    forwards = all_pages(article, query)

    stored = Comment.objects.order_by("submitted_at", "pk").values_list("pk", flat=True)
    assert keys(forwards) == (list(stored) if order else list(stored)[::-1])


@pytest.mark.parametrize(
    "query",
    [
        "order=x",
        "order=newest",
        "after=x",
        "after=1-1&before=1-1",
        "thread=x",
        "thread=0",
        f"thread={'9' * 30}",
        "thread=%00",
    ],
)
def test_what_makes_no_sense_is_no_page(client: Client, query: str) -> None:
    assert client.get(f"/news/{make_article().pk}/comments/?{query}").status_code == 404


@pytest.mark.parametrize("kind", ["elsewhere", "pending", "an answer"])
def test_what_opens_no_thread_has_no_page(client: Client, kind: str) -> None:
    article = make_article()
    comment = {
        "elsewhere": lambda: make_comment(),
        "pending": lambda: make_comment(article, status=Status.PENDING),
        "an answer": lambda: make_comment(article, parent=make_comment(article)),
    }[kind]()

    assert client.get(f"/news/{article.pk}/comments/?thread={comment.pk}").status_code == 404


def test_a_long_thread_shows_its_first_answers_and_leads_to_all(client: Client) -> None:
    article = make_article()
    opener, short = make_comment(article), make_comment(article)
    answers = fill(article, [at(number // 2) for number in range(FIRST_ANSWERS + 5)], parent=opener)
    few = fill(article, [at(number) for number in range(FIRST_ANSWERS)], parent=short)

    threads = {thread.comment: thread for thread in comment_page(article).items}

    assert threads[opener].answers == answers[:FIRST_ANSWERS]
    assert threads[short].answers == few
    assert (threads[opener].is_whole, threads[short].is_whole) == (False, True)
    page = read(client, article.get_absolute_url())
    links = [link.get("href") for link in page.findall(".//p[@class='comment__rest']/a")]
    assert links == [f"/news/{article.pk}/comments/?thread={opener.pk}#comments"]


def test_answers_that_came_in_one_instant_are_cut_all_the_same() -> None:
    article = make_article()
    opener = make_comment(article)
    answers = fill(article, [at(0)] * 60, parent=opener)

    assert comment_page(article).items[0].answers == answers[:FIRST_ANSWERS]


@pytest.mark.parametrize("count", [0, 1, PAGE_SIZE, 120])
def test_a_threads_page_holds_all_its_answers_once_both_ways(count: int) -> None:
    article = make_article()
    opener = make_comment(article)
    answers = fill(article, [at(number // 7) for number in range(count)], parent=opener)
    make_comment(article, parent=opener, status=Status.PENDING)

    pages = all_pages(article, f"?thread={opener.pk}")

    assert [answer for page in pages for answer in page[0].answers] == answers
    assert all(len(page[0].answers) <= PAGE_SIZE for page in pages)
    assert {page[0].comment for page in pages} == {opener}


def test_a_threads_page_puts_its_comment_into_the_form(client: Client, moderator: Any) -> None:
    opener = make_comment()
    make_comment(opener.article, parent=opener)
    address = f"/news/{opener.article_id}/comments/?thread={opener.pk}"

    def parent() -> str:
        return read(client, address).find(".//form[@id='comment-form']//input[@name='parent']").get("value", "")

    assert parent() == str(opener.pk)
    opener.reject(by=moderator)
    assert parent() == ""
    assert opener.text not in client.get(address).content.decode()


@pytest.mark.parametrize("kind", ["thread", "answer", "late answer"])
def test_the_way_to_a_comment_shows_it_however_many_there_are(client: Client, kind: str) -> None:
    article = make_article()
    opener = make_comment(article, submitted_at=at(-1))
    fill(article, [at(number) for number in range(80)])
    answers = fill(article, [at(number // 9) for number in range(130)], parent=opener)
    comment = {"thread": opener, "answer": answers[0], "late answer": answers[-1]}[kind]

    path, _, fragment = comment_path(comment).partition("#")

    assert read(client, path).find(f".//li[@id='{fragment}']").get("data-comment") == str(comment.pk)


@pytest.mark.parametrize("query", ["", "?order=oldest", "?thread={opener}"])
def test_queries_do_not_grow_with_long_threads(client: Client, query: str) -> None:
    article = make_article()
    opener = make_comment(article)
    counts = []

    for _ in range(3):
        for thread in (opener, make_comment(article), make_comment(article)):
            fill(article, [at(number) for number in range(30)], parent=thread)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/news/{article.pk}/comments/{query.format(opener=opener.pk)}")
        counts.append(len(captured))

    assert counts[0] == counts[1] == counts[2] <= 9


@pytest.mark.parametrize("place", [Place(), Place(OLDEST), Place(before=(datetime(2026, 11, 3, tzinfo=UTC), 7))])
def test_a_page_reads_indexes_alone(place: Place) -> None:
    article = make_article()
    openers = fill(article, [at(number) for number in range(3)])
    for opener in openers:
        fill(article, [at(number) for number in range(25)], parent=opener)
    with CaptureQueriesContext(connection) as captured:
        assert comment_page(article, place).items

    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        for query in captured:
            cursor.execute(explain + query["sql"])
            plan = " ".join(str(row) for row in cursor.fetchall())
            assert "SCAN comments_comment" not in plan
            assert "TEMP B-TREE" not in plan
            assert "Seq Scan on comments_comment" not in plan


@pytest.mark.parametrize("query", ["", "?order=oldest", "?thread={opener}", "?reply={opener}"])
def test_a_page_is_the_same_for_every_reader(query: str) -> None:
    article = make_article()
    opener = make_comment(article)
    address = f"/news/{article.pk}/comments/{query.format(opener=opener.pk)}"
    known = Client(headers={"User-Agent": "x", "Accept-Language": "fr", "Referer": "https://example.org"})
    known.cookies.load({COOKIE: "x" * 43, "sessionid": "x"})

    plain, other = Client().get(address), known.get(f"{address}{'&' if query else '?'}utm=1&website=x&text=y")

    assert plain.content == other.content
    assert not plain.cookies
    assert not other.cookies
    assert "Cookie" not in plain.headers.get("Vary", "")


def test_the_newsrooms_words_and_edited_ones_are_marked(client: Client) -> None:
    article = make_article()
    plain, edited = make_comment(article), make_comment(article, edited=True)
    staff = make_comment(article, parent=plain, staff=True, submitted_at=at(0) + timedelta(days=1))

    page = read(client, article.get_absolute_url())

    def marks(comment: Comment) -> tuple[int, int]:
        head = page.find(f".//li[@id='comment-{comment.pk}']/p[@class='comment__head']")
        return len(head.findall("span[@class='comment__staff']")), len(head.findall("span[@class='comment__edited']"))

    assert [marks(comment) for comment in (plain, edited, staff)] == [(0, 0), (0, 1), (1, 0)]


def test_every_comment_can_be_linked_answered_and_reported(client: Client) -> None:
    comment = make_comment()
    answer = make_comment(comment.article, parent=comment)

    page = read(client, comment.article.get_absolute_url())

    for each in (comment, answer):
        item = page.find(f".//li[@id='comment-{each.pk}']")
        links = {link.get("href") for link in item.iter("a")}
        assert {
            f"#comment-{each.pk}",
            f"/news/{comment.article_id}/comments/?reply={each.pk}#comment-form",
            f"/comments/{each.pk}/report/",
        } <= links
