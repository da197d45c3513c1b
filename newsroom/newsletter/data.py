"""What the newsletter keeps about an address: given out, erased, and ended in time (`comments.personal_data`)."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from comments.personal_data.holders import Rule
from newsroom.choices import DigestMail
from newsroom.models import DigestMessage, DigestSubscription

PAUSE = timedelta(hours=1)  # between two mails with a link to one address
UNCONFIRMED = timedelta(days=7)
SENT = timedelta(days=7)  # a message for each subscriber comes every day: what is older says nothing any more


class DigestData:
    """The subscriptions of an address."""

    name = "newsletter"

    def export(self, digest: str) -> list[dict[str, Any]]:
        rows = DigestSubscription.objects.filter(email_digest=digest).defer(None).order_by("pk")
        columns = ("email", "language", "created_at", "confirmed_at", "last_day")
        return [
            {
                **{name: getattr(row, name) for name in columns},
                "messages": list(row.messages.order_by("pk").values("kind", "day", "created_at", "sent_at")),
                "connection_is_kept": row.messages.exclude(client="").exists(),
            }
            for row in rows
        ]

    def erase(self, digest: str) -> int:
        rows = DigestSubscription.objects.filter(email_digest=digest)
        count = rows.count()
        rows.delete()
        return count

    def rules(self, now: datetime, ip_end: datetime, email_end: datetime) -> list[Rule]:
        """A confirmed subscription lasts as long as it is wanted: each mail offers to end it."""
        messages = DigestMessage.objects.all()
        return [
            Rule(
                "unconfirmed subscribers",
                DigestSubscription.objects.filter(confirmed_at=None, created_at__lt=now - UNCONFIRMED),
                lambda rows: rows.delete(),
            ),
            Rule(
                "connections of subscribers",
                messages.filter(created_at__lt=ip_end).exclude(client=""),
                lambda rows: rows.update(client=""),
            ),
            Rule(
                "messages to subscribers",
                messages.filter(Q(sent_at__lt=now - SENT) | Q(failed_at__lt=now - SENT)),
                lambda rows: rows.delete(),
            ),
        ]

    def send_link(self, digest: str) -> bool:
        row = DigestSubscription.objects.filter(email_digest=digest).order_by("-created_at", "-pk").first()
        if row is None:
            return False
        lately = DigestMessage.objects.filter(kind=DigestMail.MY_DATA, created_at__gt=timezone.now() - PAUSE)
        if not lately.filter(subscription__email_digest=digest).exists():
            row.messages.create(kind=DigestMail.MY_DATA)
        return True

    def digest_of(self, key: int) -> str | None:
        return DigestSubscription.objects.filter(pk=key).values_list("email_digest", flat=True).first()
