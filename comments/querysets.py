"""The one door to the comments that the public may see."""

from datetime import datetime
from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from comments.choices import Status

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
