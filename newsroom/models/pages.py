"""Pages that are no articles, where old addresses lead, and addresses that lead nowhere."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.html import HTMLField
from articles.slugs import make_slug
from articles.validators import validate_characters
from newsroom.choices import PageKind
from newsroom.models.site import PortalWide


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
        return reverse("page_detail", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = make_slug(self.slug or self.title)[:100]
        super().save(*args, **kwargs)


class Redirect(models.Model):
    """Where an address of before leads; without a target the page is gone for good (410)."""

    old_path = models.CharField(_("old address"), max_length=500, unique=True)
    new_path = models.CharField(_("new address"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints = [
            models.CheckConstraint(condition=~models.Q(old_path=models.F("new_path")), name="redirect_leads_elsewhere"),
            models.CheckConstraint(condition=models.Q(old_path__startswith="/"), name="redirect_starts_with_a_slash"),
        ]

    def __str__(self) -> str:
        return self.old_path


class BrokenLink(models.Model):
    """An address that readers asked for and that is not there."""

    path = models.CharField(_("address"), max_length=500, unique=True)
    source = models.CharField(_("seen on"), max_length=500, blank=True)  # a page of ours that leads there
    count = models.PositiveIntegerField(_("how often"), default=1)
    first_at = models.DateTimeField(_("first"), default=timezone.now)
    last_at = models.DateTimeField(_("last"), default=timezone.now)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        indexes = [
            # the list of the admin, and the oldest that make room for new ones
            models.Index(fields=["-last_at", "-id"], name="broken_latest"),
        ]

    def __str__(self) -> str:
        return self.path
