"""What belongs to the portal as a whole."""

import secrets
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.validators import validate_characters
from newsroom.hijri import MAX_OFFSET, hijri_date


class SiteSettings(models.Model):
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
        return cls.objects.first() or cls(name=str(_("Newsroom")))

    @property
    def hijri_today(self) -> str:
        """Today's Hijri date in Morocco; empty where the newspaper does not show it."""
        return hijri_date(timezone.localdate(), self.hijri_offset) if self.shows_hijri else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            PageGeneration.objects.bump(["site"])


class PageGenerationManager(models.Manager["PageGeneration"]):
    """Moves generations on."""

    def bump(self, keys: list[str]) -> None:
        """Give each key a value it never had, in the transaction that is under way, by one statement."""
        rows = [PageGeneration(key=key, value=secrets.randbits(62)) for key in sorted(set(keys))]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=["value"])


class PageGeneration(models.Model):
    """The generation of something that pages show. A page rendered under another value is old.

    Keys: `article:<pk>`, `comments:<pk>`, `lists`, `comments`, `site`.
    """

    key = models.CharField(max_length=60, primary_key=True)
    value = models.BigIntegerField()

    objects = PageGenerationManager()

    def __str__(self) -> str:
        return self.key
