"""The outbox: mail that is to be sent. It holds no address and no text; both are made at sending."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.choices import TOLD, MailKind, Reason, Status
from comments.models.comment import Comment
from comments.models.decision import Decision
from comments.models.outgoing import Outgoing
from comments.models.sender import Sender
from comments.models.voices import Subscription

HOLD = timedelta(seconds=10)  # in which an undo takes notices back before anybody has read them


class OutboxManager(models.Manager["OutboxMessage"]):
    """Writes messages and takes them back."""

    def announce(self, comment: Comment, decision: Decision) -> None:
        """Queue what `decision` on `comment` gives to tell: to its writer, to those who follow the discussion.

        Every change of state passes here (`Comment.receive`, `Comment.decide`). Nobody is told
        twice: what stands in the outbox already stays as it is.
        """
        if decision.reason != Reason.UNDONE:
            self.bulk_create(self._notices(comment, decision), ignore_conflicts=True)

    def take_back(self, act: uuid.UUID, comment: int) -> int:
        """Delete what was to be told of the act on this comment and is not sent yet; says how many that were."""
        taken = self.filter(act=act, comment=comment, sent_at=None).delete()[0]
        replies = self.filter(comment=comment, kind=MailKind.REPLY)
        if not replies.filter(subscription__isnull=False).exists():
            replies.delete()  # nobody was told yet, so that a later approval is announced anew
        return taken

    def _notices(self, comment: Comment, decision: Decision) -> Iterator["OutboxMessage"]:
        notice = {"comment": comment, "act": decision.act, "send_after": timezone.now() + HOLD}
        if comment.status == Status.APPROVED and followers(comment).exists():
            yield self.model(kind=MailKind.REPLY, **notice)
        if _concerns_the_writer(comment, decision):
            yield self.model(kind=MailKind.DECIDED, **notice)


def followers(comment: Comment) -> models.QuerySet[Subscription]:
    """The confirmed subscriptions that `comment` interests: of what it answers, or of all under its article."""
    followed = Q(comment=comment.parent_id) if comment.parent_id else Q()
    wishes = Subscription.objects.filter(followed | Q(comment=None), article=comment.article_id)
    return wishes.exclude(confirmed_at=None).exclude(email_digest=comment.email_digest)


def _concerns_the_writer(comment: Comment, decision: Decision) -> bool:
    """Refused for a reason that a writer may learn from, taken back on request, or shown after a wait.

    The last only where the address is proved: nobody asked for mail by typing another's.
    """
    if decision.by_id is None or comment.staff or not comment.email_digest:
        return False
    if comment.status == Status.REJECTED:
        return decision.cause in TOLD or decision.reason == Reason.WITHDRAWN
    if comment.status != Status.APPROVED or decision.from_status != Status.PENDING:
        return False
    return Sender.objects.filter(email_digest=comment.email_digest).exclude(verified_at=None).exists()


class OutboxMessage(Outgoing):
    """One message that waits to be sent, was sent, or was given up.

    A REPLY without a subscription stands for all followers, each of whom gets their own when it is due.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=MailKind)
    # What it is about; whose address it goes to follows from kind and these.
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="messages")
    subscription = models.ForeignKey(Subscription, null=True, on_delete=models.CASCADE, related_name="messages")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    act = models.UUIDField(null=True)  # of the decision that it tells of: an undo takes it back

    objects = OutboxManager()

    class Meta(Outgoing.Meta):
        verbose_name = _("message")
        verbose_name_plural = _("outbox")
        constraints = [
            models.CheckConstraint(condition=Q(sent_at=None) | Q(failed_at=None), name="message_is_sent_or_given_up"),
            # whatever is decided again, retried or run twice, each is told once
            models.UniqueConstraint(
                fields=["comment"], condition=Q(kind=MailKind.REPLY, subscription=None), name="answer_announced_once"
            ),
            models.UniqueConstraint(
                fields=["comment", "subscription"], condition=Q(kind=MailKind.REPLY), name="follower_told_once"
            ),
            models.UniqueConstraint(
                fields=["comment", "act"], condition=Q(kind=MailKind.DECIDED), name="writer_told_once"
            ),
            models.UniqueConstraint(fields=["user", "act"], condition=Q(kind=MailKind.DIGEST), name="digest_once"),
        ]
        indexes = [
            # what `tick` sends next; whole, because partial ones do not match bound parameters
            models.Index(fields=["sent_at", "failed_at", "send_after"], name="outbox_due"),
            # what an undo takes back
            models.Index(fields=["act"], name="outbox_act"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
