"""Advertising of the house: own pictures, labelled as what they are, nothing counted, nothing from elsewhere."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.models import Picture
from articles.validators import validate_characters
from newsroom.choices import AdvertSlot, AdvertState
from newsroom.models.site import OWN_OR_WEB, PortalWide, PortalWideQuerySet
from newsroom.paths import is_own_address, is_web_address

NO_WORDS = _(
    "This picture has no description in the language of the advert. Those who do not see it would hear nothing."
)


class AdvertQuerySet(PortalWideQuerySet):
    """Adverts. Readers see `shown()` ones."""

    def shown(self, at: datetime | None = None) -> "AdvertQuerySet":
        """Those that stand at `at` (now, unless told) in the active language, slot by slot in their order."""
        at = at or timezone.now()
        standing = self.filter(Q(ends_at=None) | Q(ends_at__gt=at), is_active=True, starts_at__lte=at)
        return standing.filter(language__in=["", get_language()]).order_by("slot", "position", "pk")

    def by_slot(self, at: datetime | None = None) -> dict[AdvertSlot, "Advert"]:
        """The first of each slot, in one query: every reader sees the same."""
        found: dict[AdvertSlot, Advert] = {}
        for advert in self.shown(at).select_related("picture"):
            found.setdefault(AdvertSlot(advert.slot), advert)
        return found

    def next_change(self, at: datetime | None = None) -> datetime | None:
        """When next an advert begins or ends by itself after `at`: a page stored before that is old then."""
        at = at or timezone.now()
        active = self.filter(is_active=True)
        moments = active.aggregate(
            begins=Min("starts_at", filter=Q(starts_at__gt=at)), ends=Min("ends_at", filter=Q(ends_at__gt=at))
        )
        return min(filter(None, moments.values()), default=None)


class Advert(PortalWide):
    """A picture that leads somewhere, in one slot, for a time."""

    name = models.CharField(
        _("name"),
        max_length=100,
        validators=[validate_characters],
        help_text=_("For the newsroom. Readers do not see it."),
    )
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        on_delete=models.PROTECT,
        related_name="adverts",
        help_text=_("Its description is what the advert says; its caption, where it has one, stands below it."),
    )
    address = models.CharField(
        _("leads to"),
        max_length=300,
        validators=[validate_characters],
        help_text=_("A whole address (https://…), or one of this site (/latest/)."),
    )
    slot = models.CharField(_("slot"), max_length=10, choices=AdvertSlot)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, blank=True, help_text=_("Left empty: all languages.")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("Where several share a slot, the lowest is shown.")
    )
    starts_at = models.DateTimeField(_("shown from"), default=timezone.now)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    objects: Any = AdvertQuerySet.as_manager()

    class Meta:
        verbose_name = _("advert")
        verbose_name_plural = _("adverts")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="advert_ends_after_it_starts",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(address__startswith="/")
                | Q(address__startswith="https://")
                | Q(address__startswith="http://"),
                name="advert_leads_to_a_page",
                violation_error_message=OWN_OR_WEB,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> AdvertState:
        """What readers see of it now, were it the first of its slot."""
        now = timezone.now()
        if not self.is_active:
            return AdvertState.OFF
        if self.starts_at > now:
            return AdvertState.PLANNED
        return AdvertState.ENDED if self.ends_at and self.ends_at <= now else AdvertState.SHOWN

    def clean(self) -> None:
        """Only what a browser opens as a page, and only a picture that can be told. Raises ValidationError."""
        self.address = self.address.strip()
        faults = {}
        if self.address and not (is_own_address(self.address) or is_web_address(self.address)):
            faults["address"] = OWN_OR_WEB
        if self.picture_id and not self.words:
            faults["picture"] = NO_WORDS
        if faults:
            raise ValidationError(faults)

    @property
    def words(self) -> str:
        """What the picture says in `words_language`; stands in where it says nothing in the language of the page."""
        return getattr(self.picture, f"alt_{self.words_language}") or ""

    @property
    def words_language(self) -> str:
        """The language of the advert; of one for all languages, Arabic."""
        return self.language or settings.LANGUAGE_CODE
