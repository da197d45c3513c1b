"""What the page of an article shows, be the article public, a draft, or not even stored."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from articles.choices import Kind, Status
from articles.embeds import Embed, embed_of
from articles.models import Article, Author, Byline, Category, Correction, GalleryPicture, StatusChange, Tag
from articles.models.article import LANGUAGE_CODES
from articles.querysets import ArticleQuerySet
from articles.related import what_next
from articles.trails import trail_of


def whole(articles: ArticleQuerySet) -> Any:
    """`articles` with all that their page shows, in a constant number of queries."""
    bylines = Byline.objects.order_by("position", "pk").select_related("author__portrait")
    corrections = Correction.objects.in_language().order_by("at", "pk")
    return (
        articles.select_related("category__parent", "picture", "answers")
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
    related, following = what_next(article, [tag for tag in tags if tag.pk])  # not those still to be made
    gallery = gallery_of(article)
    return {
        "article": article,
        "trail": trail_of(article.category) if article.category_id else [],
        "section": next((label for label in labels if label.pk == article.category_id), None),
        "labels": labels,
        "authors": authors,
        "tags": tags,
        "related": related,
        "following": following,
        "answered": _answered(article),
        "video": video_of(article),
        "gallery": gallery,
        # What opens the gallery is not shown above it as well.
        "shows_picture": bool(article.picture_id) and article.picture_id not in {row.picture_id for row in gallery},
    }


def video_of(article: Article) -> Embed | None:
    """The page where the video of a video article is; None where there is none to open."""
    return embed_of(article.video_address) if article.kind == Kind.VIDEO else None


def gallery_of(article: Article) -> list[GalleryPicture]:
    """The pictures of a gallery in their order, by one query; none for other kinds."""
    return list(GalleryPicture.objects.filter(article=article).in_order()) if article.kind == Kind.GALLERY else []


def withdrawn_on(pk: int) -> datetime | None:
    """Since when an article is withdrawn that readers could read in the active language; None for any other."""
    article = Article.objects.filter(pk=pk, status=Status.WITHDRAWN).in_language().only("published_at").first()
    if article is None or article.published_at is None:
        return None
    steps = StatusChange.objects.filter(article=pk, to_status=Status.WITHDRAWN)
    at = steps.order_by("-at", "-pk").values_list("at", flat=True).first()
    return at if at and article.published_at <= at else None


def _replies(article: Any) -> Any:
    """The published rights of reply to `article`, the newest first."""
    return Article.objects.published().in_language().filter(kind=Kind.REPLY, answers=article).cards()


def _answered(article: Article) -> Article | None:
    """The article that this right of reply answers, where readers may see it in this language."""
    answered = article.answers if article.kind == Kind.REPLY else None
    return answered if answered and answered.is_visible and answered.title else None
