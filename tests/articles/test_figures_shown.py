"""Figures in a text: readers are offered sizes that suit them, and nothing else of the text changes."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.figures import show_figures
from articles.models import Picture
from tests.factories import make_article, make_picture, picture_bytes
from tests.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    return make_picture(file=SimpleUploadedFile("x.jpg", picture_bytes(size=(1000, 700))))


def figure(address: str, alt: str = "قطار") -> str:
    return f'<figure class="figure"><img src="{address}" alt="{alt}"><figcaption>شرح</figcaption></figure>'


def test_a_figure_offers_both_kinds_and_keeps_its_words(
    picture: Picture, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    text = f"<p>قبل</p>{figure(picture.file.url)}<p>بعد</p>"

    with django_assert_num_queries(1):
        shown = show_figures(text)

    assert shown.count("<source ") == 2
    assert f'<img src="{picture.file.url}" alt="قطار" width="1000" height="700" loading="lazy"' in shown
    assert shown.startswith("<p>قبل</p>")
    assert shown.endswith("<figcaption>شرح</figcaption></figure><p>بعد</p>")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p>نص</p>",
        figure("/media/pictures/2026/01/../../x.jpg"),
        figure("https://example.ma/a.jpg"),
        "<p>&lt;img src=x&gt;</p>",
    ],
)
def test_a_text_without_our_pictures_costs_nothing_and_stays(
    text: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert show_figures(text) == text


def test_a_picture_that_is_gone_stays_as_it_was_written() -> None:
    text = figure(f"/media/pictures/2026/01/{'a' * 24}.jpg")

    assert show_figures(text) == text


def test_words_beside_it_run_nothing(picture: Picture) -> None:
    hostile = "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt; onerror=&quot;x()"

    shown = show_figures(figure(picture.file.url, hostile))

    assert f'alt="{hostile}"' in shown
    assert "<script" not in shown


def test_the_page_of_an_article_shows_them(client: Client, picture: Picture) -> None:
    article = make_article(body=figure(picture.file.url))

    page = read(client, article.get_absolute_url())

    source = page.find(".//figure/picture/source[@type='image/webp']")
    assert source is not None
    assert client.get(source.get("srcset", "").split()[0]).status_code == 200
