"""What a reader's report of a comment sets going."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Max, Sum
from django.utils import timezone

from comments.choices import Outcome, Queue, Reason
from comments.learning.ranks import NEUTRAL, STEADY
from comments.models.comment import Comment
from comments.models.decision import Decision
from comments.triggers.counting import take_turn

REPORTS_AN_HOUR = 20  # of one connection, which may be that of a whole office
STEP = 10  # ranks by which a full report brings its comment forward


class TooManyReports(Exception):
    """This connection has reported REPORTS_AN_HOUR comments within an hour."""


class ReportManager(models.Manager):
    """Files what readers report."""

    def file(self, comment: Comment, complaint: str, note: str = "", reporter: str = "") -> bool:
        """Store a report of an approved comment, and put it before the moderators.

        `reporter` is the keyed hash of the connection. False where this reporter has reported this
        text already. What was reviewed is not put before them again until its text changes. Raises
        TooManyReports, and Comment.DoesNotExist where it is not approved (any more).
        """
        with transaction.atomic():
            take_turn()
            stored = Comment.objects.approved().select_for_update().get(pk=comment.pk)
            once = {"comment": stored, "reporter": reporter, "revision": stored.revision}
            if reporter and self.filter(**once).exists():
                return False
            self._refuse_floods(reporter)
            self.create(**once, complaint=complaint, note=note, weight=self.weight_of(reporter))
            if stored.reports_reviewed < stored.revision:
                self._put_forward(stored)
        return True

    def weight_of(self, reporter: str) -> float:
        """1 for a reporter who was ever right or never judged, less the more often they were only wrong."""
        judged = self.filter(reporter=reporter).exclude(reporter="")
        if judged.filter(outcome=Outcome.UPHELD).exists():
            return 1.0
        return 1 / (1 + judged.filter(outcome=Outcome.DISMISSED).count())

    def _refuse_floods(self, reporter: str) -> None:
        if not reporter:  # nobody in particular
            return
        since = timezone.now() - timedelta(hours=1)
        if self.filter(reporter=reporter, at__gt=since).count() >= REPORTS_AN_HOUR:
            raise TooManyReports

    def reopen(self, comment: Comment) -> None:
        """Put a comment back where its open reports had put it, after the answer to them was taken back."""
        reviewed = self.filter(comment=comment).exclude(outcome=Outcome.OPEN).aggregate(last=Max("revision"))["last"]
        values = {"reports_reviewed": reviewed or 0, "rank": self._rank(comment)}
        Comment.objects.filter(pk=comment.pk).update(**values)

    def _rank(self, comment: Comment) -> int:
        """The more weight its open reports have, the further ahead."""
        weight = self.filter(comment=comment, outcome=Outcome.OPEN).aggregate(sum=Sum("weight"))["sum"] or 0
        return comment.rank // STEADY * STEADY + max(0, NEUTRAL - round(STEP * weight))

    def _put_forward(self, comment: Comment) -> None:
        """Into the queue of the reported; readers' pages stay as they are."""
        comment.rank = self._rank(comment)
        before, comment.queue = comment.queue, comment.queue or Queue.REPORTED
        Comment.objects.filter(pk=comment.pk).update(queue=comment.queue, rank=comment.rank)
        if not before:
            Decision.objects.record(comment, comment.status, Reason.REPORTED, by=None)
