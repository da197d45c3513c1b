"""The steps of an article from one state to the next, and who took them."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.choices import Status
from articles.versioning import one_version


class InvalidTransition(ValidationError):
    """Someone else moved the article first, or it never could go there from where it stands."""


class StatusChange(models.Model):
    """A step of an article, and who took it."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="status_changes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="article_status_changes",
    )
    # Who decided through a link that `by` issued: a director without an account.
    director = models.CharField(_("director"), max_length=120, blank=True)
    from_status = models.CharField(_("from"), max_length=20, choices=Status)
    to_status = models.CharField(_("to"), max_length=20, choices=Status)
    note = models.TextField(_("note"), blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    told_at = models.DateTimeField(null=True, editable=False)  # when the notices of it were written

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        indexes = [
            # what `tick` still has to tell
            models.Index(fields=["at"], name="step_untold", condition=models.Q(told_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.get_to_status_display()


class Steps(models.Model):
    """The moving part of an article: every change of its state goes through one of these methods.

    Each takes the actor, and raises InvalidTransition where the article does not stand as it must by then.
    """

    class Meta:
        abstract = True

    def submit(self, by: Any) -> None:
        """Hand the draft to the editors."""
        self._move(Status.IN_REVIEW, by, from_=[Status.DRAFT], return_note="")

    def return_to_draft(self, by: Any, note: str = "", director: str = "") -> None:
        """Give it back to its journalist, with the reason; `director` names whom `by` asked by a link."""
        self._move(
            Status.DRAFT,
            by,
            from_=[Status.IN_REVIEW, Status.WITHDRAWN],
            note=note,
            director=director,
            return_note=note,
        )

    def publish(self, by: Any, at: datetime | None = None, director: str = "") -> None:
        """Show it to readers from `at` on; without it, from the time set before or from now."""
        self._move(
            Status.PUBLISHED,
            by,
            from_=[Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN],
            director=director,
            published_at=at or self.published_at or timezone.now(),  # type: ignore[attr-defined]
            return_note="",
        )

    def unschedule(self, by: Any) -> None:
        """Take it back into review before readers see it. Its time stays in the calendar, as a plan."""
        with transaction.atomic():
            locked = type(self)._base_manager.select_for_update().filter(pk=self.pk)
            stands_at = locked.values_list("published_at", flat=True).first()
            if stands_at is None or stands_at <= timezone.now():
                raise InvalidTransition(
                    _("It is not scheduled: what readers see already can only be withdrawn."), code="visible"
                )
            planned = {"published_at": None, "planned_for": stands_at}
            self._move(Status.IN_REVIEW, by, from_=[Status.PUBLISHED], **planned)

    def withdraw(self, by: Any, reason: str = "") -> None:
        """Take it off every page."""
        self._move(Status.WITHDRAWN, by, from_=[Status.PUBLISHED], note=reason)

    def plan(self, at: datetime | None) -> None:
        """Set the time that it is planned for, None for none. It is no step: nothing appears by it."""
        with transaction.atomic():
            self._lock(from_=[Status.DRAFT, Status.IN_REVIEW])
            self.planned_for = at
            self.save(update_fields=["planned_for"])

    def _move(self, to: str, by: Any, from_: list[str], note: str = "", director: str = "", **changes: Any) -> None:
        with transaction.atomic(), one_version(type(self), by=by):
            stands = self._lock(from_)
            self.status = to
            for name, value in changes.items():
                setattr(self, name, value)
            self.save(update_fields=["status", *changes])
            step = {"from_status": stands, "to_status": to, "note": note, "director": director}
            StatusChange.objects.create(article=self, by=by, **step)  # type: ignore[misc]

    def _lock(self, from_: list[str]) -> str:
        """Hold the row until the end of the transaction. The state that it stands in, which is one of `from_`."""
        locked = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        stands = locked.values_list("status", flat=True).first()
        if stands not in from_:
            raise InvalidTransition(
                _("This article is “%(status)s” by now, so this step is not possible."),
                code="transition",
                params={"status": Status(stands).label if stands else "—"},
            )
        return stands
