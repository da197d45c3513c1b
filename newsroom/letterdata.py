"""What letters keep about an address: given out, erased, and ended in time (`comments.personal_data`)."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from comments.personal_data.holders import Rule
from comments.personal_data.retention import SENT
from newsroom.choices import LetterState, StaffMail
from newsroom.models import ReaderLetter, StaffMessage

PAUSE = timedelta(hours=1)  # between two mails with a link to one address
WRITTEN = ("id", "kind", "at", "name", "email", "language", "quote", "text", "state", "answer", "answered_at")


class LetterData:
    """The letters from an address."""

    name = "letters"

    def export(self, digest: str) -> list[dict[str, Any]]:
        """Every letter, with the article it is about; who answered is not this person's."""
        rows = ReaderLetter.objects.filter(email_digest=digest).defer(None).select_related("article")
        return [
            {
                **{name: getattr(letter, name) for name in WRITTEN},
                "article": {"id": letter.article_id, "title": str(letter.article)} if letter.article else None,
                "connection_is_kept": bool(letter.client),
            }
            for letter in rows.order_by("at", "pk")
        ]

    def erase(self, digest: str) -> int:
        """Leave of each letter its number, kind and times: a newsroom must show how many it got and answered."""
        letters = ReaderLetter.objects.filter(email_digest=digest)
        keys = list(letters.values_list("pk", flat=True))
        StaffMessage.objects.filter(letter__in=keys, sent_at=None).delete()
        rows = ReaderLetter.objects.filter(pk__in=keys)
        rows.filter(state=LetterState.OPEN).update(state=LetterState.CLOSED, answered_at=timezone.now())
        rows.update(name="", email="", email_digest="", text="", quote="", answer="", client="")
        return len(keys)

    def rules(self, now: datetime, ip_end: datetime, email_end: datetime) -> list[Rule]:
        letters = ReaderLetter.objects.all()
        return [
            Rule(
                "connections of letters",
                letters.filter(at__lt=ip_end).exclude(client=""),
                lambda rows: rows.update(client=""),
            ),
            Rule(
                "addresses of letters",
                letters.filter(at__lt=email_end).exclude(email_digest=""),
                lambda rows: rows.update(email="", email_digest=""),
            ),
            Rule("messages to staff", _old_messages(now), lambda rows: rows.delete()),
        ]

    def send_link(self, digest: str) -> bool:
        letter = ReaderLetter.objects.filter(email_digest=digest).order_by("-at", "-pk").first()
        if letter is None:
            return False
        lately = StaffMessage.objects.filter(kind=StaffMail.MY_DATA, created_at__gt=timezone.now() - PAUSE)
        if not lately.filter(letter__email_digest=digest).exists():
            StaffMessage.objects.create(kind=StaffMail.MY_DATA, letter=letter)
        return True

    def digest_of(self, key: int) -> str | None:
        held = ReaderLetter.objects.filter(pk=key).exclude(email_digest="")
        return held.values_list("email_digest", flat=True).first()


def _old_messages(now: datetime) -> QuerySet[Any]:
    """Messages that were sent or given up long ago; who wrote the letter keeps its answer."""
    return StaffMessage.objects.filter(Q(sent_at__lt=now - SENT) | Q(failed_at__lt=now - SENT))
