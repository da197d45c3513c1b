"""What follows inside this app when articles change: the search index keeps in step."""

from typing import Any

from django.dispatch import receiver

from articles.models import Article, ArticleCategory, Byline
from articles.search.index import refile, refresh
from articles.signals import article_changed


@receiver(article_changed)
def refresh_search(sender: type, articles: frozenset[int], **kwargs: Any) -> None:
    """Take the texts and the filing of these articles into the index, in the same transaction."""
    if issubclass(sender, Article):
        refresh(articles)
    elif issubclass(sender, ArticleCategory | Byline):
        refile(articles)
