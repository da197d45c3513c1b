"""Everything that is kept about one address: given out, and erased.

An address is named by its keyed hash (`comments.privacy.address_digest`).
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from comments.choices import MailKind, Reason, Status
from comments.models import Ban, Comment, Feature, OutboxMessage, Sender, Subscription
from comments.personal_data.holders import HOLDERS
from comments.triggers import searching
from comments.triggers.counting import take_turn

WRITTEN = ("id", "parent_id", "submitted_at", "name", "email", "text", "language", "status", "edited", "network")


@dataclass(frozen=True)
class Erased:
    """What an erasure did, and what it had to leave."""

    deleted: int  # comments that are gone
    emptied: int  # comments of which a mark of their place is left, because others answered them
    subscriptions: int
    held: int  # comments kept for legal reasons, as they were
    keeps_sender: bool  # a ban or a legal hold still needs the hash of the address
    others: dict[str, int]  # how much went of what other parts of the portal kept, by its name


def export(digest: str) -> dict[str, Any]:
    """What is kept about the address with this hash, ready for JSON. Names nobody else."""
    comments = Comment.objects.filter(email_digest=digest).defer(None).select_related("article")
    return {
        "sender": _sender(digest),
        "comments": [_comment(each) for each in comments.order_by("submitted_at", "pk")],
        "subscriptions": [_subscription(each) for each in _subscriptions(digest).select_related("article")],
        "messages": list(_messages(digest).order_by("pk").values("kind", "created_at", "sent_at")),
        **{holder.name: holder.export(digest) for holder in HOLDERS},
    }


def erase(digest: str) -> Erased:
    """Erase what is kept about the address with this hash, in one transaction.

    Comments go as a whole. One that others answered keeps its place, without name, text or
    address, because the answers are not this person's to erase. What is kept for legal reasons stays.
    The log of decisions stays too: it holds hashes of texts.
    """
    with transaction.atomic():
        take_turn()
        subscriptions = _subscriptions(digest).count()
        _subscriptions(digest).delete()
        comments = list(Comment.objects.select_for_update().filter(email_digest=digest, legal_hold=False))
        answered = _answered_by_others(digest)
        # Answers first: deleting a comment takes all answers to it along.
        gone = sorted((each for each in comments if each.pk not in answered), key=lambda each: each.parent_id is None)
        for comment in gone:
            comment.delete()
        for comment in comments:
            if comment.pk in answered:
                _empty(comment)
        held = Comment.objects.filter(email_digest=digest).count()
        keeps_sender = _erase_sender(digest, is_held=held > 0)
        searching.forget_erased(connection)
        others = {holder.name: holder.erase(digest) for holder in HOLDERS}
    return Erased(len(gone), len(comments) - len(gone), subscriptions, held, keeps_sender, others)


def _answered_by_others(digest: str) -> set[int]:
    """Comments of this sender that hold answers by others, or answers kept for legal reasons."""
    answers = Comment.objects.filter(parent__email_digest=digest)
    theirs = answers.filter(~Q(email_digest=digest) | Q(legal_hold=True))
    return set(theirs.values_list("parent_id", flat=True))


def _empty(comment: Comment) -> None:
    """Leave nothing but the place of `comment`."""
    comment.decide(Status.REJECTED, by=None, reason=Reason.WITHDRAWN)
    Feature.objects.forget(comment)
    for rows in ("revisions", "reports", "withdrawal_requests", "messages", "likenesses"):
        getattr(comment, rows).all().delete()
    comment.name = comment.text = comment.email = comment.email_digest = ""
    comment.ip_digest = comment.network = ""
    comment.submission_digest = comment.score = comment.group = None
    comment.signs = []
    comment.save()


def _erase_sender(digest: str, *, is_held: bool) -> bool:
    """Delete the row of the sender, or what is personal in it where a ban or a held comment needs it."""
    sender = Sender.objects.filter(email_digest=digest).first()
    if sender is None:
        return False
    sender.proofs.all().delete()
    if is_held or sender.always_hold or Ban.objects.in_force().filter(sender=sender).exists():
        Sender.objects.filter(pk=sender.pk).update(note="", verified_at=None)
        sender.bans.update(note="")
        return True
    sender.delete()
    return False


def _sender(digest: str) -> dict[str, Any] | None:
    columns = ("first_seen", "verified_at", "pending", "approved", "rejected", "spam", "always_hold", "note")
    sender = Sender.objects.filter(email_digest=digest).first()
    if sender is None:
        return None
    bans = sender.bans.order_by("pk").values("at", "until", "lifted_at", "article_id", "category_id", "note")
    proofs = sender.proofs.order_by("pk").values_list("at", flat=True)
    return {
        **{name: getattr(sender, name) for name in columns},
        "bans": list(bans),
        "confirmed_in_browsers": list(proofs),
    }


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        **{name: getattr(comment, name) for name in WRITTEN},
        "article": {"id": comment.article_id, "title": str(comment.article)},
        "connection_is_kept": bool(comment.ip_digest),
        "kept_for_legal_reasons": comment.legal_hold,
        "earlier_texts": list(comment.revisions.order_by("revision").values("revision", "text", "at")),
        "decisions": list(comment.decisions.order_by("pk").values("at", "from_status", "to_status", "reason", "cause")),
        "reports": list(comment.reports.order_by("pk").values("at", "complaint", "outcome")),
        "withdrawal_requests": list(
            comment.withdrawal_requests.order_by("pk").values("at", "note", "outcome", "answered_at", "answer")
        ),
        "looks_at_the_address": list(comment.looks.order_by("pk").values_list("at", flat=True)),
    }


def _subscription(subscription: Subscription) -> dict[str, Any]:
    columns = ("email", "comment_id", "language", "created_at", "confirmed_at")
    article = {"id": subscription.article_id, "title": str(subscription.article)}
    return {"article": article, **{name: getattr(subscription, name) for name in columns}}


def _subscriptions(digest: str) -> Any:
    return Subscription.objects.filter(email_digest=digest).order_by("pk")


def _messages(digest: str) -> Any:
    own = Q(comment__email_digest=digest, subscription=None) & ~Q(kind=MailKind.REPLY)
    return OutboxMessage.objects.filter(own | Q(subscription__email_digest=digest))
