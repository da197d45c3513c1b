"""A director without an account decides on an article, once, in the name of the editor who asked."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.choices import Status
from articles.links import LinkOver
from articles.models import Article, ArticleLink
from articles.models.article import EDITORIAL

RIGHTS = ("articles.publish_article", "articles.add_articlelink")
# What a director reads of an article, and when readers would.
SHOWN = (*EDITORIAL, "kind", "category_id", "published_at")
ASKER_GONE = _("Whoever sent you this link may not publish any more. Ask the newsroom for a new one, please.")
DECIDED = _("The newsroom has decided on this article meanwhile. Nothing is left to do here. Thank you.")


class TextChanged(Exception):
    """The article is not any more what the director read."""


class Refused(Exception):
    """The link is open, but nothing can be decided by it; `sentence` says why."""

    def __init__(self, sentence: Any) -> None:
        super().__init__("not now")
        self.sentence = sentence


def obstacle(link: ArticleLink) -> Any:
    """Why nothing can be decided by the open `link`; empty where something can."""
    asker = get_user_model().objects.filter(pk=link.issued_by_id, is_active=True, is_staff=True).first()
    if asker is None or not asker.has_perms(RIGHTS):
        return ASKER_GONE
    return "" if link.article.status == Status.IN_REVIEW else DECIDED


def text_version(article: Article) -> str:
    """A short text that differs whenever what the director reads does."""
    shown = json.dumps([str(getattr(article, name) or "") for name in SHOWN])
    return hashlib.sha256(shown.encode()).hexdigest()[:32]


def approve(link: ArticleLink, seen: str) -> Article:
    """Publish the article of `link` as it was `seen` (its `text_version`), at once or at its time to come.

    Raises LinkOver, Refused or TextChanged; then nothing happened.
    """

    def publish(article: Article) -> None:
        article.publish(by=link.issued_by, at=appears_at(article) or timezone.now(), director=link.name)

    return _decide(link, seen, publish)


def send_back(link: ArticleLink, seen: str, note: str) -> Article:
    """Return the article of `link` to its journalist. Raises as `approve` does."""
    return _decide(link, seen, lambda article: article.return_to_draft(link.issued_by, note, director=link.name))


def appears_at(article: Article) -> datetime | None:
    """When readers would see it if it were approved now; None for at once."""
    planned = article.published_at
    return planned if planned and planned > timezone.now() else None


def _decide(link: ArticleLink, seen: str, act: Callable[[Article], None]) -> Article:
    with transaction.atomic():
        if not link.use():
            link.refresh_from_db()
            raise LinkOver(link)
        link.article = Article.objects.select_for_update().get(pk=link.article_id)
        hindrance = obstacle(link)
        if hindrance:
            raise Refused(hindrance)
        if text_version(link.article) != seen:
            raise TextChanged
        act(link.article)
    return link.article
