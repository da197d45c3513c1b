"""What follows inside this app when articles and pictures change."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from articles import renditions
from articles.models import Article, ArticleCategory, ArticleFigure, Byline, Picture
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


@receiver(article_changed)
def follow_figures(sender: type, articles: frozenset[int], **kwargs: Any) -> None:
    """Note which pictures stand in the texts of these articles, in the same transaction."""
    if issubclass(sender, Article):
        ArticleFigure.objects.follow(articles)


@receiver(post_delete, sender=Picture)
def delete_files(instance: Picture, using: str, **kwargs: Any) -> None:
    """With a picture its files go, once the database has let it go for good."""
    pk, name, storage = instance.pk, instance.file.name, instance.file.storage
    if name:
        transaction.on_commit(partial(storage.delete, name), using=using, robust=True)
    transaction.on_commit(partial(renditions.forget, pk), using=using, robust=True)
