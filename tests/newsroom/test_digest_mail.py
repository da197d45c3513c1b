"""The mail itself: two parts in the reader's direction, headers for one click, sound whatever a title says."""

import re
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
import time_machine
from django.test import Client

from articles.bidi import isolate
from newsroom.mail.newsletter import send_newsletter
from newsroom.models import DigestSubscription
from newsroom.newsletter.queue import queue_newsletter
from tests.factories import make_category, make_picture, make_site
from tests.newsletter import ADDRESS, SETTINGS, SITE, at, link, make_news, make_subscriber, page
from tests.pages import words
from tests.postman import Postman, mail_server, part

pytestmark = pytest.mark.django_db

HOSTILE = [
    "عنوان\r\nBcc: victim@example.ma\r\n\r\n<script>alert(1)</script>",
    "\u202eعنوان مقلوب\u202c <b onmouseover=alert(1)>",
    "x\x07y\x0bz\u2028w",
    "ⵜⴰⵎⴰⵣⵉⵖⵜ & <img src=https://evil.example/x.png>",
    "كلمة" * 100,
    '"}}{{ secret }}{% load x %}',
    "." + "\n.\nQUIT",
]


@pytest.fixture(autouse=True)
def postman() -> Iterator[Postman]:
    with SETTINGS, mail_server() as server:
        yield server


def deliver() -> None:
    with time_machine.travel(at(8), tick=False):
        queue_newsletter()
        send_newsletter()


def digest(postman: Postman) -> EmailMessage:
    deliver()
    return postman.letter()


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_both_parts_are_in_the_subscribers_language(postman: Postman, language: str, direction: str) -> None:
    make_news("عنوان عربي", title_fr="Titre français", title_en="English title")
    make_subscriber(language=language)

    letter = digest(postman)

    root = page(letter)
    title = {"ar": "عنوان عربي", "fr": "Titre français", "en": "English title"}[language]
    assert (root.get("lang"), root.get("dir")) == (language, direction)
    assert letter["Content-Language"] == language
    assert [each.get_content_type() for each in letter.iter_parts()] == ["text/plain", "text/html"]
    assert isolate(title) in part(letter, "plain").splitlines()
    assert title in words(root)


def test_the_subject_has_the_day_in_moroccan_words(postman: Postman) -> None:
    make_news()
    make_subscriber()

    letter = digest(postman)

    assert "الأربعاء 25 نونبر 2026" in letter["Subject"]
    assert letter["Subject"].strip() == words(page(letter).find(".//h1"))


def test_the_headers_offer_one_click(postman: Postman, client: Client) -> None:
    make_news()
    make_subscriber()

    letter = digest(postman)

    path = link(letter, "unsubscribe")
    assert letter["List-Unsubscribe"].strip() == f"<{SITE}{path}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Id"] == "<newsletter-ar.news.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert page(letter).find(f".//a[@href='{SITE}{path}']") is not None
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not DigestSubscription.objects.exists()


def test_each_gets_a_link_of_their_own_and_nobody_elses_address(postman: Postman) -> None:
    make_news()
    for name in ("first", "second"):
        make_subscriber(f"{name}@example.ma")

    deliver()

    (one, first), (two, second) = postman.received
    assert {one, two} == {"first@example.ma", "second@example.ma"}
    assert link(first, "unsubscribe") != link(second, "unsubscribe")
    assert first["Message-ID"] != second["Message-ID"]
    for letter in (first, second):
        said = part(letter, "plain") + part(letter, "html")
        assert said.count("/newsletter/unsubscribe/") == 2
        assert "@example.ma" not in said
        assert letter["Cc"] is letter["Bcc"] is None


def test_nothing_in_it_tells_who_opened_it(postman: Postman) -> None:
    make_site(logo=make_picture())
    make_news(picture=make_picture(), summary="ملخص")
    make_subscriber()

    letter = digest(postman)

    root, raw = page(letter), part(letter, "html")
    hosts = {each.split("/")[2] for each in re.findall(r"https?://[^\"'<\s]+", raw)}
    assert hosts == {"news.example"}
    assert not [each for name in ("img", "script", "link", "iframe", "object") for each in root.iter(name)]
    assert "url(" not in raw
    assert {each.get("href", "").split("?")[1:] == [] for each in root.iter("a")} == {True}


def test_every_article_is_a_link_with_its_heading(postman: Postman) -> None:
    section = make_category("قسم فيه كل شيء", in_menu=True)
    articles = [make_news(f"خبر {number}", category=section, summary="ملخص الخبر") for number in range(6)]
    make_subscriber()

    letter = digest(postman)

    root = page(letter)
    links = {each.get("href"): words(each) for each in root.findall(".//h3/a")}
    assert links == {f"{SITE}{article.get_absolute_url()}": article.title for article in articles}
    assert [words(each) for each in root.iter("h2")] == ["أبرز الأخبار", "قسم فيه كل شيء"]
    lines = part(letter, "plain").splitlines()
    assert all(f"{SITE}{article.get_short_url()}" in lines for article in articles)
    # A title in <bdi> tells an element with dir="auto" nothing: it would stand on the wrong side.
    assert not [each for each in root.iter() if each.get("dir") == "auto" and each.find(".//bdi") is not None]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_the_mail(postman: Postman, title: str) -> None:
    make_news(title, summary=title, category=make_category(title[:60]))
    make_news("خبر سليم")
    make_subscriber()

    letter = digest(postman)

    root, plain = page(letter), part(letter, "plain")
    assert postman.recipients() == [ADDRESS]
    assert letter["Bcc"] is None
    assert not letter.defects
    assert "خبر سليم" in plain
    assert "خبر سليم" in words(root)
    assert not [each for name in ("script", "img", "b") for each in root.iter(name)]
    assert plain.count("\u2068") == plain.count("\u2069")
    assert all(line.count("\u2068") == line.count("\u2069") for line in plain.splitlines())
    assert "\u202e" not in plain
    assert link(letter, "unsubscribe")
