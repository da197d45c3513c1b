"""The picture that stands for an article where its address is shared."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.checks import WARNING
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.cards import making
from articles.cards.card import Card, card_of
from articles.cards.drawing import draw
from articles.cards.lettering import fit, measure
from articles.models import Article
from newsroom.checks import check_shaping
from newsroom.models import SiteSettings
from tests.factories import make_article, make_picture, make_site, picture_bytes


@pytest.fixture(autouse=True)
def folder(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT, settings.VAR_ROOT = str(tmp_path / "media"), str(tmp_path / "var")


def address(article: Article) -> str:
    return card_of(article, SiteSettings.load().name).address


def wide_picture() -> Any:
    return make_picture(file=SimpleUploadedFile("photo.jpg", picture_bytes(size=(800, 500))))


@pytest.mark.django_db
def test_a_card_is_a_jpeg_of_the_size_that_networks_ask_for(client: Client) -> None:
    make_site()
    article = make_article("الحكومة تعلن عن برنامج لبناء السدود", picture=wide_picture())

    response = client.get(address(article))

    image = Image.open(BytesIO(response.content))
    assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert len(response.content) < 300_000
    assert response.headers["Content-Type"] == "image/jpeg"
    assert "immutable" in response.headers["Cache-Control"]
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert not response.cookies


@pytest.mark.django_db
def test_a_card_is_drawn_once(client: Client) -> None:
    article = make_article()

    with mock.patch.object(making, "draw", wraps=draw) as drawn:
        first, second = client.get(address(article)), client.get(address(article))

    assert first.content == second.content
    assert drawn.call_count == 1


@pytest.mark.django_db
def test_a_former_key_leads_to_the_present_card_and_its_file_goes(client: Client) -> None:
    article = make_article("عنوان أول")
    former = address(article)
    client.get(former)
    article.title = "عنوان آخر"
    article.save()

    response = client.get(former)
    client.get(response.url)  # type: ignore[attr-defined]

    assert (response.status_code, response.url) == (302, address(article))  # type: ignore[attr-defined]
    assert former != address(article)
    assert len(default_storage.listdir(f"cards/{article.pk // 1000}/{article.pk}")[1]) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["title", "picture", "newspaper", "category", "paid"])
def test_the_key_follows_what_the_card_shows(change: str) -> None:
    article, newspaper = make_article(picture=make_picture()), "بريد الأطلس"
    before = card_of(article, newspaper).key
    if change == "title":
        article.title += "."
    elif change == "picture":
        article.picture.focus_x = 10  # type: ignore[union-attr]
    elif change == "newspaper":
        newspaper = "بريد"
    elif change == "category":
        article.category.name = "قسم آخر"
    else:
        article.kind = Article.Kind.SPONSORED

    assert card_of(article, newspaper).key != before


@pytest.mark.django_db
def test_a_card_is_only_of_what_readers_may_see(client: Client, editor: Any) -> None:
    article = make_article()
    shown = address(article)
    with translation.override("fr"):
        french = address(article)
    article.withdraw(by=editor)

    assert client.get(shown).status_code == 404
    assert client.get(french).status_code == 404
    assert client.get("/card/999999-0123456789-ar.jpg").status_code == 404
    assert client.get(shown.replace("-ar.jpg", "-xx.jpg")).status_code == 404
    assert client.post(shown).status_code == 405


@pytest.mark.django_db
def test_a_lost_or_damaged_picture_leaves_a_card_without_it(client: Client) -> None:
    lost, damaged = make_article(picture=wide_picture()), make_article(picture=wide_picture())
    Path(lost.picture.file.path).unlink()  # type: ignore[union-attr]
    Path(damaged.picture.file.path).write_bytes(b"GIF89a broken")  # type: ignore[union-attr]

    assert client.get(address(lost)).status_code == 200
    assert client.get(address(damaged)).status_code == 200


def test_without_shaping_a_card_has_no_words() -> None:
    card = Card(1, "ar", "عنوان", "قسم", "بريد الأطلس")

    with mock.patch("articles.cards.drawing.can_shape", return_value=False):
        plain = draw(card)

    assert Image.open(BytesIO(plain)).size == (1200, 630)
    assert plain != draw(card)


def test_a_machine_that_cannot_shape_is_warned_of_and_starts() -> None:
    assert check_shaping(None) == []
    with mock.patch("newsroom.checks.can_shape", return_value=False):
        (warning,) = check_shaping(None)

    assert (warning.id, warning.level) == ("newsroom.W004", WARNING)


@pytest.mark.django_db
def test_without_shaping_the_picture_is_shared_and_else_the_plain_card(client: Client) -> None:
    make_site()
    with mock.patch("articles.head.can_shape", return_value=False):
        shown = client.get(make_article(picture=wide_picture()).get_absolute_url()).content.decode()
        plain = client.get(make_article().get_absolute_url()).content.decode()

    assert re.search(r'og:image" content="http://testserver/r/[^"]*/w-640.webp"', shown)
    assert re.search(r'og:image" content="http://testserver/card/', plain)


@settings(deadline=None, max_examples=25)
@given(title=st.text(max_size=400), label=st.text(max_size=60), language=st.sampled_from(["ar", "fr"]))
def test_any_text_makes_a_card(title: str, label: str, language: str) -> None:
    assert draw(Card(1, language, title, label, title[:60])).startswith(b"\xff\xd8")


@pytest.mark.parametrize("text", ["ا" * 500, "كلمة طويلة " * 40, "مُ" * 250, "é" * 400, "قصير", ""])
def test_every_line_fits_and_there_are_never_more_than_four(text: str) -> None:
    found = fit(text, 1000, (70, 50), (2, 4), rtl=True)

    assert len(found.lines) <= 4
    assert all(measure(line, found.size, rtl=True) <= 1000 for line in found.lines)
    assert found.lines == () or found.lines[-1].endswith("…") == (len(text) > 100)
