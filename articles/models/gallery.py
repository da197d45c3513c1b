"""The pictures of a photo gallery."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.picture import Picture


class GalleryQuerySet(models.QuerySet):
    """Pictures of galleries."""

    def in_order(self) -> "GalleryQuerySet":
        """As readers go through them, with what their place shows."""
        return self.select_related("picture").order_by("position", "pk")


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
