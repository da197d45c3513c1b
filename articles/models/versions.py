"""The table of versions: a row for each change of an article, with what other tables say of it."""

from typing import Any

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from articles.choices import Status
from articles.html import HTMLField
from articles.versioning import FOUND, RESTORED, keep_found, person


class ArticleHistory(models.Model):
    """The base of the historical rows, which django-simple-history makes of `Article`."""

    # {"tags": [names], "categories": [keys], "authors": [keys]}: rows of other tables, which it does not follow
    filing = models.JSONField(default=dict)

    class Meta:
        abstract = True

    @property
    def restored_from(self) -> int | None:
        """The key of the version that this one brought back; None where it is no such thing."""
        reason = getattr(self, "history_change_reason", None) or ""
        return int(reason.removeprefix(RESTORED)) if reason.startswith(RESTORED) else None

    @property
    def was_found(self) -> bool:
        """Whether it is what stood there before a change, written by nobody through this history."""
        return getattr(self, "history_change_reason", None) == FOUND


class ArticleRecords(HistoricalRecords):
    """The table of versions. `Article` itself says when a version is due."""

    def copy_fields(self, model: type[models.Model]) -> dict[str, models.Field]:
        """Bodies as plain columns: what is copied was cleaned where it stood, and a restore cleans it again."""
        fields: dict[str, models.Field] = super().copy_fields(model)
        for field in fields.values():
            if isinstance(field, HTMLField):
                field.__class__ = models.TextField  # type: ignore[assignment]
        return fields

    def post_save(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: rows of other tables are still to come."""

    def pre_delete(self, instance: Any, **kwargs: Any) -> None:
        super().pre_delete(instance, **kwargs)
        if instance.status in (Status.PUBLISHED, Status.WITHDRAWN):
            keep_found(type(instance), [instance.pk])

    def post_delete(self, instance: Any, using: str | None = None, **kwargs: Any) -> None:
        """What readers saw stays on record; a draft goes with all its versions."""
        versions = type(instance).history.model.objects.filter(id=instance.pk)
        if not versions.filter(status__in=(Status.PUBLISHED, Status.WITHDRAWN)).exists():
            versions.delete()
            return
        last = versions.order_by("-history_id").first()
        last.history_id, last.history_type, last.history_change_reason = None, "-", None
        last.history_date, last.history_user = timezone.now(), person()
        last.save(force_insert=True)
