"""What readers say about comments: reports, requests to take one back, wishes to follow."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from comments.choices import Complaint, Outcome, Reason, Status
from comments.models.comment import Comment
from comments.models.history import write_history
from comments.models.reporting import ReportManager
from comments.privacy import EncryptedEmailField

ANSWERED_WITHIN = timedelta(hours=72)  # requests to take a comment back


class Report(models.Model):
    """A reader's complaint about a comment."""

    comment = models.ForeignKey(Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="reports")
    complaint = models.CharField(_("reason"), max_length=20, choices=Complaint)
    note = models.TextField(_("note"), blank=True, max_length=500)
    reporter = models.CharField(max_length=64, blank=True, editable=False)  # keyed hash of the connection
    revision = models.PositiveIntegerField(editable=False)  # of the text that was reported
    weight = models.FloatField(_("weight"), default=1.0)  # less for a reporter who is always wrong
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    act = models.UUIDField(null=True, editable=False)  # of the decision that answered it
    at = models.DateTimeField(_("when"), default=timezone.now)

    objects = ReportManager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "reporter", "revision"], condition=~Q(reporter=""), name="report_once"
            ),
        ]
        indexes = [
            # how often a reporter was right, and how much they report
            models.Index(fields=["reporter", "-at"], name="report_reporter"),
            # what a decision answered
            models.Index(fields=["act"], name="report_act"),
        ]

    def __str__(self) -> str:
        return self.get_complaint_display()


class WithdrawalManager(models.Manager):
    """Opens what writers ask for."""

    def ask(self, comment: Comment, note: str = "") -> Any:
        """The open request to take `comment` back: a new one with its clock, or the one that is open."""
        now = timezone.now()
        values = {"note": note, "at": now, "due_at": now + ANSWERED_WITHIN}
        return self.get_or_create(comment=comment, outcome=Outcome.OPEN, defaults=values)[0]


class WithdrawalRequest(models.Model):
    """A writer asks that a comment be taken back. A clock runs."""

    comment = models.ForeignKey(
        Comment, verbose_name=_("comment"), on_delete=models.CASCADE, related_name="withdrawal_requests"
    )
    note = models.TextField(_("note"), blank=True, max_length=500)
    at = models.DateTimeField(_("asked"), default=timezone.now)
    due_at = models.DateTimeField(_("due"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.TextField(_("answer"), blank=True, max_length=500)

    objects = WithdrawalManager()

    class Meta:
        verbose_name = _("withdrawal request")
        verbose_name_plural = _("withdrawal requests")
        constraints = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(outcome=Outcome.OPEN), name="withdrawal_request_open_once"
            ),
        ]
        # the desk's list of requests
        indexes = [models.Index(fields=["outcome", "due_at"], name="withdrawal_due")]

    def __str__(self) -> str:
        return str(self.comment_id)

    def uphold(self, by: Any, answer: str = "", **how: Any) -> bool:
        """Take the comment back at its writer's wish. False where the request was answered already.

        `how` is that of `Comment.decide`, whose errors are raised here too.
        """
        with transaction.atomic():
            if not self._answer(by, Outcome.UPHELD, answer):
                return False
            self.comment.decide(Status.REJECTED, by, note=answer, reason=Reason.WITHDRAWN, **how)
        return True

    def dismiss(self, by: Any, answer: str) -> bool:
        """Leave the comment where it stands, and say why. False where the request was answered already."""
        with transaction.atomic():
            return self._answer(by, Outcome.DISMISSED, answer)

    def _answer(self, by: Any, outcome: Outcome, answer: str) -> bool:
        values = {"outcome": outcome, "answer": answer, "answered_by": by, "answered_at": timezone.now()}
        if not type(self).objects.filter(pk=self.pk, outcome=Outcome.OPEN).update(**values):
            return False
        for name, value in values.items():
            setattr(self, name, value)
        write_history(by, self, str(outcome.label))
        return True


class Subscription(models.Model):
    """An address that wants to hear of answers: to one comment, or of all under an article."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comment_subscriptions")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="subscriptions")
    email = EncryptedEmailField(_("e-mail"), blank=True)
    email_digest = models.CharField(max_length=64, editable=False)
    language = models.CharField(max_length=2, default="ar")
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "comment", "email_digest"], nulls_distinct=False, name="subscription_once"
            ),
        ]
        # export and erasure
        indexes = [models.Index(fields=["email_digest"], name="subscription_sender")]

    def __str__(self) -> str:
        return str(self.article_id)

    def confirm(self) -> bool:
        """Mail may go to this address from now on. False where it did already."""
        return bool(type(self).objects.filter(pk=self.pk, confirmed_at=None).update(confirmed_at=timezone.now()))
