"""Following a discussion by mail, and the mail that asks whether an address is its writer's own."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from comments.choices import Follow, MailKind, Status
from comments.models import Comment, OutboxMessage, Sender, Subscription

# How many confirmations go to one address, and how many one connection may cause.
ADDRESS_LIMITS = ((timedelta(hours=1), 1), (timedelta(days=1), 3))
CONNECTION_LIMITS = ((timedelta(hours=1), 5),)
ASKED_WITHIN = timedelta(days=31)  # of posting: a receipt lives no longer


def follow(comment: Comment, what: str, *, proved: bool = False) -> None:
    """Let the writer of `comment` hear of `what` (a Follow); not before the address is confirmed.

    `proved` says that the browser holds a proof of the address. What was filed as spam follows nothing.
    """
    if not what or comment.status == Status.SPAM or not comment.email_digest:
        return
    thread = (comment.parent_id or comment.pk) if what == Follow.ANSWERS else None
    wish = {"article_id": comment.article_id, "comment_id": thread, "email_digest": comment.email_digest}
    values = {"email": comment.email, "language": get_language() or comment.language}
    subscription, _is_new = Subscription.objects.get_or_create(**wish, defaults=values)
    if proved:
        subscription.confirm()
    elif subscription.confirmed_at is None:
        ask_to_confirm(comment, subscription)


def ask_to_confirm(comment: Comment, subscription: Subscription | None = None) -> bool:
    """Write the writer of `comment` a mail with a link that confirms their address. False where no mail goes.

    Whoever types an address must not be able to fill its mailbox, nor to learn what is known about it.
    """
    if comment.status == Status.SPAM or not comment.email_digest:
        return False
    with transaction.atomic():
        # The row is the turnstile of this address: two requests at once are counted one after the other.
        Sender.objects.select_for_update().filter(email_digest=comment.email_digest).first()
        if _is_enough(Q(comment__email_digest=comment.email_digest), ADDRESS_LIMITS):
            return False
        if comment.ip_digest and _is_enough(Q(comment__ip_digest=comment.ip_digest), CONNECTION_LIMITS):
            return False
        OutboxMessage.objects.create(kind=MailKind.CONFIRM, comment=comment, subscription=subscription)
    return True


def _is_enough(whose: Q, limits: tuple[tuple[timedelta, int], ...]) -> bool:
    now = timezone.now()
    asked = OutboxMessage.objects.filter(whose, kind=MailKind.CONFIRM, comment__submitted_at__gt=now - ASKED_WITHIN)
    return any(asked.filter(created_at__gt=now - span).count() >= most for span, most in limits)
