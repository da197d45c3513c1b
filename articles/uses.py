"""Where pictures are in use: whatever refers to one and keeps it from being deleted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import PROTECT, Count, Exists, F, Model, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Article, ArticleFigure, GalleryPicture, Picture

# The rows that say that an article shows a picture.
SHOWING = (Article, ArticleFigure, GalleryPicture)


@dataclass(frozen=True)
class Uses:
    """How often a picture is in use: in so many articles, and in so many places beside."""

    articles: int = 0
    elsewhere: int = 0

    def __bool__(self) -> bool:
        return bool(self.articles or self.elsewhere)

    def __str__(self) -> str:
        parts = []
        if self.articles:
            told = ngettext("in %(count)d article", "in %(count)d articles", self.articles)
            parts.append(told % {"count": self.articles})
        if self.elsewhere:
            told = ngettext("in %(count)d other place", "in %(count)d other places", self.elsewhere)
            parts.append(told % {"count": self.elsewhere})
        return _(", ").join(parts) or _("not in use")


def count_uses(pictures: Iterable[int]) -> dict[int, Uses]:
    """The uses of each of these pictures, in a constant number of queries."""
    keys = list(pictures)
    articles, elsewhere = Counter[int](), Counter[int]()
    for model, column in _references():
        rows = model._base_manager.filter(**{f"{column}__in": keys})
        if model is not Article and model in SHOWING:  # an article that shows it in several places is one article
            rows = rows.exclude(article__picture=F("picture"))
        if model is GalleryPicture:
            rows = rows.exclude(Exists(ArticleFigure.objects.filter(_same_article_and_picture())))
        counts = dict(rows.order_by().values_list(column).annotate(Count("pk")))
        (articles if model in SHOWING else elsewhere).update(counts)
    return {key: Uses(articles[key], elsewhere[key]) for key in keys}


def _same_article_and_picture() -> Q:
    return Q(article=OuterRef("article"), picture=OuterRef("picture"))


def is_used() -> Q:
    """Pictures that something refers to."""
    used = Q()
    for model, column in _references():
        used |= Q(Exists(model._base_manager.filter(**{column: OuterRef("pk")})))
    return used


def articles_with(picture: Picture) -> Q:
    """Articles that show the picture, above their text, in it, or in their gallery."""
    shown = Q(picture=picture)
    for model in (ArticleFigure, GalleryPicture):
        shown |= Q(Exists(model.objects.filter(article=OuterRef("pk"), picture=picture)))
    return shown


def others_with(picture: Picture) -> list[Model]:
    """What else shows it: authors, and the newspaper itself."""
    models = [(model, column) for model, column in _references() if model not in SHOWING]
    return [row for model, column in models for row in model._base_manager.filter(**{column: picture})[:20]]


def _references() -> list[tuple[Any, str]]:
    """The models and columns that refer to pictures, of packages above this one as well."""
    relations: list[Any] = Picture._meta.get_fields(include_hidden=True)
    return [
        (relation.related_model, relation.field.name)
        for relation in relations
        if relation.auto_created and relation.one_to_many and relation.on_delete is PROTECT
    ]
