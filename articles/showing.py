"""What the page of an article shows, be the article public, a draft, or not even stored."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch

from articles.models import Article, Author, Byline, Category, Tag
from articles.querysets import ArticleQuerySet
from articles.related import related_articles


def whole(articles: ArticleQuerySet) -> Any:
    """`articles` with all that their page shows, in a constant number of queries."""
    bylines = Byline.objects.order_by("position", "pk").select_related("author")
    return articles.select_related("category", "picture").prefetch_related(
        "categories", "corrections", Prefetch("bylines", bylines)
    )


def stored_page(article: Article) -> dict[str, Any]:
    """The context of the page of a stored article that came by `whole()`."""
    authors = [byline.author for byline in article.bylines.all()]
    return page_of(article, article.categories.all(), authors, article.shown_tags())


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
    }
