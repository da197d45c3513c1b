"""Pages that are no articles."""

from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from articles.html import HTMLField
from articles.slugs import make_slug
from articles.validators import validate_characters
from newsroom.choices import PageKind
from newsroom.models.addresses import Redirect
from newsroom.models.site import PortalWide, PortalWideQuerySet

MAX_SLUG = 100


class PageQuerySet(PortalWideQuerySet):
    """Pages. Readers see `published()` ones."""

    def published(self) -> "PageQuerySet":
        """Those that readers see in the active language: their title there is filled."""
        return self.filter(is_published=True).exclude(**{f"title_{get_language()}": None})


class Page(PortalWide):
    """A translated page at `/page/<slug>/`; that of the imprint also at `/imprint/`."""

    kind = models.CharField(_("kind"), max_length=10, choices=PageKind, default=PageKind.OTHER)
    slug = models.CharField(_("slug"), max_length=100, unique=True, blank=True)
    title = models.CharField(_("title"), max_length=200, validators=[validate_characters])
    body = HTMLField(_("body"), blank=True, validators=[validate_characters])
    is_published = models.BooleanField(_("published"), default=True)
    in_foot = models.BooleanField(_("in the foot of every page"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    modified_at = models.DateTimeField(_("last change"), auto_now=True)
    modified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: Any = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=~models.Q(kind=PageKind.OTHER),
                name="one_page_of_each_kind",
                violation_error_message=_("There is a page of this kind already."),
            ),
            models.CheckConstraint(condition=~models.Q(slug=""), name="page_has_a_slug"),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("imprint") if self.kind == PageKind.IMPRINT else reverse("page_detail", args=[self.slug])

    def languages(self) -> list[str]:
        """The codes of the languages it exists in."""
        return [code for code, _name in settings.LANGUAGES if getattr(self, f"title_{code}")]

    def clean(self) -> None:
        """Make the slug before it is asked for being the only one."""
        self.slug = self._made_slug()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; where readers knew it by another slug, that address leads here from now on."""
        self.slug = self._made_slug()
        with transaction.atomic():
            known = Page._base_manager.filter(pk=self.pk, is_published=True)
            before = known.values_list("slug", flat=True).first()
            super().save(*args, **kwargs)
            if self.is_published:
                Redirect.objects.give_way(_path(self.slug))
            if before and before != self.slug:
                Redirect.objects.give_way(*_paths(self.slug))  # none leads back to the address of before
                Redirect.objects.lead(_path(before), _path(self.slug), by=self.modified_by)

    def _made_slug(self) -> str:
        titles = (getattr(self, f"title_{code}") for code, _name in settings.LANGUAGES)
        return make_slug(self.slug or next(filter(None, titles), ""))[:MAX_SLUG]


def _paths(slug: str) -> list[str]:
    """The addresses of the page in all languages."""
    return [_path(slug, code) for code, _name in settings.LANGUAGES]


def _path(slug: str, language: str = settings.LANGUAGE_CODE) -> str:
    """The address of the page with this slug, the Arabic one unless told, decoded as redirects are."""
    with override(language):
        return unquote(reverse("page_detail", args=[slug]))
