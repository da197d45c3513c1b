"""What follows among comments when articles change: those of hot events come first at the desk."""

from typing import Any

from django.dispatch import receiver

from articles.models import Article
from articles.signals import article_changed
from comments.learning.learner import follow_flags

BATCH = 500


@receiver(article_changed)
def rank_comments(sender: type, articles: frozenset[int], **kwargs: Any) -> None:
    """Rank the queued comments of these articles by their hot flag, in the same transaction."""
    keys = sorted(articles) if issubclass(sender, Article) else []
    for start in range(0, len(keys), BATCH):
        follow_flags(keys[start : start + BATCH])
