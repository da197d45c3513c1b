"""A journalist's own figures: what they count, whose they are, and what they cost."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.choices import Status
from articles.models import Article, ReadingHour
from newsroom.figures import SAMPLE, figures_of
from newsroom.views.statistics import duration
from tests.factories import make_article, make_category, make_comment, make_user
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/statistics/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def own(user: User, **values: Any) -> Article:
    return make_article(owner=user, **values)


def headings(client: Client, address: str = PAGE) -> str:
    return " ".join(words(each) for each in parse(client.get(address)).iter("h2"))


def test_articles_are_counted_by_state(journalist: User) -> None:
    for status in (Status.DRAFT, Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, Status.PUBLISHED):
        own(journalist, status=status)
    own(journalist, published_at=datetime(2999, 1, 1, tzinfo=UTC))
    make_article()

    figures = figures_of(journalist)

    assert figures.states == {Status.DRAFT: 2, Status.IN_REVIEW: 1, Status.PUBLISHED: 2, Status.WITHDRAWN: 1}
    assert figures.scheduled == 1
    assert figures.sample == 6


def test_months_are_those_of_the_newsrooms_clock(journalist: User) -> None:
    """Until 2026-09-20 the clock in Morocco was an hour ahead of UTC."""
    own(journalist, published_at=datetime(2026, 7, 31, 23, 30, tzinfo=UTC))
    own(journalist, published_at=datetime(2026, 11, 24, 11, 59, tzinfo=UTC))
    own(journalist, published_at=datetime(2026, 11, 24, 12, 30, tzinfo=UTC))  # not yet
    own(journalist, published_at=datetime(2025, 11, 30, 22, 59, tzinfo=UTC))  # a year ago

    months = {f"{first:%Y-%m}": count for first, count in figures_of(journalist, NOW).months}

    assert list(months)[:2] == ["2026-11", "2026-10"]
    assert len(months) == 12
    assert {month: count for month, count in months.items() if count} == {"2026-11": 1, "2026-08": 1}


def test_words_are_those_of_published_texts_in_every_language(journalist: User) -> None:
    own(journalist, body="<p>كلمة <strong>كلمتان</strong> ثلاث</p><ul><li>أربع</li></ul>", body_fr="<p>cinq six</p>")
    own(journalist, status=Status.DRAFT, body="<p>لا تحسب هذه الكلمات</p>")

    figures = figures_of(journalist)

    assert (figures.words, figures.words_each) == (6, 6)


def test_comments_are_those_that_readers_see_and_that_wait(journalist: User) -> None:
    busy, quiet = own(journalist), own(journalist)
    for status in ("approved", "approved", "pending", "rejected", "spam"):
        make_comment(busy, status=status)
    make_comment(quiet)
    make_comment()

    figures = figures_of(journalist)

    assert figures.comments == 4
    assert [(each.article, each.comments) for each in figures.discussed] == [(busy, 3), (quiet, 1)]


def test_readings_are_those_of_the_own_articles_in_seven_days(journalist: User) -> None:
    one, other, foreign = own(journalist), own(journalist), make_article()
    for ago, keys in ((1, (one, foreign)), (160, (other,)), (170, (one,))):
        hour = NOW - timedelta(hours=ago)
        ReadingHour.objects.bulk_create(ReadingHour(article=each, hour=hour, count=7) for each in keys)

    assert figures_of(journalist, NOW).readings == 14


def test_the_share_of_returned_articles_counts_each_once(journalist: User, editor: User) -> None:
    returned, straight, _never = (own(journalist, status=Status.DRAFT) for _ in range(3))
    for _ in range(2):
        returned.submit(by=journalist)
        returned.return_to_draft(by=editor, note="مرة أخرى")
    straight.submit(by=journalist)

    figures = figures_of(journalist)

    assert (figures.handed_in, figures.returned, figures.returned_share) == (2, 1, 50)


def test_the_wait_runs_from_the_last_submission_to_the_first_appearance(journalist: User, editor: User) -> None:
    waits = (timedelta(hours=1), timedelta(hours=3), timedelta(hours=30))
    for wait in waits:
        with time_machine.travel(NOW - timedelta(days=9), tick=False) as clock:
            article = own(journalist, status=Status.DRAFT)
            article.submit(by=journalist)
            clock.shift(timedelta(hours=50))
            article.return_to_draft(by=editor, note="للتدقيق")
            article.submit(by=journalist)
            clock.shift(wait)
            article.publish(by=editor)
            clock.shift(timedelta(hours=7))
            article.withdraw(by=editor, reason="خطأ")
            article.publish(by=editor)

    assert figures_of(journalist).wait == timedelta(hours=3)


def test_a_scheduled_article_waits_until_readers_see_it(journalist: User, editor: User) -> None:
    with time_machine.travel(NOW - timedelta(days=2), tick=False):
        article = own(journalist, status=Status.DRAFT)
        article.submit(by=journalist)
        article.publish(by=editor, at=NOW - timedelta(days=1))

    assert figures_of(journalist).wait == timedelta(days=1)


def test_a_newcomer_has_a_page_without_figures(login: Any, journalist: User) -> None:
    figures = figures_of(journalist)

    assert (figures.words_each, figures.returned_share, figures.wait, figures.discussed) == (0, 0, None, [])
    assert login(journalist).get(PAGE).status_code == 200


def test_a_journalist_sees_the_own_figures(login: Any, journalist: User) -> None:
    article = own(journalist)
    make_comment(article)

    response = login(journalist).get(PAGE)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert article.title in response.content.decode()
    assert journalist.username in headings(login(journalist))


@pytest.mark.parametrize("asked", ["other", "missing", "x", "", "-1", "9" * 40])
def test_a_journalist_sees_nobody_elses(login: Any, journalist: User, asked: str) -> None:
    other = make_user("journalist")
    own(other)
    keys = {"other": str(other.pk), "missing": str(other.pk + 1000)}

    response = login(journalist).get(PAGE, {"user": keys.get(asked, asked)})

    assert response.status_code == 404
    assert "<select" not in login(journalist).get(PAGE).content.decode()


def test_an_editor_looks_at_anyone_who_writes(login: Any, editor: User, journalist: User) -> None:
    own(journalist)
    reader = make_user("journalist")  # who has written nothing
    desk = login(editor)

    assert editor.username in headings(desk)
    assert journalist.username in headings(desk, f"{PAGE}?user={journalist.pk}")
    assert desk.get(f"{PAGE}?user={reader.pk}").status_code == 404
    offered = [option.get("value") for option in parse(desk.get(PAGE)).iter("option")]
    assert offered == [str(editor.pk), str(journalist.pk)]


@pytest.mark.parametrize("role", ["moderator", "administrator", ""])
def test_the_page_is_closed_to_others(login: Any, role: str) -> None:
    assert login(make_user(role)).get(PAGE).status_code == 403


def test_the_page_takes_no_posts_and_no_strangers(login: Any, client: Client, journalist: User) -> None:
    assert client.get(PAGE).headers["Location"] == f"/admin/login/?next={PAGE}"
    assert login(journalist).post(PAGE).status_code == 405


def test_the_page_costs_the_same_however_much_there_is(login: Any, journalist: User, editor: User) -> None:
    desk, costs = login(journalist), []
    for _ in range(2):
        for _ in range(4):
            article = own(journalist, status=Status.DRAFT)
            article.submit(by=journalist)
            article.publish(by=editor)
            make_comment(article)
        with CaptureQueriesContext(connection) as queries:
            desk.get(PAGE)
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_the_closer_figures_read_a_bounded_number_of_articles(journalist: User) -> None:
    category = make_category()
    rows = [Article(title=f"خبر {n}", category=category, owner=journalist) for n in range(SAMPLE + 5)]
    Article.objects.bulk_create(rows)

    figures = figures_of(journalist)

    assert (figures.sample, figures.states[Status.DRAFT]) == (SAMPLE, SAMPLE + 5)


@pytest.mark.parametrize(
    ("span", "number"),
    [
        (timedelta(seconds=5), None),
        (timedelta(minutes=59), "59"),
        (timedelta(hours=3, minutes=10), "3"),
        (timedelta(hours=47), "47"),
        (timedelta(days=12), "12"),
    ],
)
def test_a_length_of_time_is_told_in_its_largest_unit(span: timedelta, number: str | None) -> None:
    said = duration(span)

    assert said
    assert number is None or number in said
