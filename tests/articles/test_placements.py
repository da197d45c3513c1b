"""The rows that lists stand on: their copy of `published_at` is right whoever writes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.models import Article, ArticleCategory, ArticleTag, Byline, Category, InvalidTransition
from tests.factories import make_article, make_author, make_category, make_tag

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
Status = Article.Status
PLACEMENTS = [ArticleCategory, ArticleTag, Byline]
EACH_PLACEMENT = pytest.mark.parametrize("model", PLACEMENTS, ids=lambda model: model.__name__)


def make_placed(**values: Any) -> Article:
    """An article with a row in every kind of list, and two categories."""
    article = make_article(tags=("الماء",), **{"published_at": NOW, **values})
    article.categories.add(make_category())
    article.authors.add(make_author())
    return article


def copies(article: Article) -> set[datetime | None]:
    """Every copy of the article's time that its rows hold."""
    return {copy for model in PLACEMENTS for copy in rows_of(model, article).values_list("published_at", flat=True)}


def rows_of(model: Any, article: Article) -> models.QuerySet:
    return model.objects.filter(**{model.owner_field: article})


def assert_in_step() -> None:
    for model in PLACEMENTS:
        assert not model.objects.drifted().exists()


@pytest.mark.parametrize("status", Status.values)
def test_rows_carry_the_time_of_a_published_article_alone(status: str) -> None:
    article = make_placed(status=status)

    assert copies(article) == {NOW if status == Status.PUBLISHED else None}


CHANGES: dict[str, tuple[dict[str, Any], Callable[[Article, User], Any], datetime | None]] = {
    "save-moves-the-time": ({}, lambda article, by: save(article, published_at=NOW + DAY), NOW + DAY),
    "save-moves-the-status": ({}, lambda article, by: save(article, status=Status.WITHDRAWN), None),
    "save-publishes": ({"status": Status.DRAFT}, lambda article, by: save(article, status=Status.PUBLISHED), NOW),
    "save-of-one-field": ({}, lambda article, by: save_fields(article, published_at=NOW + DAY), NOW + DAY),
    "save-of-another-field": ({}, lambda article, by: save_title_alone(article), NOW),
    "publish": ({"status": Status.DRAFT}, lambda article, by: article.publish(by=by), NOW),
    "publish-later": ({"status": Status.DRAFT}, lambda article, by: article.publish(by=by, at=NOW + DAY), NOW + DAY),
    "withdraw": ({}, lambda article, by: article.withdraw(by=by), None),
    "return": ({"status": Status.WITHDRAWN}, lambda article, by: article.return_to_draft(by=by), None),
    "update-time": ({}, lambda article, by: Article.objects.update(published_at=NOW - DAY), NOW - DAY),
    "update-status": ({}, lambda article, by: Article.objects.update(status=Status.DRAFT), None),
    "update-both": (
        {"status": Status.DRAFT, "published_at": None},
        lambda article, by: Article.objects.update(status=Status.PUBLISHED, published_at=NOW + DAY),
        NOW + DAY,
    ),
    "update-filtered-away": (
        {},
        lambda article, by: Article.objects.filter(status=Status.PUBLISHED).update(status=Status.WITHDRAWN),
        None,
    ),
    "bulk-update": ({}, lambda article, by: bulk_update(article, published_at=NOW + DAY), NOW + DAY),
    "update-or-create": (
        {},
        lambda article, by: Article.objects.update_or_create({"published_at": NOW + DAY}, pk=article.pk),
        NOW + DAY,
    ),
}


