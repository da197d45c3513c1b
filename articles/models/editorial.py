"""What editors add around an article: what to read next, and corrections."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.bidi import isolate
from articles.choices import CorrectionKind, Status
from articles.models.article import LANGUAGE_CODES, Article
from articles.models.naming import Shown
from articles.querysets import Cursor, ShownQuerySet
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


class CorrectionQuerySet(ShownQuerySet):
    """Notes on articles."""

    def in_language(self, language: str | None = None) -> "CorrectionQuerySet":
        """Those that are written in `language` (the active one, unless told)."""
        column = f"note_{language or get_language()}"
        return self.exclude(**{column: None}).exclude(**{column: ""})

    def published(self) -> "CorrectionQuerySet":
        """Those that readers may see in the active language, the newest first.

        Note and article have to be written in it: a page in one language shows nothing of another.
        """
        # Asked of each note's own article: a list of all that readers may see would be as long as the archive.
        seen = Q(article__status=Status.PUBLISHED, article__published_at__lte=timezone.now())
        written = Q(**{f"article__title_{get_language()}__isnull": False})
        return self.in_language().filter(seen, written).order_by("-at", "-pk")

    def before(self, cursor: Cursor | None) -> "CorrectionQuerySet":
        """The page that follows the note at `cursor` (its `at` and key)."""
        if cursor is None:
            return self
        at, key = cursor
        return self.filter(Q(at__lte=at) & (Q(at__lt=at) | Q(pk__lt=key)))

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, and readers are told that the articles changed."""
        with transaction.atomic(using=self.db):
            created = super().bulk_create(objs, *args, **kwargs)
            Article.objects.filter(pk__in={each.article_id for each in created}).mark_updated()
        return created


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

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [
            # /corrections/
            models.Index(fields=["-at", "-id"], name="correction_page"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {isolate(self.article)}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the note. Readers are told that the article changed where they are told something else than before."""
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk).values(*self.told_columns()).first()
            super().save(*args, **kwargs)
            if before != {name: getattr(self, name) for name in self.told_columns()}:
                Article.objects.filter(pk=self.article_id).mark_updated()

    @classmethod
    def told_columns(cls) -> tuple[str, ...]:
        """The columns that readers see."""
        return ("article_id", "kind", *(f"note_{code}" for code in LANGUAGE_CODES))
