"""The outbox: mail that is to be sent. It holds no address and no text; both are made at sending."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.choices import MailKind
from comments.models.comment import Comment
from comments.models.voices import Subscription


class OutboxMessage(models.Model):
    """One message that waits to be sent, was sent, or was given up."""

    kind = models.CharField(_("kind"), max_length=10, choices=MailKind)
    # What it is about; whose address it goes to follows from kind and these.
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="messages")
    subscription = models.ForeignKey(Subscription, null=True, on_delete=models.CASCADE, related_name="messages")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    act = models.UUIDField(null=True)  # of the decision that it tells of: an undo takes it back
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    send_after = models.DateTimeField(_("not before"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True)
    failed_at = models.DateTimeField(_("given up"), null=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)  # without addresses

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("outbox")
        constraints = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(failed_at=None), name="message_is_sent_or_given_up"),
        ]
        indexes = [
            # what `tick` sends next; whole, because partial ones do not match bound parameters
            models.Index(fields=["sent_at", "failed_at", "send_after"], name="outbox_due"),
            # what an undo takes back
            models.Index(fields=["act"], name="outbox_act"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
