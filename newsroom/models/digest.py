"""Who wants the news of each day by mail, and the mails that follow from it."""

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.following import ADDRESS_LIMITS
from comments.models.outgoing import Outgoing
from comments.privacy import EncryptedEmailField, address_digest
from newsroom.choices import DigestMail

WINDOW = timedelta(hours=1)
ASKED_BY_ONE = 10  # within WINDOW, by one connection, which may be that of a whole office
ASKED_BY_ALL = 200  # within WINDOW, by connections that cannot be told apart
PAUSE = "pause"  # why a message is written down and never sent


class TooManyWishes(Exception):
    """More wishes came from this connection within WINDOW than are taken."""


def latest_day(now: datetime | None = None) -> date:
    """The day whose NEWSLETTER_HOUR was the last that the clock showed."""
    local = timezone.localtime(now)
    return local.date() if local.hour >= settings.NEWSLETTER_HOUR else local.date() - timedelta(days=1)


def span_of(day: date) -> tuple[datetime, datetime]:
    """Between which instants an article appeared that the digest of `day` holds: the second belongs to it."""
    hour, zone = time(settings.NEWSLETTER_HOUR), timezone.get_default_timezone()
    start, end = (datetime.combine(each, hour, zone) for each in (day - timedelta(days=1), day))
    return start, end


class DigestManager(models.Manager["DigestSubscription"]):
    """Takes wishes. The address stays in the database: only code that names it decrypts it."""

    def get_queryset(self) -> models.QuerySet["DigestSubscription"]:
        return super().get_queryset().defer("email")

    def ask(self, email: str, language: str, client: str = "") -> None:
        """Write down that somebody wants the digest at `email`, which hears of it once in a while.

        What is known about the address changes neither what happens here nor how often it may be
        asked. `client` is empty for a connection that tells nobody apart. Raises TooManyWishes.
        """
        now = timezone.now()
        asked = DigestMessage.objects.filter(kind=DigestMail.CONFIRM, created_at__gt=now - WINDOW)
        with transaction.atomic():
            if asked.filter(client=client).count() >= (ASKED_BY_ONE if client else ASKED_BY_ALL):
                raise TooManyWishes
            wish, is_new = self.select_for_update().get_or_create(
                email_digest=address_digest(email), language=language, defaults={"email": email}
            )
            if not is_new:
                self.filter(pk=wish.pk, confirmed_at=None).update(created_at=now)
            is_told = wish.was_written_to(now) or wish.confirmed_at is not None
            unsent = {"failed_at": now, "error": PAUSE} if is_told else {}
            wish.messages.create(kind=DigestMail.CONFIRM, client=client, **unsent)


class DigestSubscription(models.Model):
    """An address and the language in which it gets the news. Without `confirmed_at` it gets none."""

    email = EncryptedEmailField(_("e-mail"))
    email_digest = models.CharField(max_length=64, editable=False)
    language = models.CharField(_("language"), max_length=5)
    created_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    last_day = models.DateField(null=True, editable=False)  # whose digest it has, or that it came too late for

    objects = DigestManager()

    class Meta:
        verbose_name = _("subscriber of the newsletter")
        verbose_name_plural = _("subscribers of the newsletter")
        constraints = [
            models.UniqueConstraint(fields=["email_digest", "language"], name="newsletter_once_a_language"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, last_day=None) | Q(confirmed_at__isnull=False, last_day__isnull=False),
                name="newsletter_begins_when_confirmed",
            ),
        ]
        indexes = [
            # who has not got the digest of a day yet
            models.Index(fields=["language", "last_day"], name="newsletter_due"),
            # the administrators' list, and wishes that nobody confirmed
            models.Index(fields=["-created_at", "-id"], name="newsletter_list"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def confirm(self, now: datetime | None = None) -> None:
        """The mailbox is theirs who asked. The first digest is the next; confirming again changes nothing."""
        now = now or timezone.now()
        values = {"confirmed_at": now, "last_day": latest_day(now)}
        DigestSubscription.objects.filter(pk=self.pk, confirmed_at=None).update(**values)

    def was_written_to(self, now: datetime) -> bool:
        """Whether the address, in any language, was asked to confirm as often as may be."""
        asked = DigestMessage.objects.filter(
            kind=DigestMail.CONFIRM, failed_at=None, subscription__email_digest=self.email_digest
        )
        return any(asked.filter(created_at__gt=now - span).count() >= most for span, most in ADDRESS_LIMITS)


class DigestMessage(Outgoing):
    """One message. It holds no address and no text: both are made at sending."""

    kind = models.CharField(_("kind"), max_length=10, choices=DigestMail)
    subscription = models.ForeignKey(DigestSubscription, on_delete=models.CASCADE, related_name="messages")
    day = models.DateField(null=True)  # of a DIGEST
    client = models.CharField(max_length=64, blank=True, editable=False)  # keyed hash of the connection that asked

    class Meta(Outgoing.Meta):
        verbose_name = _("message of the newsletter")
        verbose_name_plural = _("messages of the newsletter")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None), name="newsletter_is_sent_or_given_up"
            ),
            # whatever runs twice, each gets the news of a day once
            models.UniqueConstraint(
                fields=["subscription", "day"], condition=Q(kind=DigestMail.DIGEST), name="newsletter_once_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DigestMail.DIGEST) | Q(day__isnull=False), name="newsletter_has_its_day"
            ),
        ]
        indexes = [
            # what `tick` sends next
            models.Index(fields=["kind", "sent_at", "failed_at", "send_after"], name="newsletter_to_send"),
            # how many wishes came from one connection
            models.Index(fields=["client", "-created_at"], name="newsletter_client"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
