"""Where old addresses lead, and addresses that lead nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.paths import (
    checked_path,
    clean_path,
    clean_target,
    is_closed,
    is_desk,
    is_same,
    path_of,
    spellings,
    split_language,
    written,
)

LOOP = _("This leads back to the old address.")
CLOSED = _("Addresses of the desk and of files cannot be redirected.")
GONE_TARGET = _("The new address is gone for good itself. Choose another, or leave this field empty.")
MOST_STEPS = 10  # from one redirect to the next
MOST_BROKEN = 1000  # rows of broken links
SPARED = 200  # of them, the newest, however seldom they were asked for
FORGOTTEN = timedelta(days=90)  # without anybody asking


class RedirectManager(models.Manager["Redirect"]):
    """Finds and makes redirects."""

    def target_for(self, path: str) -> str | None:
        """Where `path`, as a request brought it, leads: empty where it is gone for good, None where nowhere.

        One query where it leads nowhere, and one for each step on from there. What would lead back leads nowhere.
        """
        target = self._step(path)
        return None if target and self._returns(path, target) else target

    def leads_back(self, path: str, pending: "Redirect") -> bool:
        """Whether readers of `path` would be led to it again, or to no end, once `pending` is stored."""
        return self._returns(path, self._step(path, pending), pending)

    def _returns(self, path: str, target: str | None, pending: "Redirect | None" = None) -> bool:
        for _number in range(MOST_STEPS):
            if not target:
                return False
            here = path_of(target)
            if is_same(here, path):
                return True
            target = self._step(here, pending)
        return True

    def _step(self, path: str, pending: "Redirect | None" = None) -> str | None:
        """The next address; what is told for the Arabic address serves the other languages too, each in its own."""
        prefix, rest = split_language(path)
        candidates = spellings(path) + (spellings(rest) if prefix else [])
        rows = self.exclude(pk=pending.pk) if pending else self
        found = dict(rows.filter(old_path__in=candidates).values_list("old_path", "new_path"))
        if pending and pending.old_path in candidates:
            found[pending.old_path] = pending.new_path
        old = next((each for each in candidates if each in found), None)
        if old is None:
            return None
        target = found[old]
        if target and prefix and old not in spellings(path) and not split_language(path_of(target))[0]:
            target = prefix + target
        return None if target and is_same(path_of(target), path) else target

    def lead(self, old: str, new: str, by: Any) -> "Redirect":
        """Let `old` lead to `new` from now on; an empty one means gone for good. Raises ValidationError."""
        path = clean_path(old)
        redirect = self.filter(old_path=path).first() or self.model(old_path=path)
        redirect.new_path, redirect.by = new, by
        redirect.full_clean()
        redirect.save()
        return redirect

    def give_way(self, *paths: str) -> None:
        """Forget where `paths` led: a page stands there again."""
        self.filter(old_path__in=[each for path in paths for each in spellings(path)]).delete()


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

    objects = RedirectManager()

    class Meta:
        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints = [
            models.CheckConstraint(condition=~models.Q(old_path=models.F("new_path")), name="redirect_leads_elsewhere"),
            models.CheckConstraint(condition=models.Q(old_path__startswith="/"), name="redirect_starts_with_a_slash"),
        ]

    def __str__(self) -> str:
        return self.old_path

    def clean(self) -> None:
        """Check the old address, decoded already, and bring the new one into its stored form.

        Raises ValidationError beside the field that cannot be.
        """
        _beside("old_path", checked_path, self.old_path)
        if is_closed(self.old_path):
            raise ValidationError({"old_path": CLOSED})
        if self.new_path:
            self.new_path = self._followed(_beside("new_path", clean_target, self.new_path))
            self._refuse_circles()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; redirects that led here lead on at once, and nobody looks for the old address any more."""
        with transaction.atomic():
            self.clean()
            super().save(*args, **kwargs)
            self._shorten_chains()
            BrokenLink.objects.filter(path__in=spellings(self.old_path)).delete()

    def _shorten_chains(self) -> None:
        if self.new_path and split_language(self.old_path)[0] and not split_language(path_of(self.new_path))[0]:
            return  # shortened, readers of each language would be led to their own page instead of the Arabic one
        others = Redirect.objects.exclude(pk=self.pk)
        others.filter(new_path__in=spellings(written(self.old_path))).update(new_path=self.new_path)

    def _refuse_circles(self) -> None:
        """Walk on from the old address in each language that this redirect serves."""
        served = [self.old_path]
        if not split_language(self.old_path)[0]:
            served += [
                f"/{code}{self.old_path}" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE
            ]
        for path in served:
            if Redirect.objects.leads_back(path, self):
                raise ValidationError({"new_path": LOOP})

    def _followed(self, target: str) -> str:
        """Where `target` leads in the end by the redirects there are."""
        if is_desk(path_of(target)):
            raise ValidationError({"new_path": CLOSED})
        seen = [self.old_path]
        while True:
            path = path_of(target)
            if any(is_same(path, each) for each in seen):
                raise ValidationError({"new_path": LOOP})
            seen.append(path)
            step = Redirect.objects.exclude(pk=self.pk).filter(old_path__in=spellings(path)).first()
            if step is None:
                return target
            if not step.new_path:
                raise ValidationError({"new_path": GONE_TARGET})
            target = step.new_path


