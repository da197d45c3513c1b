"""When an article takes comments: opening hours, freezing, age; and what readers are told."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from comments.choices import Mode
from comments.models import Comment, Policy
from comments.opening import mode_for, openness_for
from tests.factories import comment_data, make_article

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 11, 2, tzinfo=UTC)  # Morocco stands at UTC


def at(clock: str) -> datetime:
    hour, minute, second = map(int, clock.split(":"))
    return DAY.replace(hour=hour, minute=minute, second=second)


@pytest.mark.parametrize(
    ("opens", "closes", "clock", "is_open"),
    [
        (time(8), time(20), "07:59:59", False),
        (time(8), time(20), "08:00:00", True),
        (time(8), time(20), "19:59:59", True),
        (time(8), time(20), "20:00:00", False),
        (time(20), time(2), "19:59:59", False),
        (time(20), time(2), "20:00:00", True),
        (time(20), time(2), "00:00:00", True),
        (time(20), time(2), "01:59:59", True),
        (time(20), time(2), "02:00:00", False),
        (time(0), time(0), "12:00:00", True),
        (time(9), time(9), "09:00:00", True),
        (None, None, "03:00:00", True),
    ],
)
def test_comments_are_taken_within_the_opening_hours(opens: Any, closes: Any, clock: str, is_open: bool) -> None:
    Policy.objects.create(opens_at=opens, closes_at=closes)

    openness = openness_for(make_article(), at(clock))

    assert openness.is_open is is_open
    assert bool(openness.reason) is not is_open


def test_the_hours_are_those_of_the_clock_in_morocco() -> None:
    Policy.objects.create(opens_at=time(8), closes_at=time(20))
    summer = datetime(2026, 6, 1, 7, 30, tzinfo=UTC)  # half past eight there

    assert openness_for(make_article(), summer).is_open


@pytest.mark.parametrize(
    ("days", "passed", "is_open"),
    [
        (3, timedelta(days=3, seconds=-1), True),
        (3, timedelta(days=3), False),
        (0, timedelta(0), False),
        (None, timedelta(days=4000), True),
    ],
)
def test_an_article_closes_some_days_after_its_publication(days: int | None, passed: timedelta, is_open: bool) -> None:
    article = make_article()
    Policy.objects.create(close_after_days=days)

    assert openness_for(article, article.published_at + passed).is_open is is_open


def test_a_frozen_article_is_closed_and_says_the_newsrooms_own_word() -> None:
    article = make_article()
    Policy.objects.create(article=article, mode=Mode.POST, frozen=True, message="نعود غدا")

    openness = openness_for(article)

    assert (openness.is_open, openness.message, openness.mode) == (False, "نعود غدا", Mode.POST)
    assert mode_for(article) == Mode.CLOSED


def test_the_closest_policy_counts_as_a_whole() -> None:
    article = make_article()
    Policy.objects.create(frozen=True, message="الموقع")
    Policy.objects.create(category=article.category, close_after_days=0, message="القسم")
    Policy.objects.create(article=article, mode=Mode.POST)

    openness = openness_for(article, timezone.now() + timedelta(days=900))

    assert (openness.is_open, openness.message, openness.mode) == (True, "", Mode.POST)


def test_each_reason_is_a_sentence_of_its_own() -> None:
    values: list[dict[str, Any]] = [
        {"mode": Mode.CLOSED},
        {"frozen": True},
        {"close_after_days": 1},
        {"opens_at": time(8), "closes_at": time(9)},
    ]
    reasons = set()
    for value in values:
        article = make_article(published_at=DAY)
        Policy.objects.create(article=article, **value)
        reasons.add(openness_for(article, at("12:00:00") + timedelta(days=3)).reason)

    assert len(reasons) == 4


def test_the_question_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    article = make_article()
    for scope in ({}, {"article": article}, {"category": article.category}):
        Policy.objects.create(**scope)

    with django_assert_num_queries(1):
        openness_for(article)


@pytest.mark.parametrize("values", [{"frozen": True}, {"close_after_days": 0}], ids=["frozen", "old"])
def test_nothing_is_taken_while_it_is_closed_and_the_text_is_kept(client: Client, values: dict[str, Any]) -> None:
    article = make_article()
    Policy.objects.create(article=article, **values)

    response = client.post(f"/news/{article.pk}/comments/", comment_data(article, text="كتبت هذا للتو"))

    assert response.status_code == 403
    assert "كتبت هذا للتو" in response.content.decode()
    assert openness_for(article).reason in response.content.decode()
    assert not Comment.objects.exists()
