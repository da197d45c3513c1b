"""The pictures of a photo gallery."""

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.picture import Picture
from articles.signals import article_changed


class GalleryQuerySet(models.QuerySet):
    """Pictures of galleries. The pages of their articles hear of every change."""

    model: Any

    def in_order(self) -> "GalleryQuerySet":
        """As readers go through them, with what their place shows."""
        return self.select_related("picture").order_by("position", "pk")

    def owners(self) -> frozenset[int]:
        """The keys of the articles that show these."""
        return frozenset(self.values_list("article_id", flat=True))

    def update(self, **changes: Any) -> int:
        """As Django's, and the pages hear of it."""
        with transaction.atomic(using=self.db):
            rows, before = list(self.values_list("pk", flat=True)), self.owners()
            count = super().update(**changes)
            self.model.tell(before | self.model.objects.using(self.db).filter(pk__in=rows).owners())
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, and the pages hear of it."""
        with transaction.atomic(using=self.db):
            created: list[Any] = super().bulk_create(objs, *args, **kwargs)
            self.model.tell(frozenset(row.article_id for row in created))
        return created

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, and the pages hear of it."""
        with transaction.atomic(using=self.db):
            owners = self.owners()
            deleted = super().delete()
            self.model.tell(owners)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class GalleryPicture(models.Model):
    """One picture at its place in an article's gallery; caption and credit are the picture's own."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="gallery")
    picture = models.ForeignKey(
        Picture, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="gallery_rows"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects: Any = GalleryQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of the gallery")
        verbose_name_plural = _("pictures of the gallery")
        constraints = [models.UniqueConstraint(fields=["article", "picture"], name="picture_once_in_a_gallery")]

    def __str__(self) -> str:
        return str(self.picture)

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk).values_list("article_id", flat=True)
            owners = frozenset([*before, self.article_id])
            super().save(*args, **kwargs)
            self.tell(owners)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            self.tell(frozenset([self.article_id]))
        return deleted

    @classmethod
    def tell(cls, articles: frozenset[int]) -> None:
        """Say that what these articles show is something else now."""
        article_changed.send(sender=cls, articles=articles, everywhere=False)
