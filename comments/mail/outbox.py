"""The outbox of readers' mail: who follows a discussion is told by a message of their own."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from comments.choices import MailKind, Status
from comments.mail.engine import LIMIT, Outbox, Sent
from comments.mail.messages import compose
from comments.models import OutboxMessage
from comments.models.mail import followers


class ReadersOutbox(Outbox):
    """What the desk's decisions give to tell, and what readers asked for."""

    model = OutboxMessage

    def messages(self) -> QuerySet:
        bodies = [f"comment__article__body_{code}" for code, _name in settings.LANGUAGES]
        return OutboxMessage.objects.select_related("comment__article", "subscription", "user").defer(*bodies)

    def compose(self, message: Any) -> EmailMessage | None:
        return compose(message)

    def replace(self, message: Any) -> bool:
        if message.kind != MailKind.REPLY or message.subscription_id is not None:
            return False
        self._address_followers(message)
        return True

    def drop(self, message: Any) -> None:
        if message.kind == MailKind.DIGEST:
            self.close(message, sent_at=timezone.now())  # its hour is done with all the same
        else:
            message.delete()

    def _address_followers(self, message: OutboxMessage) -> None:
        """Give each follower a message of their own, the same to nobody twice, in the place of `message`."""
        comment = message.comment
        if comment is None or comment.status != Status.APPROVED:
            message.delete()  # an approval that comes later is announced anew
            return
        with transaction.atomic():
            addresses = {each.email_digest: each for each in followers(comment).order_by("pk")}
            rows = [
                OutboxMessage(kind=MailKind.REPLY, comment=comment, subscription=each, act=message.act)
                for each in addresses.values()
            ]
            OutboxMessage.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
            self.close(message, sent_at=timezone.now())


def send_due(now: datetime | None = None, limit: int = LIMIT) -> Sent:
    """Send what is due at `now` (the present, unless told): see `Outbox.send_due`."""
    return ReadersOutbox().send_due(now, limit)
