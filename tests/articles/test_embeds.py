"""The body on its page: bare links become cards, tables scroll, pictures know their size."""

import re
import time
from typing import Any

import html5lib
import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles.embeds import embed_of, render_body
from articles.html import clean_html
from tests.factories import make_article, make_picture
from tests.pages import read, words

VIDEO = "https://www.youtube.com/watch?v=abc&t=7"
PLAIN = [
    "<p>اقرأ https://youtu.be/x الآن</p>",
    '<p><a href="https://example.ma/" rel="noopener">هنا</a></p>',
    '<p><a href="https://example.org/" rel="noopener">https://example.ma/</a></p>',
    '<p><strong><a href="https://example.ma/" rel="noopener">https://example.ma/</a></strong></p>',
    "<ul><li><p>https://example.ma/</p></li></ul>",
    "<blockquote><p>https://example.ma/</p></blockquote>",
    "<p>https://</p>",
    "<p>https://[x</p>",
    "<p>ftp://example.ma/</p>",
    "<p>mailto:desk@example.ma</p>",
    "<p>https://a.ma https://b.ma</p>",
]
PIECES = ["<p>", "</p>", "https://a.ma/x", " ", "س", "<table><tr><td>", "</table>", "<ul><li>", "</ul>", "<br>"]
PIECES += ["<a href='https://a.ma/x'>", "</a>", '<img src="/media/a.jpg" width="1">', "<blockquote>", "&lt;table&gt;"]
PIECES += ["<a href='/' title='<table>'>", "<figure>", "</figure>", "<img src=x>", "https://b.ma/?a=1&b=<i>"]


def linked(address: str) -> str:
    return clean_html(f'<p><a href="{address}">{address}</a></p>')


def only_link(html: str) -> Any:
    (found,) = html5lib.parseFragment(html, namespaceHTMLElements=False).iter("a")
    return found


@pytest.mark.parametrize("body", [linked(VIDEO), clean_html(f"<p>{VIDEO}</p>"), clean_html(f"<p> {VIDEO} </p>")])
def test_a_bare_link_becomes_a_card_that_opens_a_new_tab(body: str) -> None:
    link = only_link(render_body(body))

    assert (link.get("href"), link.get("target"), link.get("rel")) == (VIDEO, "_blank", "noopener")
    assert [words(part) for part in link][:3] == [*words(link).split()[:2], "youtube.com/watch?v=abc&t=7"]
    assert {part.get("dir") for part in list(link)[1:3]} == {"ltr"}


def test_a_slash_at_the_end_is_no_difference() -> None:
    body = '<p><a href="https://example.ma/" rel="noopener">https://example.ma</a></p>'

    assert 'class="embed"' in render_body(body)


@pytest.mark.parametrize("body", PLAIN)
def test_any_other_paragraph_stays_as_it_is(body: str) -> None:
    assert render_body(body) == body


@pytest.mark.parametrize(
    ("address", "site", "kind"),
    [
        ("https://youtu.be/x", "YouTube", "Video"),
        ("https://m.youtube.com/watch?v=x", "YouTube", "Video"),
        ("https://vm.tiktok.com/x", "TikTok", "Video"),
        ("https://www.facebook.com/gov/posts/1", "Facebook", "Post"),
        ("https://www.facebook.com/gov/videos/1", "Facebook", "Video"),
        ("https://www.instagram.com/reel/x/", "Instagram", "Video"),
        ("https://x.com/a/status/1", "X", "Post"),
        ("https://t.me/channel/7", "Telegram", "Post"),
        ("https://open.spotify.com/episode/x", "Spotify", "Audio"),
        ("https://docs.google.com/document/d/x", "Google Docs", "Document"),
        ("https://www.sgg.gov.ma/bo/7000.PDF", "sgg.gov.ma", "Document"),
        ("https://www.hespress.com/x.html", "hespress.com", "Link"),
        ("https://notyoutube.com/", "notyoutube.com", "Link"),
        ("https://youtube.com.example.org/", "youtube.com.example.org", "Link"),
        ("https://youtube.com@example.org/", "example.org", "Link"),
        ("http://EXAMPLE.MA:8080/خبر", "example.ma", "Link"),
    ],
)
def test_a_card_names_the_place_and_the_kind(address: str, site: str, kind: str) -> None:
    with translation.override("en"):
        found = embed_of(address)

        assert found is not None
        assert (found.site, str(found.kind)) == (site, kind)


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches() -> None:
    table = clean_html("<table><tr><td><table><tr><td>س</table></table>")

    shown = render_body(table)

    frames = list(html5lib.parseFragment(shown, namespaceHTMLElements=False).iter("div"))
    assert [(frame.get("tabindex"), frame.get("role"), frame[0].tag) for frame in frames] == [("0", "group", "table")]
    assert frames[0].get("aria-label")
    assert shown.count("<table>") == 2


