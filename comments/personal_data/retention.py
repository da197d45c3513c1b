"""What is kept only for a time: connections, addresses, proofs, sent mail. Each piece of work is small."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from comments.models import Ban, Comment, CommentSettings, OutboxMessage, Report, Sender, SenderProof, Subscription
from comments.personal_data.holders import HOLDERS, Rule

BATCH = 500
UNCONFIRMED = timedelta(days=30)
PROOFS = timedelta(days=365)
SENT = timedelta(days=30)


def rules(ip_days: int | None = None, email_days: int | None = None, now: datetime | None = None) -> list[Rule]:
    """Every rule of retention; the days are those of `CommentSettings` unless told."""
    now, numbers = now or timezone.now(), CommentSettings.load()
    ip_end = now - timedelta(days=numbers.keep_ip_days if ip_days is None else ip_days)
    email_end = now - timedelta(days=numbers.keep_email_days if email_days is None else email_days)
    comments = Comment.objects.filter(legal_hold=False)
    return [
        Rule(
            "connections of comments",
            comments.filter(submitted_at__lt=ip_end).exclude(ip_digest="", network=""),
            lambda rows: rows.update(ip_digest="", network=""),
        ),
        Rule(
            "connections of reports",
            Report.objects.filter(at__lt=ip_end).exclude(reporter=""),
            lambda rows: rows.update(reporter=""),
        ),
        Rule(
            "addresses of comments",
            comments.filter(submitted_at__lt=email_end).exclude(email_digest=""),
            lambda rows: rows.update(email="", email_digest="", submission_digest=None),
        ),
        Rule(
            "networks of bans that are over",
            Ban.objects.exclude(network="").filter(Q(lifted_at__lt=ip_end) | Q(until__lt=ip_end)),
            _delete,
        ),
        Rule("subscriptions", _old_subscriptions(now, email_end), _delete),
        Rule("proofs of addresses", SenderProof.objects.filter(at__lt=now - PROOFS), _delete),
        Rule("senders", _idle_senders(now), _delete),
        Rule("messages", _old_messages(now), _delete),
        *(rule for holder in HOLDERS for rule in holder.rules(now, ip_end, email_end)),
    ]


def purge(**days: Any) -> dict[str, int]:
    """Apply every rule; says how many rows each concerned, those without any left out. See `rules`."""
    done = {rule.name: sum(_ended(rule)) for rule in rules(**days)}
    return {name: count for name, count in done.items() if count}


def purgeable(**days: Any) -> dict[str, int]:
    """How many rows `purge` would find now, by rule. Emptying comments may set senders free beside."""
    return {rule.name: rule.rows.count() for rule in rules(**days)}


def _ended(rule: Rule) -> Iterator[int]:
    """Sizes of the batches, each in a transaction of its own, so that writers wait for none of them long."""
    while keys := list(rule.rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            rule.end(rule.rows.filter(pk__in=keys))  # those that nobody put on hold meanwhile
        yield len(keys)


def _delete(rows: QuerySet[Any]) -> None:
    rows.delete()


def _old_subscriptions(now: datetime, email_end: datetime) -> QuerySet[Any]:
    never_confirmed = Q(confirmed_at=None, created_at__lt=now - UNCONFIRMED)
    return Subscription.objects.filter(never_confirmed | Q(created_at__lt=email_end))


def _old_messages(now: datetime) -> QuerySet[Any]:
    return OutboxMessage.objects.filter(Q(sent_at__lt=now - SENT) | Q(failed_at__lt=now - SENT))


def _idle_senders(now: datetime) -> QuerySet[Any]:
    """Senders under whose hash nothing stands any more, and whom no ban and no “always hold” needs."""
    wrote = Comment.objects.filter(email_digest=OuterRef("email_digest"))
    banned = Ban.objects.filter(sender=OuterRef("pk"), lifted_at=None).filter(Q(until=None) | Q(until__gt=now))
    return Sender.objects.filter(~Exists(wrote), ~Exists(banned), always_hold=False)
