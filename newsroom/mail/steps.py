"""Notices of an article's steps: to editors what was handed in, to its journalist what became of it."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.bidi import isolate
from articles.choices import Status
from articles.models import Article, StatusChange
from comments.mail.letter import Letter, absolute
from newsroom.choices import StaffMail
from newsroom.models import StaffMessage

LIMIT = 200  # steps a run
STALE = timedelta(days=3)  # what happened before is no news, however it stayed untold


def queue_notices(now: datetime | None = None) -> int:
    """Queue the notices of what happened since the last run; says how many. It may run at any time and again.

    Each step is marked as told in the transaction that queues its messages.
    """
    now = now or timezone.now()
    untold = StatusChange.objects.filter(told_at=None).order_by("at", "pk")
    steps = list(untold.select_related("article", "article__owner", "by").defer(*_texts())[:LIMIT])
    editors = set(_editors()) if any(_is_submission(step) for step in steps) else set()
    return sum(_queue(step, editors, now) for step in steps)


def write_notice(message: StaffMessage) -> Letter | None:
    """The mail of one message; None where it tells nothing new any more, or nobody who may hear it."""
    step, reader = message.step, message.user
    if step is None or reader is None or not (reader.is_active and reader.is_staff):
        return None
    article = step.article
    if _is_submission(step) and not _may_hear_of(article, reader):
        return None
    if step.to_status == Status.PUBLISHED and article.status != Status.PUBLISHED:  # taken back since
        return None
    subject = _subject(step) % {"article": isolate(article)}
    context = {
        "step": step,
        "article": article,
        "outcome": _outcome(step),
        "actor": step.director or _name(step.by),
        "article_url": absolute(reverse("admin:articles_article_change", args=[article.pk])),
        "public_url": absolute(article.get_absolute_url()) if article.is_visible else "",
    }
    return Letter(reader.email, subject, "step", context, folder="newsroom/mail")


def _queue(step: StatusChange, editors: set[Any], now: datetime) -> int:
    """Mark `step` as told, and queue who is told; nothing where another run was faster."""
    with transaction.atomic():
        if not StatusChange.objects.filter(pk=step.pk, told_at=None).update(told_at=now):
            return 0
        if step.at < now - STALE:
            return 0
        told = [StaffMessage(kind=StaffMail.STEP, step=step, user=user) for user in _readers(step, editors)]
        return len(StaffMessage.objects.bulk_create(told, ignore_conflicts=True))


def _readers(step: StatusChange, editors: set[Any]) -> list[Any]:
    """Who is told of `step`: nobody of what they did themselves.

    What a director decided was done by nobody here: whoever asked is told as well.
    """
    if _is_submission(step):
        readers = editors - {step.by}
    elif step.director:
        readers = {step.article.owner, step.by}
    else:
        readers = {step.article.owner} - {step.by}
    return sorted((each for each in readers if each and each.email), key=lambda user: user.pk)


def _editors() -> QuerySet[Any]:
    """Those whose group lets them publish, and who can be written to."""
    people = get_user_model().objects.with_perm(
        "articles.publish_article",
        include_superusers=False,
        backend="django.contrib.auth.backends.ModelBackend",
    )
    return people.filter(is_staff=True).exclude(email="").order_by("pk")


def _is_submission(step: StatusChange) -> bool:
    return (step.from_status, step.to_status) == (Status.DRAFT, Status.IN_REVIEW)


def _may_hear_of(article: Article, reader: Any) -> bool:
    """Whether the article still waits, and for `reader` among others."""
    return article.status == Status.IN_REVIEW and reader.has_perm("articles.publish_article")


def _outcome(step: StatusChange) -> str:
    """The word for what happened; a publication that lay ahead when it was decided is a schedule."""
    if _is_submission(step):
        return "submitted"
    if step.to_status == Status.PUBLISHED:
        at = step.article.published_at
        return "scheduled" if at and at > step.at + timedelta(minutes=1) else "published"
    return {Status.DRAFT: "returned", Status.IN_REVIEW: "unscheduled"}.get(Status(step.to_status), "withdrawn")


def _subject(step: StatusChange) -> str:
    subjects = {
        "submitted": _("“%(article)s” waits for review"),
        "returned": _("“%(article)s” came back to you"),
        "published": _("“%(article)s” is published"),
        "scheduled": _("“%(article)s” is scheduled"),
        "unscheduled": _("“%(article)s” was taken off the schedule"),
        "withdrawn": _("“%(article)s” was withdrawn"),
    }
    return subjects[_outcome(step)]


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def _texts() -> list[str]:
    """Columns that a notice does not need."""
    return [f"article__{name}_{code}" for name in ("body", "summary") for code in ("ar", "fr", "en")]
