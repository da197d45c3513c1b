"""The surge alarm: articles that get more comments in an hour than the settings expect."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.models import Article
from comments.choices import Status
from comments.desk.pages import long_texts
from comments.models import Comment, CommentSettings

WINDOW = timedelta(hours=1)
LOOKED_AT = 20_000  # of the last hour's comments: a surge is far below that
MOST_SURGES = 5


@dataclass(frozen=True)
class Surge:
    """An article and how many comments it got within the last hour."""

    article: Article
    count: int


def surges(now: datetime) -> list[Surge]:
    """The articles with more than `CommentSettings.surge_per_hour` comments in the hour before `now`.

    The most frequent first. Two queries, and a third where there is a surge.
    """
    limit = CommentSettings.load().surge_per_hour
    # Each status by name: the index by status and time serves, of which this is the last hour's part.
    recent = Comment.objects.filter(status__in=Status.values, submitted_at__gt=now - WINDOW, submitted_at__lte=now)
    counts = Counter(recent.order_by().values_list("article_id", flat=True)[:LOOKED_AT])
    found = [(key, count) for key, count in counts.most_common(MOST_SURGES) if count > limit]
    articles = Article.objects.defer(*long_texts()).in_bulk([key for key, _count in found]) if found else {}
    return [Surge(articles[key], count) for key, count in found if key in articles]


def count_of_last_hour(article: Article, now: datetime) -> int:
    """How many comments `article` got in the hour before `now`, up to LOOKED_AT."""
    recent = Comment.objects.filter(article=article, status__in=Status.values, submitted_at__gt=now - WINDOW)
    return recent.order_by().values("pk")[:LOOKED_AT].count()
