"""Story controls: how one article takes comments, and the alarm where many come at once."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments.choices import Mode
from comments.desk.surges import surges
from comments.models import Comment, CommentSettings, Policy
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def story(article: Any) -> str:
    return reverse("desk_story", args=[article.pk])


def test_mode_message_hours_and_end_are_stored_for_the_article_alone(desk: Client, moderator: User) -> None:
    article, other = make_article(), make_article()
    data = {"do": "save", "mode": "post", "message": "نقاش مفتوح", "opens_at": "08:00", "closes_at": "20:00"}

    response = desk.post(story(article), {**data, "close_after_days": "3"})

    policy = Policy.objects.get()
    assert response.status_code == 303
    assert (policy.article, policy.mode, policy.message) == (article, Mode.POST, "نقاش مفتوح")
    assert (policy.opens_at, policy.closes_at, policy.close_after_days) == (time(8), time(20), 3)
    assert LogEntry.objects.get().user == moderator
    assert "نقاش مفتوح" not in desk.get(story(other)).content.decode()


def test_freezing_and_unfreezing(desk: Client) -> None:
    article = make_article()

    desk.post(story(article), {"do": "freeze"})
    frozen = Policy.objects.get().frozen
    desk.post(story(article), {"do": "unfreeze"})

    assert (frozen, Policy.objects.get().frozen) == (True, False)


@pytest.mark.parametrize("scope", ["category", "site"])
def test_freezing_leaves_the_rest_as_it_was_further_up(desk: Client, scope: str) -> None:
    article = make_article()
    where = {"category": article.category} if scope == "category" else {}
    Policy.objects.create(mode=Mode.POST, message="كما في القسم", **where)

    desk.post(story(article), {"do": "freeze"})

    own = Policy.objects.get(article=article)
    assert (own.mode, own.message, own.frozen) == (Mode.POST, "كما في القسم", True)


def test_holding_everything_stops_showing_at_once(desk: Client) -> None:
    article = make_article()
    Policy.objects.create(article=article, mode=Mode.POST, message="تبقى")

    desk.post(story(article), {"do": "hold"})

    assert (Policy.objects.get().mode, Policy.objects.get().message) == (Mode.PRE, "تبقى")


def test_as_elsewhere_again_takes_the_policy_away(desk: Client) -> None:
    article = make_article()
    Policy.objects.create(article=article, mode=Mode.CLOSED)

    first, second = (desk.post(story(article), {"do": "reset"}) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"mode": "open"}, {"opens_at": "08:00"}, {"close_after_days": "-1"}, {"message": "x\x00"}]
)
def test_what_cannot_be_is_told_and_not_stored(desk: Client, wrong: dict[str, str]) -> None:
    article = make_article()

    response = desk.post(story(article), {"do": "save", "mode": "pre", **wrong})

    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert not Policy.objects.exists()


def test_two_who_change_a_story_at_once_both_get_their_way(moderator: User) -> None:
    article = make_article()
    one, other = Policy.for_article(article), Policy.for_article(article)

    one.change(by=moderator, frozen=True)
    other.change(by=make_user("moderator"), mode=Mode.CLOSED)

    policy = Policy.objects.get()
    assert (policy.frozen, policy.mode) == (True, Mode.CLOSED)


def test_the_counts_of_the_story_are_shown(desk: Client) -> None:
    article = make_article()
    for status in ("approved", "approved", "pending"):
        make_comment(article, status=status)

    page = " ".join(desk.get(story(article)).content.decode().split())

    assert "<dd>2</dd>" in page
    assert "<dd>1</dd>" in page
    assert "<dd>3</dd>" in page  # in the last hour


def test_a_draft_is_not_told_of(desk: Client) -> None:
    draft = make_article("سبق لم ينشر", status="draft")

    assert desk.get(story(draft)).status_code == 404
    assert desk.post(story(draft), {"do": "freeze"}).status_code == 404


def crowd(count: int, **values: Any) -> Any:
    article = make_article()
    for _ in range(count):
        make_comment(article, **values)
    return article


def test_more_than_usual_in_an_hour_raises_the_alarm_on_the_desk(desk: Client) -> None:
    CommentSettings.objects.create(surge_per_hour=3)
    busy, calm = crowd(4, status="pending"), crowd(3, status="pending")

    (surge,) = surges(timezone.now())
    page = desk.get(reverse("desk")).content.decode()

    assert (surge.article, surge.count) == (busy, 4)
    assert "record-surge" in page
    assert page.index("record-surge") < page.index(story(busy)) < page.index('id="desk-cards"')
    assert calm.pk != busy.pk


def test_what_is_an_hour_old_raises_none() -> None:
    CommentSettings.objects.create(surge_per_hour=3)
    crowd(4, submitted_at=timezone.now() - timedelta(minutes=61))

    assert surges(timezone.now()) == []


def test_every_status_counts_towards_a_surge() -> None:
    CommentSettings.objects.create(surge_per_hour=3)
    article = make_article()
    for status in ("approved", "pending", "rejected", "spam"):
        make_comment(article, status=status)

    assert [each.count for each in surges(timezone.now())] == [4]


def test_the_alarm_costs_the_same_with_few_and_many() -> None:
    costs = []
    for count in (2, 20):
        crowd(count)
        with CaptureQueriesContext(connection) as queries:
            surges(timezone.now())
        costs.append(len(queries))

    assert costs == [2, 2]
    assert Comment.objects.count() == 22
