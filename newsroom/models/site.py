"""The newspaper's own name, words and addresses."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from articles.models import Picture
from articles.validators import validate_characters
from newsroom.choices import MenuPlace, Network
from newsroom.hijri import MAX_OFFSET, hijri_date
from newsroom.models.generation import PageGeneration
from newsroom.paths import is_own_address, is_web_address

WEB_ONLY = _("Write an address that begins with https:// or http://.")
OWN_OR_WEB = _("Write an address that begins with https://, or with one slash for a page of this site.")


class PortalWideQuerySet(models.QuerySet):
    """Whatever is written in bulk is of a new generation as well."""

    def update(self, **changes: Any) -> int:
        return self._and_bump(super().update, **changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        return self._and_bump(super().delete)

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        return self._and_bump(super().bulk_create, *args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _and_bump(self, write: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic(using=self.db):
            done = write(*args, **kwargs)
            PageGeneration.objects.bump(["site"])
        return done


class PortalWide(models.Model):
    """Something that every page shows."""

    objects: Any = PortalWideQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            PageGeneration.objects.bump(["site"])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            PageGeneration.objects.bump(["site"])
        return deleted


class SiteSettings(PortalWide):
    """The newspaper's own name and words. There is one row, or none yet."""

    name = models.CharField(_("name"), max_length=60, validators=[validate_characters])
    tagline = models.CharField(_("tagline"), max_length=120, blank=True, validators=[validate_characters])
    imprint = models.CharField(
        _("imprint line"),
        max_length=300,
        blank=True,
        validators=[validate_characters],
        help_text=_("At the foot of every page: publisher, director of publication, address."),
    )
    logo = models.ForeignKey(
        Picture, verbose_name=_("logo"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contact_email = models.EmailField(
        _("mailbox of the newsroom"),
        blank=True,
        help_text=_("What readers write is announced there. It stands on no page."),
    )
    two_factor_groups = models.ManyToManyField(
        Group,
        verbose_name=_("roles that need a second factor"),
        blank=True,
        related_name="+",
        help_text=_("Who has one of these roles and no second factor sets one up at the next login."),
    )
    shows_hijri = models.BooleanField(_("Hijri date"), default=False, help_text=_("In the date line of every page."))
    hijri_offset = models.SmallIntegerField(
        _("offset of the Hijri date, in days"),
        default=0,
        validators=[MinValueValidator(-MAX_OFFSET), MaxValueValidator(MAX_OFFSET)],
        help_text=_("From −2 to +2, as the new moon is announced."),
    )
    singleton = models.BooleanField(default=True, editable=False, unique=True)

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [
            models.CheckConstraint(condition=models.Q(singleton=True), name="one_row_of_settings"),
            models.CheckConstraint(
                condition=models.Q(hijri_offset__gte=-MAX_OFFSET, hijri_offset__lte=MAX_OFFSET),
                name="hijri_offset_is_small",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "SiteSettings":
        """The settings, or unsaved ones with a plain name."""
        stored: Any = cls.objects.select_related("logo").first()
        return stored or cls(name=str(_("Newsroom")))

    @cached_property
    def shown_logo(self) -> Picture | None:
        """The logo; None where there is none, or its file is missing on this disk: the name stands there then."""
        if self.logo is None:
            return None
        storage = self.logo.file.storage
        is_missing = isinstance(storage, FileSystemStorage) and not storage.exists(str(self.logo.file.name))
        return None if is_missing else self.logo

    @property
    def hijri_today(self) -> str:
        """Today's Hijri date in Morocco; empty where the newspaper does not show it."""
        return hijri_date(timezone.localdate(), self.hijri_offset) if self.shows_hijri else ""


class SocialAccount(PortalWide):
    """Where the newspaper is to be found elsewhere: a link in the foot of every page, and nothing loaded from there."""

    network = models.CharField(_("network"), max_length=20, choices=Network)
    address = models.URLField(_("address"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    site = models.ForeignKey(SiteSettings, on_delete=models.CASCADE, related_name="accounts")

    class Meta:
        verbose_name = _("social account")
        verbose_name_plural = _("social accounts")

    def __str__(self) -> str:
        return self.get_network_display()

    def clean(self) -> None:
        if not is_web_address(self.address):
            raise ValidationError({"address": WEB_ONLY})


class MenuLink(PortalWide):
    """A link beside the categories of the menu, or in the foot of every page."""

    label = models.CharField(_("label"), max_length=60, validators=[validate_characters])
    place = models.CharField(_("place"), max_length=10, choices=MenuPlace, default=MenuPlace.MENU)
    page = models.ForeignKey(
        "newsroom.Page", verbose_name=_("page"), null=True, blank=True, on_delete=models.CASCADE, related_name="links"
    )
    address = models.CharField(_("address"), max_length=300, blank=True, validators=[validate_characters])
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    site = models.ForeignKey(SiteSettings, on_delete=models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("link of the menu")
        verbose_name_plural = _("links of the menu")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, address="") | (models.Q(page=None) & ~models.Q(address="")),
                name="menu_link_has_one_target",
                violation_error_message=_("Choose a page or write an address, one of the two."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Only what a browser opens as a page: `javascript:` and the like would run as ours."""
        self.address = self.address.strip()
        if self.address and not (is_own_address(self.address) or is_web_address(self.address)):
            raise ValidationError({"address": OWN_OR_WEB})
