"""What to read next: the editors' picks, then rare tags, the category, the newest."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from articles.models import Article, Category, RelatedArticle, Tag
from articles.related import SHOWN, related_articles
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
Status = Article.Status


def make_at(hours_ago: float, **values: Any) -> Article:
    return make_article(published_at=timezone.now() - hours_ago * HOUR, **values)


def pick(article: Article, *related: Article) -> None:
    for position, other in enumerate(related):
        RelatedArticle.objects.create(article=article, related=other, position=position)


def make_french(hours_ago: float, tags: tuple[str, ...] = (), **values: Any) -> Article:
    published_at = timezone.now() - hours_ago * HOUR
    values = {"title_fr": "Le barrage", "status": Status.PUBLISHED, "published_at": published_at, **values}
    article = Article.objects.create(**values)
    article.tags.set(tags)
    return article


def test_picks_come_first_in_the_editors_order() -> None:
    article = make_at(0, tags=("الماء",))
    tagged = make_at(1, tags=("الماء",))
    old, older = make_at(500), make_at(600)
    pick(article, older, old)

    assert related_articles(article)[:3] == [older, old, tagged]


def test_a_rare_tag_comes_before_a_common_one() -> None:
    article = make_at(0, tags=("المغرب", "السدود"))
    common = [make_at(hours, tags=("المغرب",)) for hours in (1, 2, 3)]
    rare = make_at(400, tags=("السدود",))

    assert related_articles(article) == [rare, *common]


def test_two_shared_tags_come_before_one() -> None:
    article = make_at(0, tags=("الماء", "الفلاحة"))
    one = make_at(1, tags=("الماء",))
    both = make_at(300, tags=("الماء", "الفلاحة"))
    other = make_at(2, tags=("الفلاحة",))

    assert related_articles(article)[:3] == [both, one, other]


def test_tags_come_before_the_category_and_the_category_before_the_newest() -> None:
    category = make_category()
    article = make_at(0, category=category, tags=("الماء",))
    newest = make_at(1)
    filed = make_at(50, category=category)
    tagged = make_at(100, tags=("الماء",))

    assert related_articles(article) == [tagged, filed, newest]


def test_an_article_filed_there_beside_its_main_category_counts() -> None:
    article, newest = make_at(0), make_at(1)
    filed = make_at(50)
    filed.categories.add(article.category)

    assert related_articles(article) == [filed, newest]


def test_of_equals_the_newer_comes_first() -> None:
    category = make_category()
    article = make_at(0, category=category)
    older, newer = make_at(9, category=category), make_at(8, category=category)

    assert related_articles(article) == [newer, older]


def test_no_more_than_a_row_of_them_is_shown_and_none_twice() -> None:
    category = make_category()
    article = make_at(0, category=category, tags=("الماء",))
    for hours in range(1, 9):
        make_at(hours, category=category, tags=("الماء",))
    pick(article, Article.objects.exclude(pk=article.pk).first())

    related = related_articles(article)

    assert len(related) == len(set(related)) == SHOWN


def test_an_article_is_never_related_to_itself() -> None:
    assert related_articles(make_at(0, tags=("الماء",))) == []


SOURCES: dict[str, Callable[[Article, Article], Any]] = {
    "picked": pick,
    "tagged": lambda article, other: other.tags.set(article.tags.names()),
    "filed": lambda article, other: other.categories.add(article.category),
    "newest": lambda article, other: None,
}


@pytest.mark.parametrize("bring_near", SOURCES.values(), ids=SOURCES.keys())
@pytest.mark.parametrize(
    ("values", "is_shown"),
    [
        ({}, True),
        ({"status": Status.DRAFT}, False),
        ({"status": Status.IN_REVIEW}, False),
        ({"status": Status.WITHDRAWN}, False),
        ({"published_at": timezone.now() + 1000 * HOUR}, False),
    ],
    ids=["published", "draft", "in-review", "withdrawn", "scheduled"],
)
def test_only_what_readers_may_see_is_shown(
    bring_near: Callable[..., Any], values: dict[str, Any], is_shown: bool
) -> None:
    article = make_at(0, tags=("الماء",))
    other = make_article(**{"published_at": timezone.now() - HOUR, **values})
    bring_near(article, other)

    assert related_articles(article) == ([other] if is_shown else [])


@pytest.mark.parametrize("bring_near", SOURCES.values(), ids=SOURCES.keys())
def test_only_what_exists_in_the_language_is_shown(bring_near: Callable[..., Any]) -> None:
    article = make_at(0, title_fr="Ici", tags=("الماء",))
    arabic, both = make_at(1), make_at(2, title_fr="Là")
    french = make_french(3, category=make_category())
    for other in (arabic, both, french):
        bring_near(article, other)

    with translation.override("fr"):
        in_french = related_articles(article)

    assert set(related_articles(article)) == {arabic, both}
    assert set(in_french) == {both, french}


@pytest.mark.parametrize(
    "hide",
    [
        lambda article: article.withdraw(by=None),
        lambda article: Article.objects.filter(pk=article.pk).update(published_at=timezone.now() + HOUR),
        lambda article: Article.objects.filter(pk=article.pk).update(title_ar=None, title_fr="Titre"),
    ],
    ids=["withdrawn", "scheduled", "other-language"],
)
def test_a_pick_that_cannot_be_shown_makes_room_for_the_next(hide: Callable[[Article], Any]) -> None:
    article = make_at(0)
    hidden = [make_at(900) for _ in range(SHOWN)]
    next_pick = make_at(950)
    pick(article, *hidden, next_pick)
    for hours in range(1, 9):
        make_at(hours, category=article.category)
    for other in hidden:
        hide(other)

    assert related_articles(article)[0] == next_pick


def test_many_near_articles_of_another_language_do_not_empty_the_row() -> None:
    article = make_at(0, tags=("الماء",))
    category: Category = article.category
    arabic = [make_at(100 + hours, category=category) for hours in range(SHOWN)]
    for hours in range(1, 5 * SHOWN + 1):
        make_french(hours, tags=("الماء",), category=category)

    assert related_articles(article) == arabic


def test_a_tag_that_was_merged_counts_as_the_one_it_went_into() -> None:
    article = make_at(0, tags=("الكره",))
    tagged, newest = make_at(100, tags=("كرة القدم",)), make_at(1)
    Tag.objects.filter(name="الكره").update(merged_into=Tag.objects.get(name="كرة القدم"))

    assert related_articles(article) == [tagged, newest]


def test_related_articles_cost_two_queries(django_assert_max_num_queries: Any) -> None:
    tags = ("الماء", "السدود", "الفلاحة", "المناخ")
    made = make_at(0, tags=tags)
    for hours in range(1, 8):
        make_at(hours, tags=tags[: hours % 4], category=made.category)
    pick(made, Article.objects.exclude(pk=made.pk).first())
    article = Article.objects.get(pk=made.pk)
    shown_tags = article.shown_tags()

    with django_assert_max_num_queries(2):
        related = related_articles(article, shown_tags)
        cards = [(other.title, other.category.name, other.picture) for other in related]

    assert len(cards) == SHOWN
