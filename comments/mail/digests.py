"""Digests: what waits at the desk, to each moderator a few times a day, never one mail per comment."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils import timezone

from comments.choices import MailKind, Queue
from comments.models import Comment, OutboxMessage, Tally

SHOWN = 10  # comments in one digest
FOR_ALL: list[Queue] = [queue for queue in Queue if queue != Queue.ESCALATED]  # queues that every moderator decides on
_DIGESTS = uuid.UUID("0f1f1b9c-93f5-4d0b-8c77-0a9f1d2f6a55")


@dataclass(frozen=True)
class Waiting:
    """One queue in a digest: how many wait in it, and since when."""

    queue: Queue
    count: int
    oldest: datetime


def queue_digests(now: datetime | None = None) -> int:
    """Queue one digest a moderator for the latest of DIGEST_HOURS; says how many are new.

    Only where something has waited since before that hour. It may run at any time and any number of
    times: what was missed is caught up once.
    """
    hour = _latest_hour(now or timezone.now())
    if hour is None or not Comment.objects.filter(queue__in=FOR_ALL, submitted_at__lte=hour).exists():
        return 0
    act = uuid.uuid5(_DIGESTS, hour.isoformat())
    told = OutboxMessage.objects.filter(kind=MailKind.DIGEST, act=act).values("user")
    missing = [OutboxMessage(kind=MailKind.DIGEST, user=each, act=act) for each in moderators().exclude(pk__in=told)]
    OutboxMessage.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def moderators() -> QuerySet[Any]:
    """Those whose group lets them decide, and who can be written to."""
    people = get_user_model().objects.with_perm(
        "comments.change_comment",
        include_superusers=False,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return people.exclude(email="").order_by("pk")


def queues_of(user: Any) -> list[Queue]:
    """The queues that `user` may decide on, the most urgent first."""
    return list(Queue) if user.has_perm("comments.decide_escalated") else FOR_ALL


def waiting(queues: list[Queue]) -> list[Waiting]:
    """Those of `queues` in which something waits."""
    counts = dict(Tally.objects.filter(key__in=[f"queue:{queue}" for queue in queues]).values_list("key", "value"))
    rows = []
    for queue in queues:
        oldest = Comment.objects.filter(queue=queue).order_by("submitted_at", "pk").values_list("submitted_at").first()
        if oldest:
            rows.append(Waiting(queue, counts.get(f"queue:{queue}", 0), oldest[0]))
    return rows


def most_urgent(queues: list[Queue]) -> list[Comment]:
    """The first SHOWN comments that wait, in the desk's order."""
    titles = [f"article__title_{code}" for code, _name in settings.LANGUAGES]
    columns = ("pk", "name", "text", "queue", "revision", "submitted_at", *titles)
    found: list[Comment] = []
    for queue in queues:
        left = SHOWN - len(found)
        rows = Comment.objects.filter(queue=queue).select_related("article").only(*columns)
        found += rows.order_by("rank", "submitted_at", "pk")[:left] if left else []
    return found


def _latest_hour(now: datetime) -> datetime | None:
    """The last time of day, of those in DIGEST_HOURS, that the clock showed."""
    local = timezone.localtime(now)
    days = (local, local - timedelta(days=1))
    times = [
        day.replace(hour=hour, minute=0, second=0, microsecond=0) for day in days for hour in settings.DIGEST_HOURS
    ]
    return max((each for each in times if each <= local), default=None)
