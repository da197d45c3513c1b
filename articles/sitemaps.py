"""The plain sitemap: published articles and categories, each in the languages it exists in."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from articles.models import Article, Category


class ArticleSitemap(Sitemap):
    """Every published article, newest first."""

    i18n = True
    alternates = True
    limit = 5000

    def items(self) -> QuerySet:
        return Article.objects.published().only(
            "pk", "slug", "title_ar", "title_fr", "title_en", "published_at", "updated_at", "status"
        )

    def lastmod(self, item: Article) -> datetime | None:
        return item.updated_at or item.published_at

    def get_languages_for_item(self, item: Article) -> list[str]:
        return item.languages()


class CategorySitemap(Sitemap):
    """Every category's page."""

    i18n = True

    def items(self) -> QuerySet:
        return Category.objects.order_by("position", "pk")


SITEMAPS = {"articles": ArticleSitemap, "categories": CategorySitemap}
