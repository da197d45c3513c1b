"""Which pictures stand in the text of an article."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import models

from articles.models.article import LANGUAGE_CODES, Article
from articles.models.picture import Picture

BATCH = 200
BODIES = [f"body_{code}" for code in LANGUAGE_CODES]
# The name under which a picture was stored, wherever its address begins.
STORED = re.compile(r"pictures/\d{4}/\d{2}/[0-9a-f]{24}\.(?:jpg|webp)")


class FigureQuerySet(models.QuerySet):
    """The rows follow from the bodies."""

    def follow(self, articles: Iterable[int]) -> None:
        """Bring the rows of the articles of these keys in step with their texts."""
        keys = sorted(articles)
        for start in range(0, len(keys), BATCH):
            self._follow(keys[start : start + BATCH])

    follow.alters_data = True  # type: ignore[attr-defined]

    def _follow(self, keys: list[int]) -> None:
        rows = Article._base_manager.filter(pk__in=keys).values_list("pk", *BODIES)
        named = {key: {name for body in bodies if body for name in STORED.findall(body)} for key, *bodies in rows}
        names = set().union(*named.values())
        pictures = dict(Picture.objects.filter(file__in=names).values_list("file", "pk")) if names else {}
        wanted = {(key, pictures[name]) for key, found in named.items() for name in found if name in pictures}
        standing: dict[tuple[int, int], int] = {
            (article, picture): pk
            for pk, article, picture in self.filter(article__in=keys).values_list("pk", "article_id", "picture_id")
        }
        gone = [pk for pair, pk in standing.items() if pair not in wanted]
        if gone:
            self.filter(pk__in=gone).delete()
        missing = [self.model(article_id=article, picture_id=picture) for article, picture in wanted - set(standing)]
        if missing:
            self.bulk_create(missing, ignore_conflicts=True)


class ArticleFigure(models.Model):
    """A picture in the text of an article, in whatever language. Such a picture is not deleted."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="figures")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="figures")

    objects: Any = FigureQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "picture"], name="figure_once_in_an_article")]

    def __str__(self) -> str:
        return str(self.article)
