"""The outbox of the newsroom's own mail."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import timezone, translation

from comments.mail.engine import Outbox
from comments.mail.letter import as_mail
from newsroom.choices import StaffMail
from newsroom.mail.writers import WRITERS
from newsroom.models import StaffMessage

TO_READERS = (StaffMail.ANSWER, StaffMail.MY_DATA)


class StaffOutbox(Outbox):
    """Each message is written at sending, from what it names."""

    model = StaffMessage

    def messages(self) -> QuerySet:
        return StaffMessage.objects.select_related("user", "step__article", "letter__article")

    def compose(self, message: Any) -> EmailMessage | None:
        language = message.letter.language if message.kind in TO_READERS else settings.LANGUAGE_CODE
        with translation.override(language), timezone.override(settings.TIME_ZONE):
            letter = WRITERS[StaffMail(message.kind)](message)
            return as_mail(message, letter) if letter and letter.to else None
