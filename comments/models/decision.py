"""The log of what was decided about comments. It is only ever added to."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.choices import Cause, Queue, Reason, Status
from comments.learning.lessons import hash_of
from comments.models.rule import WordRule
from comments.querysets import AppendOnlyQuerySet


class DecisionManager(models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    """Writes the log."""

    def record(self, comment: Any, before: str, reason: Reason, by: Any, **values: Any) -> "Decision":
        """Add that `comment` came from `before` (empty: it is new) to its present status.

        `by` is None for the policy. `values` are other columns: note, cause, act, rule, span_start,
        span_end, detail, from_queue.
        """
        values["act"] = values.get("act") or uuid.uuid4()
        return self.create(
            comment=comment,
            by=by,
            from_status=before,
            to_status=comment.status,
            reason=reason,
            revision=comment.revision,
            text_hash=hash_of(comment.text),
            **values,
        )


class AppendOnly(models.Model):
    """A row that is written once. The database refuses the rest too (comments/triggers.py)."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("This log is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("This log is append-only.")


class Decision(AppendOnly):
    """One act of a person or of the policy. Never changed, and it outlives its comment."""

    comment = models.ForeignKey(
        "comments.Comment",
        verbose_name=_("comment"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="decisions",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="comment_decisions",
    )
    act = models.UUIDField(_("act"), default=uuid.uuid4)  # one for all that one key press decided
    from_status = models.CharField(_("from"), max_length=20, choices=Status, blank=True)
    to_status = models.CharField(_("to"), max_length=20, choices=Status)
    from_queue = models.CharField(_("from the queue"), max_length=10, choices=Queue, blank=True)
    reason = models.CharField(_("reason"), max_length=30, choices=Reason)
    cause = models.CharField(_("cause of a rejection"), max_length=20, choices=Cause, blank=True)
    note = models.TextField(_("note"), blank=True)
    detail = models.CharField(_("detail"), max_length=200, blank=True)  # the rule's phrase, a number
    # What the policy's rule met, in the text or name of that revision. The rule may be gone.
    rule = models.ForeignKey(
        WordRule,
        verbose_name=_("word rule"),
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    revision = models.PositiveIntegerField(default=1)
    text_hash = models.CharField(_("hash of the text"), max_length=64)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = DecisionManager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            # the same request sent twice decides once
            models.UniqueConstraint(fields=["act", "comment"], name="decision_once_in_an_act"),
        ]
        indexes = [
            # undo, and each moderator's load on the dashboard
            models.Index(fields=["by", "-at", "-id"], name="decision_actor"),
            # the comments that a moderator decided on, for the search at the desk
            models.Index(fields=["by", "-comment"], name="decision_decider"),
        ]

    def __str__(self) -> str:
        return self.get_to_status_display()


class AddressLook(AppendOnly):
    """Somebody looked at a sender's full address."""

    comment = models.ForeignKey(
        "comments.Comment",
        verbose_name=_("comment"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="looks",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("look at an address")
        verbose_name_plural = _("looks at addresses")

    def __str__(self) -> str:
        return f"{self.by}: {self.comment_id}"
