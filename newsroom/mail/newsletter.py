"""The outboxes of the newsletter: what readers asked for goes out first, then the news of the day."""

import secrets
from abc import abstractmethod
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from comments.mail.engine import Outbox, Sent
from comments.mail.letter import Letter, Parts, absolute, as_mail, host, one_click, parts_of
from newsroom.choices import DigestMail
from newsroom.mail.letters import FOLDER, data_letter
from newsroom.models import DigestMessage, DigestSubscription, PageGeneration
from newsroom.newsletter.contents import contents
from newsroom.newsletter.data import DigestData
from newsroom.newsletter.links import confirm_path, unsubscribe_path

DIGESTS = 300  # a run: some seconds, after which other mail has its turn


class NewsletterOutbox(Outbox):
    """A message with nothing to tell stays where it is: it counts for who asked, and for its day."""

    model = DigestMessage
    kinds: tuple[DigestMail, ...] = ()

    def messages(self) -> QuerySet:
        return DigestMessage.objects.filter(kind__in=self.kinds).select_related("subscription")

    def compose(self, message: Any) -> EmailMessage | None:
        """None, among others, where no key opens the address."""
        if not message.subscription.email:
            return None
        known, language = dict(settings.LANGUAGES), message.subscription.language
        with (
            translation.override(language if language in known else settings.LANGUAGE_CODE),
            timezone.override(settings.TIME_ZONE),
        ):
            return self.write(message, message.subscription)

    @abstractmethod
    def write(self, message: DigestMessage, subscription: DigestSubscription) -> EmailMessage | None:
        """The mail, in the subscriber's language."""

    def drop(self, message: Any) -> None:
        self.close(message, sent_at=timezone.now())


class AskedOutbox(NewsletterOutbox):
    """What a reader waits for: the link that confirms, the link to what is kept."""

    kinds = (DigestMail.CONFIRM, DigestMail.MY_DATA)

    def write(self, message: DigestMessage, subscription: DigestSubscription) -> EmailMessage | None:
        if message.kind == DigestMail.MY_DATA:
            return as_mail(message, data_letter(subscription.email, DigestData.name, subscription.pk))
        if subscription.confirmed_at is not None:
            return None
        context = {"confirm_url": absolute(confirm_path(subscription)), "time": delivery_time()}
        subject = _("Confirm that you want the news by e-mail")
        return as_mail(message, Letter(subscription.email, subject, "newsletter_confirm", context, folder=FOLDER))


@dataclass(frozen=True)
class _Issue:
    """The digest of a day in one language, with `slot` where each subscriber's own link comes."""

    subject: str
    parts: Parts
    slot: str

    def parts_for(self, address: str) -> Parts:
        return Parts(self.parts.plain.replace(self.slot, address), self.parts.html.replace(self.slot, escape(address)))


class DigestOutbox(NewsletterOutbox):
    """The news of the day. The text is made once, and anew whenever an article or a list changed meanwhile."""

    kinds = (DigestMail.DIGEST,)

    def __init__(self) -> None:
        self._issues: dict[tuple[str, date], tuple[dict[str, int], _Issue | None]] = {}

    def write(self, message: DigestMessage, subscription: DigestSubscription) -> EmailMessage | None:
        """None for a day that is over: what lay in wait that long is no news, and the next is about to come."""
        if message.day is None or message.day != timezone.localdate() or subscription.confirmed_at is None:
            return None
        issue = self._issue(message.day)
        if issue is None:
            return None
        address = absolute(unsubscribe_path(subscription))
        headers = {**one_click(address), "List-Id": f"<newsletter-{translation.get_language()}.{host()}>"}
        letter = Letter(subscription.email, issue.subject, "newsletter", headers=headers)
        return as_mail(message, letter, issue.parts_for(address))

    def _issue(self, day: date) -> _Issue | None:
        key = (translation.get_language() or settings.LANGUAGE_CODE, day)
        generations = dict(PageGeneration.objects.filter(key__in=("lists", "site")).values_list("key", "value"))
        if key not in self._issues or self._issues[key][0] != generations:
            self._issues[key] = generations, _write_issue(day)
        return self._issues[key][1]


def _write_issue(day: date) -> _Issue | None:
    parts, slot = contents(day), secrets.token_hex(16)
    if not parts:
        return None
    subject = _("The news of %(day)s") % {"day": date_format(day, "l j F Y")}
    context = {"parts": parts, "site_url": settings.SITE_URL, "unsubscribe_url": slot}
    return _Issue(subject, parts_of(Letter("", subject, "newsletter", context, folder=FOLDER)), slot)


def delivery_time() -> str:
    """When the digest goes out, as a clock shows it."""
    return f"{settings.NEWSLETTER_HOUR:02}:00"


def send_newsletter() -> Sent:
    """Send what is due: all that was asked for, and some of the digests."""
    asked, digests = AskedOutbox().send_due(), DigestOutbox().send_due(limit=DIGESTS)
    return Sent(*(getattr(asked, name) + getattr(digests, name) for name in ("sent", "retried", "failed", "dropped")))
