"""The cache stands in the database by default; what is in it, or that it is gone, changes no page."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.management import call_command
from django.test import Client

from comments.learning.learner import CURSOR, rescore_waiting
from newsroom import env
from newsroom.apps import make_cache_table
from tests.factories import comment_data, make_article, make_comment

pytestmark = pytest.mark.django_db
IN_DATABASE = env._env.cache_url_config("dbcache://newsroom_cache?max_entries=100000")


class DownCache(BaseCache):
    """A cache whose server does not answer."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise ConnectionError("the cache is down")

    add = get = set = touch = delete = clear = _refuse


def test_migrating_makes_the_table_of_the_cache_once(settings: Any) -> None:
    settings.CACHES = {"default": IN_DATABASE}

    call_command("migrate", verbosity=0)
    make_cache_table(using="default")
    cache.set("key", ["value"], None)

    assert cache.get("key") == ["value"]
    assert cache._max_entries == 100_000


@pytest.mark.parametrize("address", ["/", "/fr/", "/feed/", "/hot/"])
def test_pages_stand_while_the_cache_is_down(settings: Any, client: Client, address: str) -> None:
    make_comment(make_article(is_hot=True, title_fr="Titre"))
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.DownCache"}}

    assert client.get(address).status_code == 200


def test_a_comment_is_taken_while_the_cache_is_down(settings: Any, client: Client) -> None:
    article = make_article()
    settings.CACHES = {"default": {"BACKEND": f"{__name__}.DownCache"}}

    assert client.post(f"/news/{article.pk}/comments/", comment_data(article)).status_code == 303
    assert client.get(article.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("garbage", [b"\x00", "place", {"learnt": 1}, (1, 2, 3, 4)])
def test_the_learner_begins_again_where_the_cache_holds_garbage(garbage: Any) -> None:
    make_comment(status="pending")
    cache.set(CURSOR, garbage)

    assert rescore_waiting() == 0
    assert cache.get(CURSOR) is None
