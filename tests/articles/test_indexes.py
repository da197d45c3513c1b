"""The indexes that pages are said to use are used, on either database."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import QuerySet

from articles.models import Article, ArticleCategory, ArticleTag, Byline

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PAGES = {
    "article_latest": lambda: Article.objects.published(NOW),
    "article_hot": lambda: Article.objects.published(NOW).filter(is_hot=True),
    "article_kind": lambda: Article.objects.published(NOW).filter(kind="opinion"),
    "article_latest_fr": lambda: Article.objects.published(NOW).in_language("fr"),
    "article_latest_en": lambda: Article.objects.published(NOW).in_language("en"),
    "category_page": lambda: ArticleCategory.objects.live(NOW).filter(category=1),
    "tag_page": lambda: ArticleTag.objects.live(NOW).filter(tag=1),
    "author_page": lambda: Byline.objects.live(NOW).filter(author=1),
}


def plan(rows: QuerySet) -> str:
    """How the database would fetch the first page of `rows`, were the table too large to scan."""
    if connection.vendor == "sqlite":
        sql, parameters = rows[:20].query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
            return "\n".join(str(row[-1]) for row in cursor.fetchall())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    return rows[:20].explain()


@pytest.mark.parametrize("index", PAGES)
def test_a_page_reads_a_range_of_its_index(index: str) -> None:
    found = plan(PAGES[index]())

    assert index in found
    assert "TEMP B-TREE" not in found
    assert "Sort" not in found
