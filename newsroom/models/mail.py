"""The newsroom's own outbox: notices to staff, and answers to readers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models import StatusChange
from comments.models.outgoing import Outgoing
from newsroom.choices import StaffMail
from newsroom.models.letters import ReaderLetter


class StaffMessage(Outgoing):
    """One message. It holds no address and no text: both are made at sending, from what it names."""

    kind = models.CharField(_("kind"), max_length=10, choices=StaffMail)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(StatusChange, null=True, on_delete=models.CASCADE, related_name="messages")
    letter = models.ForeignKey(ReaderLetter, null=True, on_delete=models.CASCADE, related_name="messages")

    class Meta(Outgoing.Meta):
        verbose_name = _("message to staff")
        verbose_name_plural = _("messages to staff")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None), name="staff_message_is_sent_or_given_up"
            ),
            # whatever runs twice, each is told once
            models.UniqueConstraint(
                fields=["step", "user"], condition=Q(kind=StaffMail.STEP), name="step_told_once_to_each"
            ),
            models.UniqueConstraint(
                fields=["letter"], condition=Q(kind=StaffMail.LETTER), name="letter_announced_once"
            ),
            models.UniqueConstraint(fields=["letter"], condition=Q(kind=StaffMail.ANSWER), name="letter_answered_once"),
        ]
        indexes = [
            # what `tick` sends next
            models.Index(fields=["sent_at", "failed_at", "send_after"], name="staff_message_due"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
