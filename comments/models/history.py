"""The admin's own history, for what people do beside decisions."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models


def write_history(by: Any, changed: models.Model, message: str, flag: int = CHANGE) -> None:
    """Note in the admin's history that `by` did what `message` says, with `changed`.

    The object is named by its key alone: the history outlives texts and names that are erased.
    """
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(type(changed)),
        object_id=str(changed.pk),
        object_repr=f"{changed._meta.verbose_name} {changed.pk}"[:200],
        action_flag=flag,
        change_message=message,
    )