def save(article: Article, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(article, name, value)
    article.save()


def save_fields(article: Article, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(article, name, value)
    article.save(update_fields=list(changes))


def save_title_alone(article: Article) -> None:
    article.title_ar, article.published_at = "عنوان آخر", NOW + DAY
    article.save(update_fields=["title_ar"])


def bulk_update(article: Article, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(article, name, value)
    Article.objects.bulk_update([article], list(changes))


@pytest.mark.parametrize(("values", "change", "copy"), CHANGES.values(), ids=CHANGES.keys())
def test_copies_follow(
    values: dict[str, Any], change: Callable[[Article, User], Any], copy: datetime | None, editor: User
) -> None:
    article = make_placed(**values)

    change(article, editor)

    assert copies(article) == {copy}
    assert_in_step()


def test_other_articles_keep_their_copies(editor: User) -> None:
    article, other = make_placed(), make_placed()

    article.withdraw(by=editor)

    assert copies(other) == {NOW}


LISTS: dict[str, Callable[[Article], Any]] = {
    "categories.set": lambda article: article.categories.set([make_category(), make_category()]),
    "categories.add": lambda article: article.categories.add(make_category()),
    "categories.create": lambda article: article.categories.create(name=f"قسم جديد {Category.objects.count()}"),
    "categories.remove": lambda article: article.categories.remove(*article.categories.all()),
    "categories.clear": lambda article: article.categories.clear(),
    "category.articles.add": lambda article: make_category().articles.add(article),
    "tags.set": lambda article: article.tags.set(["النقل", "السدود"]),
    "tags.add": lambda article: article.tags.add("المناخ"),
    "tags.clear": lambda article: article.tags.clear(),
    "authors.set": lambda article: article.authors.set([make_author(), make_author()]),
    "authors.clear": lambda article: article.authors.clear(),
    "row": lambda article: Byline.objects.create(article=article, author=make_author()),
    "row-with-a-wrong-copy": lambda article: ArticleTag(
        content_object=article, tag=make_tag(), published_at=NOW - DAY
    ).save(),
    "get_or_create": lambda article: ArticleCategory.objects.get_or_create(article=article, category=make_category()),
    "bulk_create": lambda article: ArticleCategory.objects.bulk_create(
        [ArticleCategory(article=article, category=make_category(), published_at=NOW - DAY)]
    ),
}


@pytest.mark.parametrize("change", LISTS.values(), ids=LISTS.keys())
@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.DRAFT])
def test_rows_that_come_and_go_are_in_step(change: Callable[[Article], Any], status: str) -> None:
    article = make_placed(status=status)

    change(article)

    assert copies(article) == {NOW if status == Status.PUBLISHED else None}
    assert_in_step()


REMOVALS: dict[str, Callable[[Article], Any]] = {
    "set": lambda article: article.categories.set([]),
    "remove": lambda article: article.categories.remove(article.category),
    "clear": lambda article: article.categories.clear(),
    "reverse-remove": lambda article: article.category.articles.remove(article),
    "reverse-clear": lambda article: article.category.articles.clear(),
    "rows": lambda article: ArticleCategory.objects.all().delete(),
    "one-row": lambda article: article.category_rows.get(category=article.category).delete(),
}


@pytest.mark.parametrize("remove", REMOVALS.values(), ids=REMOVALS.keys())
def test_the_main_category_cannot_be_removed(remove: Callable[[Article], Any]) -> None:
    article = make_article()

    remove(article)

    assert list(article.categories.all()) == [article.category]


def test_another_category_can_be_removed() -> None:
    article = make_placed()

    article.categories.set([])

    assert list(article.categories.all()) == [article.category]


@pytest.mark.parametrize(
    "change",
    [
        lambda article, category: save(article, category=category),
        lambda article, category: save_fields(article, category=category),
        lambda article, category: Article.objects.filter(pk=article.pk).update(category=category),
        lambda article, category: bulk_update(article, category=category),
    ],
    ids=["save", "save-of-one-field", "update", "bulk-update"],
)
def test_a_new_main_category_lists_the_article_and_the_old_one_may_go(change: Callable[..., None]) -> None:
    article, category = make_article(), make_category()

    change(article, category)
    article.categories.set([])

    assert list(article.categories.all()) == [category]
    assert_in_step()


@EACH_PLACEMENT
@pytest.mark.parametrize(
    ("status", "by_hand"),
    [(Status.PUBLISHED, None), (Status.PUBLISHED, NOW - DAY), (Status.DRAFT, NOW), (Status.WITHDRAWN, NOW)],
    ids=["lost", "moved", "draft", "withdrawn"],
)
def test_drift_made_by_hand_is_found_and_mended(model: Any, status: str, by_hand: datetime | None) -> None:
    article, other = make_placed(status=status), make_placed()
    rows = model._base_manager.filter(pk__in=rows_of(model, article))
    rows.update(published_at=by_hand)  # the base manager's queryset knows nothing of copies

    found = {row.owner_id for row in model.objects.drifted()}
    model.objects.restamp([article.pk, other.pk])

    assert found == {article.pk}
    assert_in_step()


@EACH_PLACEMENT
def test_an_update_of_rows_does_not_let_them_drift(model: Any) -> None:
    article = make_placed(status=Status.DRAFT)

    rows_of(model, article).update(published_at=NOW)

    assert_in_step()


def test_articles_created_at_once_are_complete() -> None:
    category = make_category()
    rows = [Article(title=f"خبر {number}", category=category, status=Status.PUBLISHED) for number in range(3)]

    created = Article.objects.bulk_create(rows)

    assert [list(article.categories.all()) for article in created] == [[category]] * 3
    assert [article.slug for article in created] == ["خبر-0", "خبر-1", "خبر-2"]
    assert all(article.is_visible for article in created)
    assert_in_step()


@EACH_PLACEMENT
def test_live_rows_are_those_that_readers_may_see_newest_first(model: Any) -> None:
    older, newer, equal = make_placed(published_at=NOW - DAY), make_placed(), make_placed()
    make_placed(published_at=NOW + DAY)
    make_placed(status=Status.DRAFT)
    own = ArticleCategory.objects.filter(category=models.F("article__category"))
    rows = own if model is ArticleCategory else model.objects.all()

    assert [row.owner_id for row in rows.live(NOW)] == [equal.pk, newer.pk, older.pk]


def test_an_article_stands_once_in_a_category() -> None:
    article = make_article()

    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleCategory.objects.create(article=article, category=article.category)


@pytest.mark.parametrize(
    "delete", [lambda article: article.delete(), lambda article: Article.objects.all().delete()], ids=["one", "all"]
)
def test_a_deleted_article_leaves_no_rows(delete: Callable[[Article], Any]) -> None:
    article = make_placed()

    delete(article)

    assert [model.objects.count() for model in PLACEMENTS] == [0, 0, 0]


STEPS = {**{f"change:{name}": change for name, (_v, change, _c) in CHANGES.items()}, **LISTS, **REMOVALS}


class SequencesOfOperations(TestCase):
    @settings(deadline=None, max_examples=60)
    @given(st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=8))
    def test_no_sequence_of_operations_makes_copies_drift(self, names: list[str]) -> None:
        article = make_placed()
        for name in names:
            step: Any = STEPS[name]
            article = Article.objects.get(pk=article.pk)
            try:
                with transaction.atomic():
                    step(article, None) if name.startswith("change:") else step(article)
            except (InvalidTransition, models.ObjectDoesNotExist):
                continue
            assert_in_step()
