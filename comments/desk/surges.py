"""The surge alarm: articles that get more comments in an hour than the settings expect."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.models import Article
from comments.choices import Status
from comments.desk.pages import long_texts
from comments.models import Comment, CommentSettings

WINDOW = timedelta(hours=1)
LOOKED_AT = 5_000  # of the last hour's comments in each status: a surge is far below that
MOST_SURGES = 5


@dataclass(frozen=True)
class Surge:
    """An article and how many comments it got within the last hour."""

    article: Article
    count: int


def surges(now: datetime) -> list[Surge]:
    """The articles with more than `CommentSettings.surge_per_hour` comments in the hour before `now`.

    The most frequent first. Six queries at most, each of the last hour's part of an index.
    """
    limit = CommentSettings.load().surge_per_hour
    counts: Counter[int] = Counter()
    for status in Status:
        recent = Comment.objects.filter(status=status, submitted_at__gt=now - WINDOW, submitted_at__lte=now)
        newest = recent.order_by("-submitted_at", "-pk")
        counts.update(newest.values_list("article_id", flat=True)[:LOOKED_AT])
    found = [(key, count) for key, count in counts.most_common(MOST_SURGES) if count > limit]
    articles = Article.objects.defer(*long_texts()).in_bulk([key for key, _count in found]) if found else {}
    return [Surge(articles[key], count) for key, count in found if key in articles]


def count_of_last_hour(article: Article, now: datetime) -> int:
    """How many comments `article` got in the hour before `now`, up to LOOKED_AT of each status."""
    total = 0
    for status in Status:
        recent = Comment.objects.filter(article=article, status=status, submitted_at__gt=now - WINDOW)
        total += recent.order_by("-submitted_at", "-pk").values("pk")[:LOOKED_AT].count()
    return total
