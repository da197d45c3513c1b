"""The indexes that pages are said to use are used, on either database."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet

from articles.models import Article, ArticleCategory, ArticleTag, Author, Byline, Category, FormerSlug, Tag
from tests.factories import make_author, make_category, make_tag

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, tzinfo=UTC)
PAGES = {
    "article_latest": lambda: Article.objects.published(NOW),
    "article_hot": lambda: Article.objects.published(NOW).filter(is_hot=True),
    "article_kind": lambda: Article.objects.published(NOW).filter(kind="opinion"),
    "article_latest_fr": lambda: Article.objects.published(NOW).in_language("fr"),
    "article_latest_en": lambda: Article.objects.published(NOW).in_language("en"),
    "category_page": lambda: ArticleCategory.objects.live(NOW).filter(category=Category.objects.first()),
    "tag_page": lambda: ArticleTag.objects.live(NOW).filter(tag=Tag.objects.first()),
    "tag_alphabet": lambda: Tag.objects.standing().order_by("sort_key", "pk"),
    "author_alphabet": lambda: Author.objects.order_by("sort_key", "pk"),
    "tag_opening": lambda: Tag.objects.filter(opening__in=["ماء", "سكك حديد"]),
    "former_slug_of_one_tag": lambda: FormerSlug.objects.of_kind("tag").filter(slug__in=["x", "y"]),
    "author_page": lambda: Byline.objects.live(NOW).filter(author=Author.objects.first()),
}


def populate() -> None:
    """Enough articles for the planner to prefer the index that tells them apart."""
    categories = [make_category() for _ in range(20)]
    tags, authors = [make_tag() for _ in range(20)], [make_author() for _ in range(20)]
    articles = Article.objects.bulk_create(
        Article(
            title=f"خبر {number}",
            category=categories[number % 20],
            status="published",
            published_at=NOW - timedelta(minutes=number),
            kind="opinion" if number % 97 == 0 else "news",
            is_hot=number % 89 == 0,
            title_fr="Titre" if number % 83 == 0 else None,
            title_en="Title" if number % 79 == 0 else None,
        )
        for number in range(400)
    )
    ArticleTag.objects.bulk_create(
        ArticleTag(content_object=article, tag=tags[number % 20]) for number, article in enumerate(articles)
    )
    Byline.objects.bulk_create(
        Byline(article=article, author=authors[number % 20]) for number, article in enumerate(articles)
    )
    FormerSlug.objects.bulk_create(FormerSlug(slug=f"slug-{number}", tag=tags[number % 20]) for number in range(400))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


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
    populate()

    found = plan(PAGES[index]())

    assert index in found
    assert "TEMP B-TREE" not in found
    assert "Sort" not in found
