"""What follows when articles or comments change. Content tells; only this module acts on it."""

from typing import Any

from django.dispatch import receiver

from articles.signals import article_changed
from comments.signals import comments_changed
from newsroom.models import PageGeneration


@receiver(article_changed)
def bump_articles(articles: frozenset[int], everywhere: bool, **kwargs: Any) -> None:
    """The articles' own pages, and every list they may stand in, are of a new generation."""
    keys = ["site"] if everywhere else ["lists", *(f"article:{pk}" for pk in articles)]
    PageGeneration.objects.bump(keys)


@receiver(comments_changed)
def bump_comments(articles: frozenset[int], **kwargs: Any) -> None:
    """The discussions of these articles are of a new generation; without any named, all are."""
    keys = [f"comments:{pk}" for pk in articles] or ["comments"]
    PageGeneration.objects.bump(keys)
