"""Pictures on pages: what browsers may choose from, and nothing that a lost file could break."""

import re
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Picture
from articles.templatetags.pictures import USES
from newsroom.models import PageGeneration
from tests.factories import make_article, make_picture, picture_bytes
from tests.pages import read

pytestmark = pytest.mark.django_db


def large(**values: Any) -> Picture:
    return make_picture(file=SimpleUploadedFile("x.jpg", picture_bytes(size=(1800, 1200))), **values)


def render(picture: Any, **context: Any) -> str:
    return render_to_string("articles/_picture.html", {"picture": picture, "css": "card__image", **context})


@pytest.mark.parametrize("page", ["article", "front"])
def test_pages_offer_both_kinds_in_sizes_that_are_served(client: Client, page: str) -> None:
    article = make_article(picture=large())

    document = read(client, article.get_absolute_url() if page == "article" else "/")

    sources = document.findall(".//picture/source")
    assert {source.get("type") for source in sources} == {"image/avif", "image/webp"}
    assert all(source.get("sizes") for source in sources)
    for source in sources:
        address, told = source.get("srcset").split(",")[0].split()
        response = client.get(address)
        assert (response.status_code, response.headers["Content-Type"]) == (200, source.get("type"))
        assert re.fullmatch("[0-9]+w", told)


def test_a_small_picture_is_offered_as_it_is() -> None:
    markup = render(make_picture())

    assert "<source" not in markup
    assert 'width="64" height="48"' in markup


def test_a_card_costs_neither_a_query_nor_a_look_at_the_disk(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    picture = large()
    monkeypatch.setattr(FileSystemStorage, "exists", lambda *args: pytest.fail("asked the disk"))
    monkeypatch.setattr(FileSystemStorage, "open", lambda *args: pytest.fail("asked the disk"))

    with django_assert_num_queries(0):
        markup = render(picture)

    assert "srcset" in markup
    assert len(markup) < 800


@pytest.mark.parametrize("use", [*USES, ""])
def test_every_place_has_its_markup(use: str) -> None:
    assert "<picture>" in render(large(), use=use)


@pytest.mark.parametrize(
    "values",
    [{"file": ""}, {"width": 0, "height": 0}, {"width": None, "height": None}, {"digest": ""}],
    ids=["no-name", "no-size", "unknown-size", "no-digest"],
)
def test_a_broken_row_breaks_no_page(values: dict[str, Any]) -> None:
    picture = large()
    for name, value in values.items():
        setattr(picture, name, value)

    markup = render(picture)

    assert ("placeholder" in markup) == (not picture.file)
    assert 'width="0"' not in markup
    assert "None" not in markup


def test_an_article_whose_picture_names_no_file_is_a_page(client: Client) -> None:
    article = make_article(picture=large())
    Picture.objects.update(file="")

    page = read(client, article.get_absolute_url())

    assert page.find(".//figure//span[@aria-hidden='true']") is not None
    assert "/card/" in page.find(".//meta[@property='og:image']").get("content")
    assert read(client, "/") is not None


def test_a_change_of_a_picture_makes_the_pages_that_show_it_anew() -> None:
    article = make_article(picture=large())
    other = make_article(picture=large(alt="أخرى"))
    before = dict(PageGeneration.objects.values_list("key", "value"))

    article.picture.focus_x = 10
    article.picture.save()

    after = dict(PageGeneration.objects.values_list("key", "value"))
    assert after[f"article:{article.pk}"] != before[f"article:{article.pk}"]
    assert after[f"article:{other.pk}"] == before[f"article:{other.pk}"]
