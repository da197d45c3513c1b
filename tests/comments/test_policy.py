"""Policies by scope: the closest one wins."""

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from comments.choices import Mode
from comments.models import Policy
from comments.opening import mode_for
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("site", "category", "article", "expected"),
    [
        (None, None, None, Mode.PRE),
        (Mode.POST, None, None, Mode.POST),
        (Mode.POST, Mode.CLOSED, None, Mode.CLOSED),
        (Mode.CLOSED, Mode.POST, None, Mode.POST),
        (None, Mode.POST, None, Mode.POST),
        (Mode.CLOSED, Mode.CLOSED, Mode.POST, Mode.POST),
        (Mode.POST, Mode.POST, Mode.PRE, Mode.PRE),
        (Mode.POST, None, Mode.CLOSED, Mode.CLOSED),
        (None, None, Mode.CLOSED, Mode.CLOSED),
    ],
    ids=["nothing", "site", "category-closes", "category-opens", "category-alone"]
    + ["article-opens", "article-holds", "article-over-site", "article-alone"],
)
@pytest.mark.parametrize("closest_first", [True, False], ids=["closest-first", "closest-last"])
def test_the_closest_policy_wins_in_whatever_order_they_were_made(
    site: Mode | None, category: Mode | None, article: Mode | None, expected: Mode, closest_first: bool
) -> None:
    story = make_article()
    scopes = [(article, {"article": story}), (category, {"category": story.category}), (site, {})]
    for mode, scope in scopes if closest_first else reversed(scopes):
        if mode:
            Policy.objects.create(mode=mode, **scope)

    assert mode_for(story) is expected


def test_the_policies_of_others_do_not_count() -> None:
    story, other = make_article(), make_article()
    Policy.objects.create(article=other, mode=Mode.CLOSED)
    Policy.objects.create(category=other.category, mode=Mode.CLOSED)

    assert mode_for(story) is Mode.PRE
    assert mode_for(other) is Mode.CLOSED


def test_only_the_main_category_counts() -> None:
    story, second = make_article(), make_category()
    story.categories.add(second)
    Policy.objects.create(category=second, mode=Mode.CLOSED)

    assert mode_for(story) is Mode.PRE
    assert mode_for(make_article(category=second)) is Mode.CLOSED


def test_the_mode_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    story = make_article()
    Policy.objects.create(mode=Mode.POST)
    Policy.objects.create(article=story, mode=Mode.CLOSED)

    with django_assert_num_queries(1):
        mode_for(story)


def test_a_policy_has_one_scope() -> None:
    story = make_article()

    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.create(article=story, category=story.category)


def test_the_site_has_one_policy() -> None:
    Policy.objects.create(mode=Mode.PRE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.create(mode=Mode.CLOSED)


@pytest.mark.parametrize("scope", ["article", "category"])
def test_an_article_or_category_has_one_policy(scope: str) -> None:
    story = make_article()
    owner = {"article": story, "category": story.category}[scope]
    Policy.objects.create(**{scope: owner})

    with pytest.raises(IntegrityError), transaction.atomic():
        Policy.objects.create(**{scope: owner}, mode=Mode.CLOSED)


def test_each_article_and_category_may_have_its_own() -> None:
    for story in (make_article(), make_article()):
        Policy.objects.create(article=story)
        Policy.objects.create(category=story.category)

    assert Policy.objects.count() == 4
