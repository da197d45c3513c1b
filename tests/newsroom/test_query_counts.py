"""Pages without a file of their own for it: their queries do not grow with what they show."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from comments.receipt import receipt_url
from tests.factories import make_article, make_category, make_comment

pytestmark = pytest.mark.django_db

ADDRESSES: dict[str, Callable[[Article], str]] = {
    "feed": lambda article: "/feed/",
    "sitemap": lambda article: "/sitemap.xml",
    "robots": lambda article: "/robots.txt",
    "comment feed": lambda article: f"/news/{article.pk}/comments/feed/",
    "receipt": lambda article: receipt_url(article.comments.order_by("pk").first()),
    "missing page": lambda article: "/no-such-page/",
}


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
    article = make_article(category=make_category())
    fill(article, 2)
    with_few = queries(client, ADDRESSES[kind](article))

    fill(article, 8)

    assert queries(client, ADDRESSES[kind](article)) == with_few <= 6
