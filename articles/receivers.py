"""What follows inside this app when articles change: the search index and the versions keep in step."""

from typing import Any

from django.dispatch import receiver

from articles.models import Article, ArticleCategory, Byline
from articles.models.placement import Placement
from articles.search.index import refile, refresh
from articles.signals import article_changed
from articles.versioning import keep_versions


@receiver(article_changed)
def refresh_search(sender: type, articles: frozenset[int], **kwargs: Any) -> None:
    """Take the texts and the filing of these articles into the index, in the same transaction."""
    if issubclass(sender, Article):
        refresh(articles)
    elif issubclass(sender, ArticleCategory | Byline):
        refile(articles)


@receiver(article_changed)
def keep_filing(sender: type, articles: frozenset[int], **kwargs: Any) -> None:
    """Tags, categories and bylines belong to the versions of their article."""
    if issubclass(sender, Placement):
        keep_versions(Article, articles)
