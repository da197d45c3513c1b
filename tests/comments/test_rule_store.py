"""Stored rules: compiled once, never stale, each in its scope and time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from comments import triggers
from comments.choices import Reason
from comments.models import CommentSettings, WordRule
from comments.policy import decide
from comments.rules import load_rules
from tests.comments.test_policy_steps import submission
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db


def is_met(text: str) -> bool:
    return bool(load_rules().hits(text))


def test_rules_are_compiled_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    WordRule.objects.create(phrase="كلب")
    compiled = load_rules()

    with django_assert_num_queries(1):
        assert load_rules() is compiled


def by_hand(statement: str) -> None:
    """As another process would: nothing of this one hears of it."""
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE comments_wordrule SET phrase = 'قط'",
        "UPDATE comments_wordrule SET is_active = false",
        "UPDATE comments_wordrule SET allowed = 'يا كلب'",
        "DELETE FROM comments_wordrule",
    ],
)
def test_a_rule_that_changes_anywhere_is_read_anew(statement: str) -> None:
    WordRule.objects.create(phrase="كلب")
    assert is_met("يا كلب")

    by_hand(statement)

    assert not is_met("يا كلب")


def test_a_rule_that_comes_is_read_and_one_that_is_rolled_back_is_not() -> None:
    assert not is_met("كلب حمار")
    with transaction.atomic():
        WordRule.objects.create(phrase="كلب")
        assert is_met("كلب")
        transaction.set_rollback(True)

    assert not is_met("كلب")
    WordRule.objects.create(phrase="حمار")
    assert is_met("حمار")
    assert not is_met("كلب")


def test_a_hit_does_not_make_the_rules_be_compiled_again() -> None:
    rule = WordRule.objects.create(phrase="كلب")
    compiled = load_rules()

    assert WordRule.count_hit(rule.pk)

    assert load_rules() is compiled


def test_counting_comments_anew_leaves_the_version_of_the_rules() -> None:
    WordRule.objects.create(phrase="كلب")
    compiled = load_rules()

    triggers.recount(connection)

    assert load_rules() is compiled


@pytest.mark.parametrize(
    ("values", "counts"),
    [
        ({}, True),
        ({"until": timedelta(hours=1)}, True),
        ({"until": timedelta(hours=-1)}, False),
        ({"is_active": False}, False),
    ],
)
def test_a_rule_counts_while_it_is_in_force(values: dict[str, Any], counts: bool) -> None:
    if "until" in values:
        values = {"until": timezone.now() + values["until"]}
    rule = WordRule.objects.create(phrase="كلب", **values)

    assert rule.is_in_force is counts
    assert (decide(submission(make_article(), text="يا كلب أنت")).reason == Reason.RULE) is counts


@pytest.mark.parametrize("scope", ["article", "category"])
def test_a_rule_counts_in_its_scope(scope: str) -> None:
    article, other = make_article(), make_article()
    other.categories.add(article.category)
    WordRule.objects.create(phrase="كلب", **{scope: getattr(article, scope, article)})

    assert decide(submission(article, text="يا كلب أنت")).reason == Reason.RULE
    assert decide(submission(other, text="يا كلب أنت")).reason == Reason.HELD


def test_a_rule_for_another_category_does_not_hide_one_that_counts() -> None:
    CommentSettings.objects.create()
    WordRule.objects.create(phrase="كلب", action="reject", category=make_category())
    counts = WordRule.objects.create(phrase="كلب")

    assert decide(submission(make_article(), text="يا كلب أنت")).rule == counts.pk
