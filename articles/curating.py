"""What editors do to many articles at once; each is a change of that one article, with its version."""

from datetime import datetime
from typing import Any

from django.db import transaction

from articles.models import Article, Category
from articles.versioning import one_version


def set_hot(article: Article, by: Any, until: datetime | None = None) -> bool:
    """Raise the hot flag, until `until` or until it is taken down. False where it stands so already."""
    if article.is_hot and article.hot_until == until:
        return False
    with transaction.atomic(), one_version(Article, by=by):
        article.is_hot, article.hot_until = True, until
        article.save(update_fields=["is_hot", "hot_until"])
    return True


def unset_hot(article: Article, by: Any) -> bool:
    """Take the hot flag down, and its end with it. False where it is down."""
    if not article.is_hot:
        return False
    with transaction.atomic(), one_version(Article, by=by):
        article.is_hot, article.hot_until = False, None
        article.save(update_fields=["is_hot", "hot_until"])
    return True


def set_main_category(article: Article, by: Any, category: Category) -> bool:
    """Make `category` the first label; it goes on standing in the former one. False where it is the main one."""
    if article.category_id == category.pk:
        return False
    with transaction.atomic(), one_version(Article, by=by):
        article.category = category
        article.save(update_fields=["category"])
    return True


def add_tags(article: Article, by: Any, names: list[str]) -> bool:
    """Put these tags on, whatever their spelling. False where all are on it."""
    with transaction.atomic(), one_version(Article, by=by):
        before = article.tags.count()
        article.tags.add(*names)
        return article.tags.count() > before
