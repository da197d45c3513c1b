"""The one door to the comments that the public may see."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NoReturn

from django.db import models, transaction
from django.db.models import ProtectedError, Q

from comments.choices import Status
from comments.signals import comments_changed
from comments.triggers.counting import take_turn

Cursor = tuple[datetime, int]


class CommentQuerySet(models.QuerySet):
    """Comments. Public pages start at `approved()`."""

    def approved(self) -> "CommentQuerySet":
        """What readers may see; an answer stays when the comment it answers goes, under a mark of its place."""
        return self.filter(status=Status.APPROVED).order_by("-submitted_at", "-pk")

    def waiting(self) -> "CommentQuerySet":
        """What waits for a moderator, the longest waiting first."""
        return self.filter(status=Status.PENDING).order_by("submitted_at", "pk")

    def threads(self) -> "CommentQuerySet":
        """Those that open a thread for readers: approved, or gone while approved answers remain."""
        # `=True` would be written without a comparison, which keeps SQLite from its index.
        return self.filter(opens_thread__in=[True]).order_by("-submitted_at", "-pk")

    def before(self, cursor: Cursor | None) -> "CommentQuerySet":
        """What is older than the comment at `cursor` (its time and key)."""
        if not cursor:
            return self
        submitted_at, key = cursor
        return self.filter(Q(submitted_at__lt=submitted_at) | Q(pk__lt=key), submitted_at__lte=submitted_at)

    def after(self, cursor: Cursor | None) -> "CommentQuerySet":
        """What is newer than the comment at `cursor`."""
        if not cursor:
            return self
        submitted_at, key = cursor
        return self.filter(Q(submitted_at__gt=submitted_at) | Q(pk__gt=key), submitted_at__gte=submitted_at)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, each with what `save()` would fill in, and the discussions' pages hear of it."""
        comments = list(objs)
        for comment in comments:
            comment.prepare()
        with transaction.atomic(using=self.db):
            take_turn()
            created = super().bulk_create(comments, *args, **kwargs)
            comments_changed.send(sender=self.model, articles=frozenset(each.article_id for each in comments))
        return created

    def delete(self) -> tuple[int, dict[str, int]]:
        """As Django's, and the discussions' pages hear of it.

        Raises ProtectedError where one of them is kept for legal reasons.
        """
        held: set[models.Model] = set() if self.query.is_sliced else set(self.filter(legal_hold=True))  # type: ignore[arg-type]
        if held:
            raise ProtectedError("Kept for legal reasons.", held)
        with transaction.atomic(using=self.db):
            take_turn()
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


class AppendOnlyQuerySet(models.QuerySet):
    """Rows of a log: they are only ever added."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise TypeError("This log is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("This log is append-only.")