def test_words_that_look_like_a_table_are_words() -> None:
    body = clean_html(f'<p><a href="/" title="<table>">س</a></p>{linked(VIDEO)}')

    assert 'class="embed"' in render_body(body)
    assert "<div" not in render_body(body)


@pytest.mark.django_db
def test_pictures_load_late_and_tell_their_size_at_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first, second = make_picture(), make_picture()
    tags = [f'<img src="{each.file.url}" alt="بديل">' for each in (first, second, first)]

    with django_assert_num_queries(1):
        shown = render_body(clean_html("".join(tags)))

    pictures = list(html5lib.parseFragment(shown, namespaceHTMLElements=False).iter("img"))
    assert [picture.get("width") for picture in pictures] == [str(each.width) for each in (first, second, first)]
    assert {picture.get("loading") for picture in pictures} == {"lazy"}
    assert all(picture.get("height") and picture.get("alt") for picture in pictures)


def test_pictures_that_tell_their_size_cost_no_query() -> None:
    shown = render_body('<img src="/media/a.jpg" width="4" height="3">')

    assert shown == '<img src="/media/a.jpg" width="4" height="3" loading="lazy" decoding="async">'


@pytest.mark.django_db
def test_a_picture_that_is_not_in_the_library_is_shown_all_the_same() -> None:
    assert 'src="/media/a.jpg" loading="lazy"' in render_body('<img src="/media/a.jpg">')


@pytest.mark.django_db
def test_the_page_shows_the_card_and_asks_no_foreign_host(client: Client) -> None:
    article = make_article(body=f"{linked(VIDEO)}<p>نص</p>")

    page = read(client, article.get_absolute_url())

    assert page.find(".//article//p[@class='embed']/a").get("href") == VIDEO
    assert not [each for each in page.iter() if each.tag in ("iframe", "script") and "youtube" in str(each.attrib)]


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=15).map("".join))
def test_rendering_adds_no_element_of_the_text(html: str) -> None:
    cleaned = clean_html(html)
    with translation.override("en"):
        shown = render_body(cleaned)

        assert render_body(cleaned) == shown
    made, stood = ({each.tag for each in html5lib.parseFragment(text).iter()} for text in (shown, cleaned))
    added = {tag.rpartition("}")[2] for tag in made - stood}
    assert added <= {"div", "a", "span", "bdi"}
    assert not re.search(r" (?:style|id|on[a-z]+)=", shown)


@pytest.mark.parametrize(
    "body",
    [
        "<p>https://" * 25_000,
        "<p>https://a.ma/" * 5_000,
        "<table><tr><td>" * 60 + "س",
        '<img src="/media/a" width="1">' * 15_000,
    ],
    ids=["open", "cards", "tables", "pictures"],
)
def test_rendering_takes_time_by_length_alone(body: str) -> None:
    body = clean_html(body)
    started = time.process_time()

    render_body(body)

    assert time.process_time() - started < 3
