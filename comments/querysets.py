"""The one door to the comments that the public may see."""

from datetime import datetime
from typing import Any, NoReturn

from django.db import models, transaction
from django.db.models import Q

from comments.choices import Status
from comments.signals import comments_changed

Cursor = tuple[datetime, int]


class CommentQuerySet(models.QuerySet):
    """Comments. Public pages start at `approved()`."""

    def approved(self) -> "CommentQuerySet":
        """What readers may see: approved, and not an answer to something they cannot see."""
        shown = self.filter(Q(parent=None) | Q(parent__status=Status.APPROVED), status=Status.APPROVED)
        return shown.order_by("-submitted_at", "-pk")

    def waiting(self) -> "CommentQuerySet":
        """The queue of the moderators, the longest waiting first."""
        return self.filter(status=Status.PENDING).order_by("submitted_at", "pk")

    def threads(self) -> "CommentQuerySet":
        """Those that answer the article itself."""
        return self.filter(parent=None)

    def before(self, cursor: Cursor | None) -> "CommentQuerySet":
        """The page that follows the comment at `cursor` (its time and key)."""
        if not cursor:
            return self
        submitted_at, key = cursor
        return self.filter(Q(submitted_at__lt=submitted_at) | Q(pk__lt=key), submitted_at__lte=submitted_at)

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, and the discussions' pages hear of it."""
        with transaction.atomic(using=self.db):
            articles = frozenset(self.values_list("article_id", flat=True))
            deleted = super().delete()
            comments_changed.send(sender=self.model, articles=articles)
        return deleted

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class CommentManager(models.Manager.from_queryset(CommentQuerySet)):  # type: ignore[misc]
    """Leaves the address in the database: only code that names it decrypts it."""

    def get_queryset(self) -> CommentQuerySet:
        return super().get_queryset().defer("email")


class DecisionQuerySet(models.QuerySet):
    """The log is only ever added to."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("The decision log is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("The decision log is append-only.")
