"""The dashboard: load, what others reversed, what waits, what the rules are worth."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.choices import Reason
from comments.models import Comment, WordRule
from comments.moderation.workload import Load, days_shown, loads
from tests.factories import make_comment, make_user
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

PAGE = "/admin/comments/desk/dashboard/"


def load_of(user: User) -> Load:
    return next(each for each in loads(timezone.now()) if each.who == user)


def decide(user: User, count: int = 1, **values: Any) -> list[Comment]:
    comments = [make_comment(status="pending", **values) for _ in range(count)]
    for comment in comments:
        comment.approve(by=user)
    return comments


def test_decisions_are_counted_by_day_of_the_newsrooms_clock(moderator: User) -> None:
    with time_machine.travel("2026-11-10T00:10:00+00:00", tick=False):
        decide(moderator, 2)
    with time_machine.travel("2026-11-09T23:50:00+00:00", tick=False):
        decide(moderator, 3)
    with time_machine.travel("2026-10-20T12:00:00+00:00", tick=False):
        decide(moderator, 4)
    with time_machine.travel("2026-09-01T12:00:00+00:00", tick=False):
        decide(moderator, 5)

    with time_machine.travel("2026-11-10T12:00:00+00:00", tick=False):
        load = load_of(moderator)
        assert days_shown(timezone.now())[0].isoformat() == "2026-11-10"

    assert load.days == [2, 3, 0, 0, 0, 0, 0]
    assert load.total == 9


def test_the_wait_is_the_median_from_submission_to_decision(moderator: User) -> None:
    for minutes in (1, 10, 500):
        decide(moderator, submitted_at=timezone.now() - timedelta(minutes=minutes))

    wait = load_of(moderator).wait

    assert wait is not None
    assert timedelta(minutes=10) <= wait < timedelta(minutes=11)


def test_what_another_person_reverses_is_counted_once(moderator: User) -> None:
    other = make_user("moderator")
    first, second, _third = decide(moderator, 3)
    first.reject(by=other)
    second.hold(by=other, reason=Reason.UNDONE)

    load = load_of(moderator)

    assert (load.overturned, load.sampled) == (2, 3)
    assert load_of(other).overturned == 0


def test_a_change_of_ones_own_mind_is_not(moderator: User) -> None:
    (comment,) = decide(moderator)
    comment.reject(by=moderator)
    comment.approve(by=make_user("moderator"))

    assert load_of(moderator).overturned == 1  # the rejection alone


def test_the_policys_own_decisions_are_nobodys_load(moderator: User) -> None:
    make_comment()

    assert loads(timezone.now()) == []


def test_agreement_with_the_learner_is_told_where_it_had_an_opinion(moderator: User) -> None:
    for score in (0.1, 0.9, None):
        decide(moderator, score=score)

    load = load_of(moderator)

    assert (load.agreed, load.scored) == (1, 2)


def test_people_stand_by_name_and_not_by_rank(login: Any) -> None:
    people = [make_user("moderator", first_name=name) for name in ("ياسين", "أمل", "مريم")]
    for count, person in enumerate(people, 1):
        decide(person, count)

    page = parse(login(people[0]).get(PAGE))
    rows = [words(each.find("th")) for each in page.iter("tr") if each.get("data-moderator")]

    assert rows == ["أمل", "مريم", "ياسين"]


def test_rules_show_hits_the_overturned_share_and_the_last_hit(login: Any, moderator: User) -> None:
    rule = WordRule.objects.create(phrase="كلمة", hits=8, overturned=2, last_hit_at=timezone.now())
    WordRule.objects.create(phrase="لم تصب")

    page = parse(login(moderator).get(PAGE))
    (row,) = [each for each in page.iter("tr") if each.get("data-rule")]

    assert row.get("data-rule") == str(rule.pk)
    assert "8" in words(row)
    assert "25%" in words(row)


def test_every_queue_is_there_with_what_waits(login: Any, moderator: User) -> None:
    make_comment(status="pending")

    page = parse(login(moderator).get(PAGE))
    rows = {each.get("data-queue"): words(each) for each in page.iter("tr") if each.get("data-queue")}

    assert len(rows) == 6
    assert "1" in rows["first"]


def test_tables_name_their_rows_and_columns(login: Any, moderator: User) -> None:
    decide(moderator)

    page = parse(login(moderator).get(PAGE))

    for table in page.iter("table"):
        assert table.find("caption") is not None
        assert all(head.get("scope") for head in table.iter("th"))


def test_the_cost_does_not_grow_with_people_or_decisions(moderator: User) -> None:
    costs = []
    for count in (1, 6):
        for _ in range(count):
            decide(make_user("moderator"), count)
        with CaptureQueriesContext(connection) as queries:
            loads(timezone.now())
        costs.append(len(queries))

    assert costs == [4, 4]
