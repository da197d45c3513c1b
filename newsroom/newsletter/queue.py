"""Who gets the digest of today: each confirmed subscriber once, whoever runs this and however often."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from newsroom.choices import DigestMail
from newsroom.models import DigestMessage, DigestSubscription
from newsroom.newsletter.contents import new_articles

BATCH = 500
LIMIT = 5000  # subscribers a run


def queue_newsletter(now: datetime | None = None) -> int:
    """Queue today's digest from NEWSLETTER_HOUR to midnight; says for how many.

    What was missed in these hours is caught up; a day that passed is not. Where nothing is new,
    nobody is written to.
    """
    local = timezone.localtime(now)
    if local.hour < settings.NEWSLETTER_HOUR:
        return 0
    count = 0
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            count += _queue(language, local.date(), LIMIT - count)
    return count


def _queue(language: str, day: date, limit: int) -> int:
    waiting = DigestSubscription.objects.filter(language=language, last_day__lt=day)
    if not waiting.exists() or not new_articles(day).exists():
        return 0
    count = 0
    while count < limit and (done := _queue_batch(language, day, min(BATCH, limit - count))):
        count += done
    return count


def _queue_batch(language: str, day: date, size: int) -> int:
    """The rows are locked from reading to writing, so that one who leaves meanwhile is neither told nor missed."""
    with transaction.atomic():
        waiting = DigestSubscription.objects.filter(language=language, last_day__lt=day).select_for_update()
        keys = list(waiting.order_by("last_day", "pk").values_list("pk", flat=True)[:size])
        messages = [DigestMessage(kind=DigestMail.DIGEST, subscription_id=key, day=day) for key in keys]
        DigestMessage.objects.bulk_create(messages, ignore_conflicts=True)
        DigestSubscription.objects.filter(pk__in=keys).update(last_day=day)
    return len(keys)
