"""robots.txt, security.txt, the two answers about health, and the feeds that pages name."""

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from newsroom import env
from tests.factories import make_article, make_site
from tests.pages import read

pytestmark = pytest.mark.django_db


def fields(client: Client) -> dict[str, str]:
    response = client.get("/.well-known/security.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in response.content.decode().splitlines())


def test_robots_are_told_of_the_sitemaps_and_kept_out_of_what_is_no_page(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert {f"Sitemap: http://testserver/{name}" for name in ("sitemap.xml", "news-sitemap.xml")} <= set(lines)
    assert {
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /comments/",
        "Disallow: /fr/search/",
        "Disallow: /v/",
    } <= set(lines)


@pytest.mark.parametrize(
    "address", ["/feed/", "/news/1/x/", "/sitemap.xml", "/offline/", "/sw.js", "/r/1-a/w-320.webp"]
)
def test_robots_may_read_what_readers_read(client: Client, address: str) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert not any(address.startswith(line.removeprefix("Disallow: ")) for line in lines if "Disallow" in line)


def test_researchers_are_told_where_to_write(client: Client, settings: Any) -> None:
    assert fields(client)["Contact"] == "http://testserver/contact/"

    settings.SECURITY_CONTACT = "mailto:security@news.example"

    told = fields(client)
    assert told["Contact"] == "mailto:security@news.example"
    assert told["Preferred-Languages"] == "ar, fr, en"
    assert told["Canonical"] == "http://testserver/.well-known/security.txt"


@pytest.mark.parametrize("month", range(1, 13))
def test_its_expiry_stands_still_for_a_month_and_is_within_a_year(client: Client, month: int) -> None:
    found = set()
    for day in (1, 15, 28):
        now = datetime(2026, month, day, 12, tzinfo=UTC)
        with time_machine.travel(now, tick=False):
            expires = datetime.fromisoformat(fields(client)["Expires"])
        assert timedelta(days=300) < expires - now < timedelta(days=365)
        found.add(expires)
    assert len(found) == 1


@pytest.mark.parametrize(
    "value", ["security@news.example", "http://news.example/", "https://a b", "mailto:a\nExpires: 1"]
)
def test_a_contact_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SECURITY_CONTACT", value)

    with pytest.raises(ImproperlyConfigured, match="SECURITY_CONTACT"):
        env.reach("SECURITY_CONTACT")


@pytest.mark.parametrize("value", ["", "https://news.example/security", "mailto:security@news.example"])
def test_a_contact_that_can_be_reached_is_taken(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SECURITY_CONTACT", value)

    assert env.reach("SECURITY_CONTACT") == value


@pytest.mark.parametrize(("address", "queries"), [("/healthz", 0), ("/readyz", 1), ("/robots.txt", 0)])
def test_they_cost_next_to_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int
) -> None:
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_a_database_that_is_down_makes_it_not_ready_and_leaves_it_alive(client: Client) -> None:
    with patch("newsroom.views.health.connection") as broken:
        broken.cursor.side_effect = OperationalError("down")
        alive, ready = client.get("/healthz"), client.get("/readyz")

    assert (alive.status_code, ready.status_code) == (200, 503)
    assert alive.content == b"ok\n"
    assert alive.headers["Cache-Control"] == ready.headers["Cache-Control"] == "private, no-store"


def test_health_is_told_without_tls(client: Client, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True

    answers = [Client().get(address).status_code for address in ("/healthz", "/readyz", "/robots.txt")]

    assert answers == [200, 200, 301]


def test_pages_name_their_feeds(client: Client) -> None:
    make_site()
    article = make_article(tags=("ماء",))
    own = {
        "/latest/": None,
        article.get_absolute_url(): f"/news/{article.pk}/comments/feed/",
        **{
            page: f"{page}feed/"
            for page in (article.category.get_absolute_url(), article.tags.get().get_absolute_url())
        },
    }

    for page, feed in own.items():
        links = read(client, page).findall(".//head/link[@rel='alternate'][@type]")
        addresses = [link.get("href", "") for link in links]
        starts = [feed, "/feed/"] if feed else ["/feed/"]
        assert addresses == [start + form for start in starts for form in ("", "atom/", "json/")]
        assert all(link.get("title") for link in links)
        for link in links:
            assert client.get(link.get("href")).headers["Content-Type"].startswith(link.get("type"))
