"""What editors add around an article: what to read next, and corrections."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.bidi import isolate
from articles.choices import CorrectionKind
from articles.models.article import Article
from articles.models.naming import Shown
from articles.querysets import ShownQuerySet
from articles.validators import validate_characters


class RelatedArticle(models.Model):
    """An editor's pick of what to read next."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="picks")
    related = models.ForeignKey(
        Article, verbose_name=_("related article"), on_delete=models.CASCADE, related_name="picked_by"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("related article")
        verbose_name_plural = _("related articles")
        constraints = [
            models.UniqueConstraint(fields=["article", "related"], name="related_article_once"),
            models.CheckConstraint(
                condition=~models.Q(article=models.F("related")),
                name="article_is_not_related_to_itself",
            ),
        ]

    def __str__(self) -> str:
        return str(self.related)

    def clean(self) -> None:
        if self.article_id and self.article_id == self.related_id:
            raise ValidationError({"related": _("An article cannot be related to itself.")})


class Correction(Shown):
    """A note on an article that was wrong, unclear or overtaken."""

    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="corrections"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=CorrectionKind, default=CorrectionKind.CORRECTION)
    note = models.TextField(_("note"), max_length=1000, validators=[validate_characters])
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [
            # /corrections/
            models.Index(fields=["-at", "-id"], name="correction_page"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {isolate(self.article)}"
