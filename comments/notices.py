"""Who is written to when a comment is decided on. Letters wait, so that an undo can still take them back."""

import uuid
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from comments.choices import TOLD, Cause, MailKind, Status
from comments.models import Comment, OutboxMessage, Subscription

HOLD = timedelta(seconds=10)
MOST_FOLLOWERS = 500  # of one answer


def queue_notices(comment: Comment, act: uuid.UUID, cause: Cause | str = "") -> int:
    """Write what follows from the state `comment` is in now to the outbox; gives the number of letters.

    Its sender hears of a rejection for a cause that is told; followers hear of an answer that was
    approved, once. To be called in the transaction of the decision `act`.
    """
    if comment.status == Status.REJECTED:
        letters = _rejection(comment, act, cause)
    elif comment.status == Status.APPROVED and comment.parent_id:
        letters = _answer(comment, act)
    else:
        letters = []
    return len(OutboxMessage.objects.bulk_create(letters))


def cancel_notices(act: uuid.UUID, comment_pk: int) -> int:
    """Take back what `act` wrote about the comment and nobody has sent; gives the number of letters."""
    return OutboxMessage.objects.filter(act=act, comment=comment_pk, sent_at=None).delete()[0]


def _rejection(comment: Comment, act: uuid.UUID, cause: Cause | str) -> list[OutboxMessage]:
    return [_letter(MailKind.DECIDED, comment, act)] if cause in TOLD and comment.email_digest else []


def _answer(comment: Comment, act: uuid.UUID) -> list[OutboxMessage]:
    followers = _followers(comment).order_by("pk")[:MOST_FOLLOWERS]
    return [_letter(MailKind.REPLY, comment, act, follower) for follower in followers]


def _followers(comment: Comment) -> QuerySet[Subscription]:
    """Confirmed ones but the writer's own, and but those that have heard of this answer already."""
    told = OutboxMessage.objects.filter(comment=comment, kind=MailKind.REPLY, subscription__isnull=False)
    wanted = Q(comment=comment.parent_id) | Q(comment=None)
    followers = Subscription.objects.filter(wanted, article=comment.article_id, confirmed_at__isnull=False)
    return followers.exclude(email_digest=comment.email_digest).exclude(pk__in=told.values("subscription"))


def _letter(kind: MailKind, comment: Comment, act: uuid.UUID, follower: Subscription | None = None) -> OutboxMessage:
    return OutboxMessage(kind=kind, comment=comment, subscription=follower, act=act, send_after=timezone.now() + HOLD)
