"""RSS. Well-formed whatever is stored: Django's writer raises on a control character."""

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Article
from articles.validators import drop_forbidden

LENGTH = 30


class LatestFeed(Feed):
    """/feed/: the newest articles of the active language."""

    def title(self) -> str:
        return _("Latest news")

    def description(self) -> str:
        return _("The newest articles, as they are published")

    def link(self) -> str:
        return reverse("front_page")

    def feed_url(self) -> str:
        return reverse("feed")

    def items(self) -> list[Article]:
        return list(Article.objects.published().in_language().cards()[:LENGTH])

    def item_title(self, item: Article) -> str:
        return drop_forbidden(item.title)

    def item_description(self, item: Article) -> str:
        return drop_forbidden(item.summary)

    def item_pubdate(self, item: Article) -> datetime:
        return localtime(item.published_at)

    def item_updateddate(self, item: Article) -> datetime:
        return localtime(item.updated_at or item.published_at)

    def item_categories(self, item: Article) -> list[str]:
        return [drop_forbidden(item.category.name)]
