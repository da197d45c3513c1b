"""What a phone keeps: the manifest, the page without a connection, and the worker that shows it."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_article, make_site
from tests.pages import read

pytestmark = pytest.mark.django_db


def test_the_manifest_bears_the_newspapers_name(client: Client) -> None:
    make_site(name="بريد «الأطلس»")

    response = client.get("/manifest.webmanifest")

    told = json.loads(response.content)
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert told["name"] == told["short_name"] == "بريد «الأطلس»"
    assert (told["lang"], told["dir"], told["start_url"], told["scope"]) == ("ar", "rtl", "/", "/")


def test_its_icons_are_what_it_says(client: Client) -> None:
    icons = json.loads(client.get("/manifest.webmanifest").content)["icons"]

    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")
    }  # fmt: skip
    for icon in icons:
        found = finders.find(icon["src"].removeprefix("/static/"))
        picture = Image.open(BytesIO(Path(found).read_bytes()))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]
        assert (picture.format, icon["type"]) == ("PNG", "image/png")


def test_the_page_without_a_connection_speaks_all_languages(client: Client) -> None:
    response = client.get("/offline/")
    page = read(client, "/offline/")

    sections = page.findall(".//main//section")
    assert [(section.get("lang"), section.get("dir")) for section in sections] == [
        ("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")
    ]  # fmt: skip
    assert [link.get("href") for link in page.findall(".//main//a")] == ["/", "/fr/", "/en/"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_the_worker_keeps_that_page_and_what_it_needs_alone(client: Client) -> None:
    response = client.get("/sw.js")

    script = response.content.decode()
    assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "max-age=0" in response.headers["Cache-Control"]
    assert 'const FILES = ["/offline/", "/static/newsroom/site.css", "/static/newsroom/icon.svg"];' in script.replace(
        "\\u002D", "-"
    )
    assert ".put(" not in script
    assert script.count("cache.addAll") == 1


def test_the_policy_lets_worker_and_manifest_be_our_own_alone(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]

    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy


@pytest.mark.parametrize(("address", "queries"), [("/manifest.webmanifest", 1), ("/offline/", 0), ("/sw.js", 0)])
def test_they_cost_next_to_nothing(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int
) -> None:
    make_article()
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_every_page_names_the_manifest_and_a_colour(client: Client) -> None:
    head = read(client, "/fr/").find("head")

    assert head.find("link[@rel='manifest']").get("href") == "/manifest.webmanifest"
    assert len(head.findall("meta[@name='theme-color']")) == 2
