"""What pages of the admin say of the way of articles."""

from collections.abc import Mapping
from typing import Any

from django import template

from articles.choices import Status
from articles.models import Article

register = template.Library()


@register.filter
def of(rows: Mapping[Any, Any], key: Any) -> Any:
    """The value of `key` in `rows`, None where it has none."""
    return rows.get(key)


@register.simple_tag
def waiting_for(user: Any) -> dict[str, int]:
    """How many articles wait for this person: `in_review` for those who publish, `returned` to those who write.

    Each count reads one range of an index.
    """
    counts = {}
    if user.has_perm("articles.publish_article"):
        counts["in_review"] = Article.objects.filter(status=Status.IN_REVIEW).count()
    if user.has_perm("articles.add_article"):
        returned = Article.objects.filter(owner=user, status=Status.DRAFT).exclude(return_note="")
        counts["returned"] = returned.count()
    return counts
