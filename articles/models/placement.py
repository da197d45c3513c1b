"""Rows that place an article in a list, each with a copy of its `published_at`.

A list of a category's articles is then one range of one index: at a million articles a join with
ORDER BY costs hundreds of milliseconds, this a few.
"""

from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase

from articles.models.taxonomy import Author, Category, Tag
from articles.querysets import PlacementQuerySet, TagRowQuerySet
from articles.signals import article_changed


class Placement(models.Model):
    """`published_at` is the article's while its status is published, and empty otherwise."""

    owner_field = "article"

    published_at = models.DateTimeField(null=True, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def undeletable(cls) -> dict[str, Any]:
        """The rows that a manager's `set()` and `clear()` leave in place, as a filter."""
        return {"pk": None}

    @property
    def owner_id(self) -> int:
        return getattr(self, f"{self.owner_field}_id")

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = type(self).objects.filter(pk=self.pk).owners() if self.pk else frozenset()
            articles = type(self).objects.stamp([self])
            super().save(*args, **kwargs)
            article_changed.send(sender=type(self), articles=articles | before, everywhere=False)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        return type(self).objects.filter(pk=self.pk).delete()


class ArticleCategory(Placement):
    """An article in a category. The row of its main category stays as long as it is the main one."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="category_rows")
    category = models.ForeignKey(
        Category, verbose_name=_("category"), on_delete=models.CASCADE, related_name="article_rows"
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [models.UniqueConstraint(fields=["article", "category"], name="article_once_in_a_category")]
        indexes = [
            # /category/<slug>/ and its feed
            models.Index(
                fields=["category", "-published_at", "-article"],
                name="category_page",
                condition=models.Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.category)

    @classmethod
    def undeletable(cls) -> dict[str, Any]:
        return {"category": F("article__category")}


class ArticleTag(Placement, ItemBase):
    """A tag on an article. taggit wants the article's column to be called `content_object`."""

    owner_field = "content_object"

    content_object = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="tag_rows")
    tag = models.ForeignKey(Tag, verbose_name=_("tag"), on_delete=models.CASCADE, related_name="article_rows")

    objects = TagRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="tag_once_on_an_article")]
        indexes = [
            # /tag/<slug>/ and its feed, and the related articles of every article page
            models.Index(
                fields=["tag", "-published_at", "-content_object"],
                name="tag_page",
                condition=models.Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.tag)


class Byline(Placement):
    """An author of an article, in the order of the byline."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, verbose_name=_("author"), on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="author_once_on_an_article")]
        indexes = [
            # /author/<slug>/ and its feed
            models.Index(
                fields=["author", "-published_at", "-article"],
                name="author_page",
                condition=models.Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.author)
