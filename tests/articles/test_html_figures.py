"""Journalists' figures: pictures of this site with their words, and no picture of another."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from articles.html import EXTENSIONS, HTMLField, clean_html, plain_text

FIGURE = (
    '<figure><img src="/media/pictures/ab/cd.jpg" alt="قطار في محطة وجدة">'
    "<figcaption>وصل <strong>القطار</strong> ليلا.</figcaption></figure>"
)
PIECES = ["<figure>", "</figure>", "<figcaption>", "</figcaption>", "<img>", '<img src="/media/a.jpg">', "<p>", "</p>"]
PIECES += ["<img src=//x>", "<table>", "<td>", "</table>", "<a href='/' title='<figure>'>", "</a>", "س", "<li>", "<h2>"]


def picture(source: str) -> str:
    return f'<p>قبل</p><figure><img src="{source}" alt="بديل"><figcaption>تعليق</figcaption></figure>'


def test_a_figure_of_the_editor_is_kept_without_its_classes() -> None:
    made = FIGURE.replace("<figure>", '<figure class="figure">').replace("<figcaption>", '<figcaption class="x">')

    assert clean_html(made.replace("<img", '<img data-file="3"')) == FIGURE
    assert clean_html(FIGURE) == FIGURE


def test_a_picture_keeps_its_size_and_nothing_else() -> None:
    img = '<img src="/media/a.jpg" alt="س" width="640" height="480">'
    more = 'srcset="/media/b.jpg 2x" sizes="9" style="x" class="y" id="z" loading="eager" onload="x()" name="n"'

    assert clean_html(img.replace(">", f" {more}>")) == img


@pytest.mark.parametrize("size", ["0", "-1", "100%", "1e9", "123456", "12px", ""], ids=lambda size: size or "empty")
def test_a_strange_size_goes(size: str) -> None:
    assert clean_html(f'<img src="/media/a.jpg" width="{size}" height="{size}">') == '<img src="/media/a.jpg">'


@pytest.mark.parametrize(
    "source",
    [
        *("https://example.org/a.jpg", "//example.org/media/a.jpg", "http:/media/a.jpg", "data:image/png;base64,eA=="),
        *("javascript:x", "blob:x", "a.jpg", "media/a.jpg", "/static/a.jpg", "/admin/logout/", "/media", "/media/", ""),
        *("/media/../admin/", "/media/a/../../x", "/media/./a", "/media/..", "/media/%2e%2e/x", "/media/.%2E/x"),
        *("/media//example.org/a", "/media/\\x", "/media/a\tb", "/media/a b", "/media/a?x=1", "/media/a#x", "/MEDIA/a"),
        *(" /media/a.jpg", "/media/a:b"),
    ],
    ids=ascii,
)
def test_a_picture_from_elsewhere_goes_and_its_caption_stays(source: str) -> None:
    assert clean_html(picture(source)) == "<p>قبل</p><p>تعليق</p>"


def test_the_address_of_files_is_the_one_that_is_set(settings: Any) -> None:
    settings.MEDIA_URL = "https://files.example.ma/"

    assert clean_html('<img src="https://files.example.ma/a.jpg">') == '<img src="https://files.example.ma/a.jpg">'
    assert clean_html('<img src="/media/a.jpg">') == ""


def test_an_empty_figure_and_a_lone_caption_are_no_figures() -> None:
    assert clean_html("<figure></figure><figcaption>تعليق</figcaption>") == "<p>تعليق</p>"


def test_words_that_look_like_a_figure_stay_words() -> None:
    html = '<p><a href="/" title="&lt;figure&gt;" rel="noopener">&lt;/figure&gt;</a></p>'

    assert clean_html(html) == html


def test_the_text_of_a_figure_is_its_caption() -> None:
    assert plain_text(FIGURE).split() == ["وصل", "القطار", "ليلا."]


@effort(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_every_kept_picture_has_an_address_and_every_figure_a_picture(html: str) -> None:
    cleaned = clean_html(html)

    assert clean_html(str(cleaned)) == cleaned
    assert cleaned.count("<img") == cleaned.count('<img src="/media/')
    assert not re.search(r"<figure>(?:(?!<img|<figure)[^§])*?</figure>", cleaned)


def test_the_editor_picks_from_the_library() -> None:
    widget = HTMLField().formfield().widget

    assert "Figure" in widget.get_config()["extensions"]
    assert str(EXTENSIONS["Figure"]["pickerUrl"]) in ("", "/admin/articles/picture/picker/")
