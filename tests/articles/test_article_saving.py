"""Saving an article: what follows by itself, what is news to the reader, and what the database refuses."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from articles.models import Article, RelatedArticle
from tests.factories import make_article, make_category, make_picture

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
Status = Article.Status


def edited(article: Article, **changes: Any) -> Article:
    """The article as stored after someone set `changes` and saved it a day later."""
    fresh = Article.objects.get(pk=article.pk)
    with time_machine.travel(NOW + DAY, tick=False):
        for name, value in changes.items():
            setattr(fresh, name, value)
        fresh.save()
    return Article.objects.get(pk=article.pk)


@time_machine.travel(NOW, tick=False)
def test_a_constructed_article_is_complete_by_save_alone() -> None:
    category = make_category()
    article = Article(title="افتتاح السد", body="<p>نص</p>", category=category, status=Status.PUBLISHED)

    article.save()

    stored = Article.objects.published().get()
    assert (stored.slug, stored.published_at) == ("افتتاح-السد", NOW)
    assert list(stored.categories.all()) == [category]


def test_a_draft_gets_a_slug_and_no_time() -> None:
    article = make_article("مسودة أولى", status=Status.DRAFT)

    assert (article.slug, article.published_at) == ("مسودة-أولى", None)


def test_a_slug_that_was_typed_is_kept() -> None:
    assert edited(make_article(slug="سد-خاص"), title_ar="عنوان آخر").slug == "سد-خاص"


def test_a_slug_does_not_follow_the_title() -> None:
    assert edited(make_article("السد"), title_ar="النهر").slug == "السد"


def test_a_slug_that_was_emptied_is_made_again() -> None:
    assert edited(make_article("السد"), title_ar="النهر", slug="").slug == "النهر"


def test_what_follows_is_stored_with_update_fields_too() -> None:
    article = make_article(status=Status.DRAFT)
    article.status, article.slug = Status.PUBLISHED, ""

    article.save(update_fields=["status"])

    stored = Article.objects.get(pk=article.pk)
    assert stored.slug
    assert stored.published_at is not None


@pytest.mark.parametrize(
    "changes",
    [
        {f"{name}_{code}": "<p>جديد</p>"}
        for name in ("kicker", "title", "summary", "body")
        for code in ("ar", "fr", "en")
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_change_of_the_text_moves_updated_at(changes: dict[str, str]) -> None:
    article = edited(make_article(published_at=NOW), **changes)

    assert article.updated_at == NOW + DAY
    assert article.was_updated


def test_a_new_picture_moves_updated_at() -> None:
    assert edited(make_article(published_at=NOW), picture=make_picture()).updated_at == NOW + DAY


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_a_change_of_what_is_not_published_does_not(status: str) -> None:
    article = make_article(status=status, published_at=NOW)

    assert edited(article, title_ar="عنوان جديد").updated_at is None


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"is_hot": True},
        {"slug": "آخر"},
        {"kind": Article.Kind.OPINION},
        {"published_at": NOW - DAY},
        {"title_fr": ""},
    ],
    ids=lambda changes: next(iter(changes), "nothing"),
)
def test_housekeeping_does_not_move_updated_at(changes: dict[str, Any]) -> None:
    article = edited(make_article(published_at=NOW), **changes)

    assert article.updated_at is None
    assert not article.was_updated
    assert article.modified_at == NOW + DAY


def test_a_body_that_is_the_same_once_cleaned_is_no_change() -> None:
    article = make_article(body="<p>نص</p>", published_at=NOW)

    assert edited(article, body="<p class='x'>نص</p>").updated_at is None


def test_an_edit_before_it_appears_is_not_told_to_readers() -> None:
    article = make_article(published_at=NOW + 2 * DAY)

    assert not edited(article, title_ar="عنوان جديد").was_updated


def test_publishing_is_no_update(editor: Any) -> None:
    article = make_article(status=Status.DRAFT)

    article.publish(by=editor)

    assert Article.objects.get(pk=article.pk).updated_at is None


def make_french_article(**values: Any) -> Article:
    return Article.objects.create(
        title_fr="Le barrage est plein",
        body_fr="<p>Texte</p>",
        category=make_category(),
        status=Status.PUBLISHED,
        **values,
    )


def test_a_french_article_exists_in_french_alone() -> None:
    article = make_french_article()

    assert article.languages() == ["fr"]
    assert list(Article.objects.in_language("fr")) == [article]
    assert not Article.objects.in_language("ar").exists()
    assert not Article.objects.in_language("en").exists()


def test_a_french_article_has_a_slug_from_its_title() -> None:
    assert make_french_article().slug == "le-barrage-est-plein"


def test_the_active_language_decides_unless_told() -> None:
    french, arabic = make_french_article(), make_article()

    with translation.override("fr"):
        in_french = list(Article.objects.in_language())

    assert in_french == [french]
    assert list(Article.objects.in_language()) == [arabic]


def test_an_empty_title_is_stored_as_absent() -> None:
    make_article(title_fr="", title_en="")

    assert not Article.objects.in_language("fr").exists()
    assert not Article.objects.in_language("en").exists()


def test_a_title_that_was_emptied_takes_the_article_out_of_its_language() -> None:
    article = make_article(title_fr="Le barrage")

    edited(article, title_fr="")

    assert not Article.objects.in_language("fr").exists()


def test_the_address_in_french_has_the_french_slug() -> None:
    article = make_article("السد", title_fr="Le barrage")

    with translation.override("fr"):
        french = article.address_slug

    assert (article.address_slug, french) == ("السد", "le-barrage")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "deleted"}, "article_status_is_known"),
        ({"published_at": None}, "published_article_has_its_time"),
        ({"hot_until": NOW, "is_hot": False}, "hot_end_needs_the_hot_flag"),
        ({"slug": ""}, "article_has_a_slug"),
    ],
    ids=["status", "time", "hot", "slug"],
)
def test_the_database_refuses_an_impossible_article(changes: dict[str, Any], constraint: str) -> None:
    article = make_article(is_hot=True, hot_until=NOW)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**changes)


def test_the_form_refuses_a_hot_end_without_the_flag() -> None:
    with pytest.raises(ValidationError) as refusal:
        Article(hot_until=NOW).clean()
    Article(hot_until=NOW, is_hot=True).clean()

    assert list(refusal.value.error_dict) == ["hot_until"]


def test_an_article_is_not_related_to_itself() -> None:
    article = make_article()

    with pytest.raises(IntegrityError, match="article_is_not_related_to_itself"), transaction.atomic():
        RelatedArticle.objects.create(article=article, related=article)


def test_an_article_is_picked_once() -> None:
    article, other = make_article(), make_article()
    RelatedArticle.objects.create(article=article, related=other)

    with pytest.raises(IntegrityError), transaction.atomic():
        RelatedArticle.objects.create(article=article, related=other)
