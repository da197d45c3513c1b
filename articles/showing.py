"""What the page of an article shows, be the article public, a draft, or not even stored."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from articles.choices import Kind
from articles.models import Article, Author, Byline, Category, Correction, Tag
from articles.models.article import LANGUAGE_CODES
from articles.querysets import ArticleQuerySet
from articles.related import related_articles


def whole(articles: ArticleQuerySet) -> Any:
    """`articles` with all that their page shows, in a constant number of queries."""
    bylines = Byline.objects.order_by("position", "pk").select_related("author")
    corrections = Correction.objects.in_language().order_by("at", "pk")
    return (
        articles.select_related("category", "picture", "answers")
        .defer(*(f"answers__{name}_{code}" for name in ("body", "summary", "kicker") for code in LANGUAGE_CODES))
        .annotate(has_replies=Exists(_replies(OuterRef("pk"))))
        .prefetch_related("categories", Prefetch("corrections", corrections), Prefetch("bylines", bylines))
    )


def stored_page(article: Article) -> dict[str, Any]:
    """The context of the page of a stored article that came by `whole()`."""
    authors = [byline.author for byline in article.bylines.all()]
    around = {
        "corrections": list(article.corrections.all()),
        "replies": list(_replies(article)) if article.has_replies else [],  # type: ignore[attr-defined]
    }
    return page_of(article, article.categories.all(), authors, article.shown_tags()) | around


def page_of(article: Article, categories: Iterable[Category], authors: list[Author], tags: list[Tag]) -> dict[str, Any]:
    """The context of an article's page, with the filing given; the main category comes first."""
    labels = sorted(
        categories, key=lambda category: (category.pk != article.category_id, category.position, category.pk)
    )
    return {
        "article": article,
        "section": next((label for label in labels if label.pk == article.category_id), None),
        "labels": labels,
        "authors": authors,
        "tags": tags,
        "related": related_articles(article, [tag for tag in tags if tag.pk]),  # not those still to be made
        "answered": _answered(article),
    }


def _replies(article: Any) -> Any:
    """The published rights of reply to `article`, the newest first."""
    return Article.objects.published().in_language().filter(kind=Kind.REPLY, answers=article).cards()


def _answered(article: Article) -> Article | None:
    """The article that this right of reply answers, where readers may see it in this language."""
    answered = article.answers if article.kind == Kind.REPLY else None
    return answered if answered and answered.is_visible and answered.title else None
