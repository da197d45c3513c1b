"""Pages without a file of their own for it: their queries do not grow with what they show.

The frame of every page costs three: the settings with the logo, the categories of the menu, and one
for all links of menu and foot together (`newsroom/frame.py`).
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from articles.sitemaps import SIZE
from comments.receipt import receipt_url
from newsroom.models import MenuLink, SocialAccount
from tests.factories import make_article, make_category, make_comment, make_page, make_picture, make_site

pytestmark = pytest.mark.django_db

ADDRESSES: dict[str, Callable[[Article], str]] = {
    "feed": lambda article: "/feed/",
    "atom": lambda article: "/feed/atom/",
    "category's feed": lambda article: f"{article.category.get_absolute_url()}feed/",
    "tag's feed": lambda article: f"{article.tags.get().get_absolute_url()}feed/json/",
    "sitemap": lambda article: "/sitemap.xml",
    "sitemap of articles": lambda article: f"/sitemap-articles-{(article.pk - 1) // SIZE + 1}.xml",
    "news sitemap": lambda article: "/news-sitemap.xml",
    "robots": lambda article: "/robots.txt",
    "comment feed": lambda article: f"/news/{article.pk}/comments/feed/",
    "receipt": lambda article: receipt_url(article.comments.order_by("pk").first()),
    "missing page": lambda article: "/no-such-page/",
    "error report": lambda article: f"/news/{article.pk}/error/",
    "imprint": lambda article: "/imprint/",
}
# The missing page asks once for a redirect, the error report for its article.
FRAME = 3


def fill(article: Article, count: int) -> None:
    for _ in range(count):
        make_article(category=article.category, tags=("الماء",))
        make_comment(article)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("kind", ADDRESSES)
def test_queries_do_not_grow(client: Client, kind: str) -> None:
    article = make_article(category=make_category(), tags=("الماء",))
    fill(article, 2)
    with_few = queries(client, ADDRESSES[kind](article))

    fill(article, 8)

    assert queries(client, ADDRESSES[kind](article)) == with_few <= 6


def test_the_frame_costs_the_same_whatever_it_shows(client: Client) -> None:
    bare = queries(client, "/imprint/")
    site = make_site(logo=make_picture())
    for number in range(4):
        page = make_page(f"صفحة {number}")
        MenuLink.objects.create(site=site, label="رابط", page=page)
        MenuLink.objects.create(site=site, label="رابط", address="/latest/", place="foot")
        SocialAccount.objects.create(site=site, network="x", address=f"https://x.example/{number}")

    assert queries(client, "/imprint/") == bare == FRAME + 1
    assert queries(client, "/nowhere/") == FRAME + 1
