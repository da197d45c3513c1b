"""The calendar of the desk: what stands where, for whom, and how a plan is moved."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import calendar
from articles.choices import Status
from articles.models import Article
from tests.admin_forms import columns, errors_beside, levels, save
from tests.factories import make_article, make_user
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

PAGE = "/admin/articles/calendar/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
VIEWS = pytest.mark.parametrize("view", ["week", "month"])


@pytest.fixture(autouse=True)
def _on_a_tuesday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def planned(at: datetime | None = NOW + timedelta(days=1), status: str = Status.DRAFT, **values: Any) -> Article:
    return make_article(status=status, planned_for=at, **values)


def move(article: Article) -> str:
    return reverse("articles_calendar_move", args=[article.pk])


def days(desk: Client, query: str = "") -> dict[str, str]:
    """What each day of the page says, by its date."""
    page = parse(desk.get(f"{PAGE}?{query}"))
    return {item.get("data-day", ""): words(item) for item in page.iter("li") if item.get("data-day")}


@VIEWS
def test_what_is_planned_scheduled_and_published_stands_on_its_day(login: Any, editor: User, view: str) -> None:
    articles = {
        "2026-11-25": planned(),
        "2026-11-26": planned(NOW + timedelta(days=2), Status.IN_REVIEW),
        "2026-11-27": make_article(published_at=NOW + timedelta(days=3)),
        "2026-11-23": make_article(published_at=NOW - timedelta(days=1)),
    }
    hidden = [make_article(status=Status.WITHDRAWN, planned_for=NOW), make_article(status=Status.DRAFT)]

    found = days(login(editor), f"view={view}")

    assert {day: article.title in found[day] for day, article in articles.items()} == dict.fromkeys(articles, True)
    assert [each.title for each in hidden if each.title in " ".join(found.values())] == []


def test_weeks_start_on_monday() -> None:
    assert calendar.week_of(date(2026, 11, 24))[0] == date(2026, 11, 23)
    assert calendar.week_of(date(2026, 11, 23))[0] == date(2026, 11, 23)
    for month in range(1, 13):
        page = calendar.month_of(date(2026, month, 1))
        assert (page[0].weekday(), page[-1].weekday(), len(page) % 7) == (0, 6, 0)
        assert date(2026, month, 1) in page[:7]
        assert calendar.next_month(date(2026, month, 1)) - timedelta(days=1) in page[-7:]


def test_months_have_their_moroccan_names(login: Any, editor: User) -> None:
    page = login(editor).get(f"{PAGE}?view=month&date=2026-08-10").content.decode()

    assert "غشت 2026" in page


def test_midnight_is_that_of_the_newsroom(login: Any, editor: User) -> None:
    """Until 2026-09-20 the clock in Morocco was an hour ahead of UTC."""
    late = planned(datetime(2026, 8, 10, 23, 30, tzinfo=UTC))

    found = days(login(editor), "date=2026-08-11")

    assert late.title in found["2026-08-11"]
    assert "00:30" in found["2026-08-11"]


@VIEWS
@pytest.mark.parametrize("asked", ["", "x", "2026-02-30", "0001-01-01", "9999-12-31", "2026-11-24\x00", "\u0662"])
def test_a_date_that_cannot_be_shown_gives_today(login: Any, editor: User, view: str, asked: str) -> None:
    response = login(editor).get(PAGE, {"view": view, "date": asked})

    assert response.status_code == 200
    assert 'data-day="2026-11-24"' in response.content.decode()


@VIEWS
def test_a_journalist_sees_only_the_own_articles(login: Any, journalist: User, view: str) -> None:
    mine, others = planned(owner=journalist), [planned(owner=make_user("journalist")), make_article(published_at=NOW)]

    page = " ".join(days(login(journalist), f"view={view}").values())

    assert mine.title in page
    assert [each.title for each in others if each.title in page] == []


@pytest.mark.parametrize("role", ["moderator", "administrator", ""])
def test_the_calendar_is_closed_to_others(login: Any, role: str) -> None:
    desk, article = login(make_user(role)), planned()

    responses = [desk.get(PAGE), desk.get(move(article)), desk.post(move(article), {"planned_for_0": ""})]

    article.refresh_from_db()
    assert [response.status_code for response in responses] == [403] * 3
    assert article.planned_for is not None


def test_an_anonymous_visitor_is_sent_to_the_login(client: Client) -> None:
    for address in (PAGE, move(planned())):
        assert client.get(address).headers["Location"] == f"/admin/login/?next={address}"


@VIEWS
def test_the_page_costs_the_same_however_much_stands_on_it(login: Any, editor: User, view: str) -> None:
    desk = login(editor)
    costs = []
    for _ in range(2):
        for _ in range(4):
            planned(owner=make_user("journalist"))
            make_article(published_at=NOW, owner=make_user("journalist"))
        with CaptureQueriesContext(connection) as queries:
            desk.get(f"{PAGE}?view={view}")
        costs.append(len(queries))

    assert costs[0] == costs[1]
    assert not any("body_ar" in query["sql"] for query in queries)


def test_more_than_a_page_may_show_is_cut_and_told(login: Any, editor: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(calendar, "MOST", 2)
    articles = [make_article(published_at=NOW - timedelta(minutes=n)) for n in range(3)]

    page = " ".join(days(login(editor)).values())

    assert [each.title in page for each in articles] == [True, True, False]
    assert calendar.compose(Article.objects.all(), calendar.week_of(NOW.date())).is_cut


def test_the_owner_moves_a_draft(login: Any, journalist: User) -> None:
    desk, article = login(journalist), planned(owner=journalist)

    asked = {"planned_for_0": "2026-12-01", "planned_for_1": "18:45", "view": "week", "date": "2026-11-25"}
    response = desk.post(move(article), asked)

    article.refresh_from_db()
    assert response.headers["Location"] == f"{PAGE}?view=week&date=2026-11-25"
    assert article.planned_for == datetime(2026, 12, 1, 18, 45, tzinfo=UTC)
    assert levels(response) == ["success"]
    assert LogEntry.objects.get().object_id == str(article.pk)


def test_an_editor_moves_what_is_in_review_and_takes_it_out(login: Any, editor: User) -> None:
    desk, article = login(editor), planned(status=Status.IN_REVIEW)

    desk.post(move(article), {"planned_for_0": "01/12/2026", "planned_for_1": "08:00"})
    article.refresh_from_db()
    moved = article.planned_for
    desk.post(move(article), {"planned_for_0": "", "planned_for_1": ""})

    article.refresh_from_db()
    assert (moved, article.planned_for) == (datetime(2026, 12, 1, 8, tzinfo=UTC), None)


@pytest.mark.parametrize(
    ("day", "clock"),
    [("2026-13-01", "10:00"), ("2026-12-01", ""), ("", "10:00"), ("2026-12-01", "25:00"), ("2026-03-22", "02:30")],
    ids=["no month", "no time", "no date", "no hour", "an hour that was left out"],
)
def test_a_time_that_will_not_do_is_told_and_kept(login: Any, editor: User, day: str, clock: str) -> None:
    desk, article = login(editor), planned()
    before = columns(article)

    response = desk.post(move(article), {"planned_for_0": day, "planned_for_1": clock})

    assert len(errors_beside(response, "planned_for")) == 1
    page = response.content.decode()
    assert all(f'value="{text}"' in page for text in (day, clock) if text)
    assert columns(article) == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_article_is_as_a_missing_one(login: Any, journalist: User, method: str) -> None:
    desk, other = login(journalist), planned(owner=make_user("journalist"))
    before, missing = columns(other), Article(pk=other.pk + 1000)

    found, absent = (getattr(desk, method)(move(each), {"planned_for_0": ""}) for each in (other, missing))

    assert (found.status_code, found.headers["Location"]) == (302, "/admin/")
    assert (absent.status_code, absent.headers["Location"]) == (302, "/admin/")
    assert columns(other) == before


@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN], ids=str)
def test_a_journalist_plans_nothing_that_was_handed_in(login: Any, journalist: User, status: str) -> None:
    desk, article = login(journalist), planned(status=status, owner=journalist)
    before = columns(article)

    response = desk.post(move(article), {"planned_for_0": "", "planned_for_1": ""})

    assert levels(response) == ["error"]
    assert columns(article) == before


def test_nobody_plans_what_is_published(login: Any, editor: User) -> None:
    desk, article = login(editor), make_article()

    response = desk.post(move(article), {"planned_for_0": "2026-12-01", "planned_for_1": "10:00"})

    article.refresh_from_db()
    assert levels(response) == ["error"]
    assert article.planned_for is None


def test_opening_the_form_changes_nothing(login: Any, editor: User) -> None:
    article = planned()
    before = columns(article)

    response = login(editor).get(move(article))

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert columns(article) == before


def test_a_journalist_plans_in_the_writing_form(login: Any, journalist: User) -> None:
    desk, article = login(journalist), make_article(status=Status.DRAFT, owner=journalist)
    address = reverse("admin:articles_article_change", args=[article.pk])

    save(desk, address, planned_for_0="2026-12-05", planned_for_1="07:15")

    article.refresh_from_db()
    assert article.planned_for == datetime(2026, 12, 5, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(("role", "waits"), [("editor", "in_review"), ("journalist", "returned")])
def test_the_front_page_of_the_admin_says_what_waits(login: Any, role: str, waits: str) -> None:
    user = make_user(role)
    desk = login(user)
    empty = desk.get("/admin/").content.decode()
    for _ in range(3):
        make_article(status=Status.IN_REVIEW)
        make_article(status=Status.DRAFT, owner=user, return_note="ينقصه رد")
        make_article(status=Status.DRAFT, return_note="لغيره", owner=make_user("journalist"))

    page = parse(desk.get("/admin/"))

    assert "data-waiting" not in empty
    told = {each.get("data-waiting", ""): words(each) for each in page.iter("p") if each.get("data-waiting")}
    assert "3" in told[waits]
    assert ("in_review" in told) == (role == "editor")
    assert {PAGE, "/admin/articles/statistics/"} <= {link.get("href") for link in page.iter("a")}


def test_the_front_page_of_the_admin_offers_a_moderator_nothing_of_articles(login: Any, moderator: User) -> None:
    assert PAGE not in login(moderator).get("/admin/").content.decode()


def test_the_list_of_articles_leads_to_the_calendar_and_the_figures(login: Any, journalist: User) -> None:
    links = {link.get("href") for link in parse(login(journalist).get("/admin/articles/article/")).iter("a")}

    assert {PAGE, "/admin/articles/statistics/"} <= links


def test_what_lies_ahead_is_never_cut_off_a_small_square() -> None:
    articles = [make_article(published_at=NOW - timedelta(minutes=n)) for n in range(9)]
    late = planned(NOW + timedelta(hours=8))

    [day] = [day for day in calendar.compose(Article.objects.all(), calendar.month_of(NOW.date())).days if day.entries]

    assert [entry.article for entry in day.in_short] == [*reversed(articles[:4]), late]
