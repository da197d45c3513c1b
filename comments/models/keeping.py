"""What people do with a comment beside deciding: pass it on, and keep it for legal reasons."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import CASCADE, ProtectedError
from django.utils.translation import gettext as _

from comments.choices import Queue, Reason
from comments.models.decision import Decision
from comments.triggers.counting import take_turn

HELD = "Kept for legal reasons."


class PassedOn(ValidationError):
    """The comment was passed to the editor-in-chief; this person may not decide on it."""

    def __init__(self) -> None:
        super().__init__(_("This comment was passed to the editor-in-chief, who decides on it."), code="passed-on")


def cascade_unless_held(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """For `on_delete`: comments go with what they belong to, unless one is kept for legal reasons.

    Raises ProtectedError with those that are, so that the admin names them instead of failing.
    """
    held = sub_objs.filter(legal_hold=True)
    if held.exists():
        raise ProtectedError(HELD, set(held))
    CASCADE(collector, field, sub_objs, using)


class Kept(models.Model):
    """The part of a comment that is passed on and kept. All acts take, beside the actor, a note and an `act`."""

    class Meta:
        abstract = True

    def escalate(self, by: Any, note: str = "", *, act: uuid.UUID | None = None) -> bool:
        """Pass it to the editor-in-chief, where it stands or not. False where it waits there already."""
        return self._take(by, Reason.ESCALATED, note, act, queue=Queue.ESCALATED, lease_by=None, lease_until=None)

    def hold_legally(self, by: Any, note: str = "", *, act: uuid.UUID | None = None) -> bool:
        """Keep its text and name as they are, undeletable. False where they are kept already."""
        return self._take(by, Reason.LEGAL_HOLD, note, act, legal_hold=True)

    def release_legally(self, by: Any, note: str = "", *, act: uuid.UUID | None = None) -> bool:
        """End the legal hold. False where there was none."""
        return self._take(by, Reason.LEGAL_RELEASE, note, act, legal_hold=False)

    def refuse_strangers(self, by: Any, reason: Reason) -> None:
        """Raise PassedOn where it waits for the editor-in-chief and `by` is none; an act may be taken back."""
        is_stranger = by is not None and not by.has_perm("comments.decide_escalated")
        if self.queue == Queue.ESCALATED and reason != Reason.UNDONE and is_stranger:  # type: ignore[attr-defined]
            raise PassedOn

    def _take(self, by: Any, reason: Reason, note: str, act: uuid.UUID | None, **values: Any) -> bool:
        """Store `values`, the first of which tells whether there is anything to do, and log it."""
        first = next(iter(values))
        with transaction.atomic():
            take_turn()
            stored = type(self).objects.select_for_update().get(pk=self.pk)  # type: ignore[attr-defined]
            is_new = getattr(stored, first) != values[first]
            if is_new:
                from_queue = stored.queue
                for name, value in values.items():
                    setattr(stored, name, value)
                stored.save(update_fields=list(values))
                Decision.objects.record(stored, stored.status, reason, by=by, note=note, act=act, from_queue=from_queue)
        for name in ("status", "html", *values):
            setattr(self, name, getattr(stored, name))
        return is_new
