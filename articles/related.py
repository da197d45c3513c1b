"""What to read next: the editors' picks, then what shares rare tags, the category, the newest.

Counting shared tags with a join costs 120 ms at a hundred thousand articles. Here each source is
one short range of one index, all of them one query, and the weighing is done in Python.
"""

from collections import defaultdict
from typing import Any

from django.db import connections, models
from django.db.models import F, IntegerField, Value

from articles.models import Article, ArticleCategory, ArticleTag, RelatedArticle, Tag

SHOWN = 4
# How far back one tag is looked through. A tag met that often counts as common.
TAG_DEPTH = 60
FILL_DEPTH = SHOWN * 3
PICKED, TAGGED, FILED, NEWEST, FOLLOWING = range(5)
Row = tuple[int, int, int, Any]  # source, what of it (a tag, a position), article, its time as the database writes it


def related_articles(article: Article, tags: list[Tag] | None = None) -> list[Article]:
    """Up to SHOWN published articles in the active language, the nearest first, never `article` itself.

    `tags` are its tags, where the caller has them at hand.
    """
    return what_next(article, tags)[0]


def what_next(article: Article, tags: list[Tag] | None = None) -> tuple[list[Article], Article | None]:
    """As `related_articles`, and the next older article of the main category; None after its last."""
    if tags is None:
        tags = article.shown_tags()
    rows = _candidates(article, tags)
    ranked = [key for key in _rank([row for row in rows if row[0] != FOLLOWING]) if key != article.pk][:SHOWN]
    following = [row[2] for row in rows if row[0] == FOLLOWING]
    visible = Article.objects.published().in_language().cards().in_bulk([*ranked, *following])
    return [visible[key] for key in ranked if key in visible], visible.get(following[0]) if following else None


def _rank(rows: list[Row]) -> list[int]:
    """Keys of articles, nearest first: the source decides, then rarity of shared tags, then the date."""
    common: defaultdict[tuple[int, int], int] = defaultdict(int)
    for source, part, _key, _at in rows:
        common[source, part] += 1
    nearest: dict[int, tuple[int, float]] = {}
    times: dict[int, Any] = {}
    for source, part, key, at in rows:
        weight = -part if source == PICKED else 1 / common[source, part] if source == TAGGED else 0
        best_source, best_weight = nearest.get(key, (source, 0))
        if source < best_source:
            best_source, best_weight = source, 0
        if source == best_source:
            nearest[key] = best_source, best_weight + weight
        times[key] = at
    newest_first = sorted(nearest, key=lambda key: (times[key], key), reverse=True)
    return sorted(newest_first, key=lambda key: (nearest[key][0], -nearest[key][1]))


def _candidates(article: Article, tags: list[Tag]) -> list[Row]:
    """Rows from every source, in one UNION ALL of bounded index ranges."""
    sources = [_picked(article), *_tagged(tags), _filed(article), _newest(), *_following(article)]
    connection = connections[Article.objects.db]
    parts: list[str] = []
    parameters: list[Any] = []
    for number, source in enumerate(sources):
        sql, values = source.query.sql_with_params()
        # SQLite takes LIMIT in a compound only inside a subquery, which the ORM does not write.
        parts.append(f"SELECT source, part, found, since FROM ({sql}) AS source_{number}")  # noqa: S608 (the ORM's own SQL)
        parameters.extend(values)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return cursor.fetchall()


def _as_rows(rows: models.QuerySet, source: int, part: str | int, key: str, at: str) -> models.QuerySet:
    part_expression = F(part) if isinstance(part, str) else Value(part, IntegerField())
    named = rows.annotate(source=Value(source, IntegerField()), part=part_expression, found=F(key), since=F(at))
    return named.values("source", "part", "found", "since")


def _picked(article: Article) -> models.QuerySet:
    visible = Article.objects.published().in_language().order_by()
    picks = RelatedArticle.objects.filter(article=article, related__in=visible).order_by("position", "pk")[:SHOWN]
    return _as_rows(picks, PICKED, "position", "related_id", "related__published_at")


def _tagged(tags: list[Tag]) -> list[models.QuerySet]:
    live = ArticleTag.objects.live().in_language()
    return [
        _as_rows(live.filter(tag=tag)[:TAG_DEPTH], TAGGED, "tag_id", "content_object_id", "published_at")
        for tag in tags
    ]


def _filed(article: Article) -> models.QuerySet:
    live = ArticleCategory.objects.live().in_language().filter(category=article.category_id)[:FILL_DEPTH]
    return _as_rows(live, FILED, 0, "article_id", "published_at")


def _following(article: Article) -> list[models.QuerySet]:
    """The one place after its own in the list of its main category; nowhere while it has no time."""
    if not article.published_at:
        return []
    placed = ArticleCategory.objects.live().in_language().filter(category=article.category_id)
    after = placed.before((article.published_at, article.pk))[:1]
    return [_as_rows(after, FOLLOWING, 0, "article_id", "published_at")]


def _newest() -> models.QuerySet:
    newest = Article.objects.published().in_language()[:FILL_DEPTH]
    return _as_rows(newest, NEWEST, 0, "pk", "published_at")