def _beside(field: str, clean: Any, text: str) -> str:
    try:
        return clean(text)
    except ValidationError as error:
        raise ValidationError({field: error}) from error


@dataclass
class Sighting:
    """How often an address that is not there was met, and on which page of ours."""

    count: int = 0
    source: str = ""

    def add(self, source: str) -> None:
        self.count += 1
        self.source = source or self.source


class BrokenLinkManager(models.Manager["BrokenLink"]):
    """Keeps the list short."""

    def note(self, sightings: Mapping[str, Sighting], at: datetime | None = None) -> int:
        """Add what was seen, in one transaction; says how many addresses. At most MOST_BROKEN rows stay."""
        now = at or timezone.now()
        with transaction.atomic():
            known = [row for row in self.all() if row.path in sightings]
            for row in known:
                row.meet(sightings[row.path], now)
            self.bulk_update(known, ["count", "source", "last_at"], batch_size=200)
            unknown = sightings.keys() - {row.path for row in known}
            # Known ones take no room from new ones: who repeats them shuts nobody out.
            most = sorted(unknown, key=lambda path: (-sightings[path].count, path))[:MOST_BROKEN]
            self.bulk_create(self._new(path, sightings[path], now) for path in most)
            self._make_room(now)
        return len(known) + len(most)

    def _new(self, path: str, seen: Sighting, now: datetime) -> "BrokenLink":
        return self.model(path=path, source=seen.source, count=seen.count, first_at=now, last_at=now)

    def _make_room(self, now: datetime) -> None:
        """The least asked for goes first, of these the one nobody asked for longest.

        The newest are spared: they begin with a count of one, and would never get in where all others have more.
        """
        self.filter(last_at__lt=now - FORGOTTEN).delete()
        surplus = self.count() - MOST_BROKEN
        if surplus > 0:
            newest = self.order_by("-first_at", "-count", "pk").values_list("pk", flat=True)[:SPARED]
            others = self.exclude(pk__in=list(newest)).order_by("count", "last_at", "pk")
            self.filter(pk__in=list(others.values_list("pk", flat=True)[:surplus])).delete()


class BrokenLink(models.Model):
    """An address that readers asked for and that is not there."""

    path = models.CharField(_("address"), max_length=500, unique=True)
    source = models.CharField(_("seen on"), max_length=500, blank=True)  # a page of ours that leads there
    count = models.PositiveIntegerField(_("how often"), default=1)
    first_at = models.DateTimeField(_("first"), default=timezone.now)
    last_at = models.DateTimeField(_("last"), default=timezone.now)

    objects = BrokenLinkManager()

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")
        indexes = [
            # the list of the admin, and the oldest that make room for new ones
            models.Index(fields=["-last_at", "-id"], name="broken_latest"),
        ]

    def __str__(self) -> str:
        return self.path

    def meet(self, seen: Sighting, at: datetime) -> None:
        """Count what was seen of it at `at`; not stored yet."""
        self.count += seen.count
        self.source = seen.source or self.source
        self.last_at = at
