"""Finds what there is to tell: articles that appeared, changed or went since the last look.

A scheduled article appears without anybody doing anything, so the articles are asked, by ranges of indexed times.
What was told of each stands in `Announcement`: looking twice at the same range tells nothing twice.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from articles.choices import Status
from articles.models import Article, ArticleTag
from articles.querysets import ArticleQuerySet
from newsroom.choices import Announcer
from newsroom.models import Announcement

MARGIN = timedelta(minutes=10)  # a change is dated before its transaction ends
BATCH = 200
GONE = "gone"
FORMATS = ("", "atom/", "json/")
Addresses = dict[int, list[str]]


def services() -> list[str]:
    """Those that the settings name."""
    named = {Announcer.WEBSUB: settings.WEBSUB_HUB, Announcer.INDEXNOW: settings.INDEXNOW_ENDPOINT}
    return [service.value for service, address in named.items() if address]


def queue_changes(since: datetime, until: datetime) -> int:
    """Note for each service what readers see otherwise than it was told; the number of notes."""
    keys = sorted(_changed(since - MARGIN, until))
    batches = [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]
    return sum(_queue(service, some, until) for some in batches for service in services())


def _changed(since: datetime, until: datetime) -> set[int]:
    """Articles that appeared or of which a version was written; most of them come to nothing."""
    appeared = Article.objects.published(until).filter(published_at__gt=since)
    versions: Any = Article.history.filter(history_date__gt=since, history_date__lte=until)  # type: ignore[attr-defined]
    return {*appeared.values_list("pk", flat=True), *versions.order_by().values_list("id", flat=True)}


def _queue(service: str, keys: list[int], now: datetime) -> int:
    """Write down what of these articles has to be told; what was never seen is nobody's business."""
    told = {row.article: row for row in Announcement.objects.filter(service=service, article__in=keys)}
    shown = Article.objects.published(now).filter(pk__in=keys)
    seen = Article.objects.filter(status=Status.WITHDRAWN, published_at__lte=now, pk__in=set(keys) - set(told))
    rows = [
        *_notes(service, shown, now, _state),
        *_notes(service, seen, now, lambda *_shown: GONE),
    ]
    away = set(told) - {row.article for row in rows}  # withdrawn, put off, or deleted
    rows += [
        Announcement(service=service, article=key, state=GONE, addresses=told[key].addresses, send_after=now)
        for key in away
    ]
    news = [row for row in rows if row.article not in told or told[row.article].state != row.state]
    fields = ["state", "addresses", "send_after", "tries"]
    Announcement.objects.bulk_create(
        news, update_conflicts=True, unique_fields=["service", "article"], update_fields=fields
    )
    return len(news)


def _notes(
    service: str, articles: ArticleQuerySet, now: datetime, state: Callable[[Article, list[str]], str]
) -> list[Announcement]:
    found = list(articles.cards().prefetch_related("categories", "authors"))
    addresses = _addresses(service, found)
    return [
        Announcement(
            service=service,
            article=article.pk,
            state=state(article, addresses[article.pk]),
            addresses=addresses[article.pk],
            send_after=now,
        )
        for article in found
    ]


def _state(article: Article, addresses: list[str]) -> str:
    told = json.dumps([str(article.published_at), str(article.updated_at), addresses])
    return hashlib.sha256(told.encode()).hexdigest()


def _addresses(service: str, articles: list[Article]) -> Addresses:
    if service == Announcer.INDEXNOW:
        return {article.pk: _in_languages(article, _page) for article in articles}
    tags: defaultdict[int, list[Any]] = defaultdict(list)
    keys = [article.pk for article in articles]
    for row in ArticleTag.objects.filter(content_object__in=keys).select_related("tag__merged_into"):
        tags[row.content_object_id].append(row.tag.merged_into or row.tag)
    return {article.pk: _in_languages(article, partial(_feeds, tags=tags[article.pk])) for article in articles}


def _page(article: Article) -> list[str]:
    return [article.get_absolute_url()]


def _feeds(article: Article, tags: list[Any]) -> list[str]:
    """The feeds that it stands in, in the active language."""
    lists = [*article.categories.all(), *tags, *article.authors.all()]
    feeds = [reverse("feed"), *(f"{each.get_absolute_url()}feed/" for each in lists)]
    return [feed + form for feed in feeds for form in FORMATS]


def _in_languages(article: Article, paths: Callable[[Article], list[str]]) -> list[str]:
    found = []
    for code in article.languages():
        with translation.override(code):
            found += [settings.SITE_URL + path for path in paths(article)]
    return found
