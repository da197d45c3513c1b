"""Names and titles of one direction on a page of the other: none reorders what stands beside it."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import translation

from articles.bidi import isolate
from articles.models import Article, Byline, Correction, FrontPageSlot
from comments.models import Comment
from comments.receipt import receipt_url
from newsroom.models import SiteSettings
from tests.admin_forms import form_data
from tests.factories import comment_data, make_article, make_author, make_category, make_comment, make_picture, make_tag
from tests.pages import parse, read

pytestmark = pytest.mark.django_db

# What is written in each language's fields: always of the other direction than the page.
FOREIGN = {"ar": "Foreign (1):", "fr": "«غريب» (1):"}
PAGES = [
    "front",
    "category",
    "tag",
    "author",
    "hot",
    "latest",
    "article",
    "related",
    "comments",
    "answer",
    "receipt",
    "search",
]


def words_of(kind: str) -> dict[str, str]:
    """The kind's field in both languages, each telling in the other's script what it is."""
    return {f"{kind}_{code}": f"{foreign} {kind}" for code, foreign in FOREIGN.items()}


def in_both(*kinds: str) -> dict[str, str]:
    return {name: text for kind in kinds for name, text in words_of(kind).items()}


@pytest.fixture
def site() -> dict[str, Any]:
    """A newspaper all of whose names are of the other direction; its pages' addresses by kind."""
    SiteSettings.objects.create(**in_both("name", "tagline", "imprint"))
    section = make_category(**{"name": "", **in_both("name", "description")})
    child = make_category(parent=section, in_menu=False, **{"name": "", **in_both("name", "description")})
    author = make_author(**{"name": "", **in_both("name", "role", "bio")})
    tag = make_tag("Foreign (1): tag", **in_both("label"))
    picture = make_picture(credit="Foreign «غريب» (1):", **in_both("alt", "caption"))
    article, *others = [_article(section, picture) for _ in range(7)]
    for each in (article, *others):
        each.tags.add(tag)
        Byline.objects.create(article=each, author=author)
    Correction.objects.create(article=article, **in_both("note"))
    FrontPageSlot.objects.create(article=article)
    comment = make_comment(article, name="Foreign «غريب» (1):", text="Foreign «غريب» (1): text")
    make_comment(article, parent=comment, name="Foreign «غريب» (1):", text="Foreign «غريب» (1): text")
    return {"article": article, "section": child, "tag": tag, "author": author, "comment": comment}


def _article(category: Any, picture: Any) -> Article:
    return make_article(
        category=category,
        picture=picture,
        is_hot=True,
        kind="opinion",
        body_fr="<p>Texte.</p>",
        **{"title": "", **in_both("title", "kicker", "summary")},
    )


def address(site: dict[str, Any], kind: str, language: str) -> str:
    with translation.override(language):
        listing = reverse("comment_list", args=[site["article"].pk])
        return {
            "front": reverse("front_page"),
            "category": site["article"].category.get_absolute_url(),
            "tag": site["tag"].get_absolute_url(),
            "author": site["author"].get_absolute_url(),
            "hot": reverse("hot_list"),
            "latest": reverse("latest_list"),
            "article": site["article"].get_absolute_url(),
            "related": Article.objects.latest("pk").get_absolute_url(),
            "comments": listing,
            "answer": f"{listing}?reply={site['comment'].pk}",
            "receipt": receipt_url(site["comment"]),
            "search": reverse("search", query={"q": FOREIGN[language]}),
        }[kind]


def bare(element: Element, isolated: bool = False) -> Iterator[str]:
    """The texts of `element` that stand in no isolating element below it."""
    # The choices of a list are lines of their own, and take no elements.
    inside = isolated or element.tag in ("bdi", "option") or element.get("dir") in ("auto", "ltr")
    if element.text and not inside:
        yield element.text
    for child in element:
        yield from bare(child, inside)
        if child.tail and not inside:
            yield child.tail


def reordering(page: Element) -> list[str]:
    """Texts of the page that hold a foreign name outside any isolating element."""
    body = page.find("body")
    assert body is not None
    return [text.strip() for text in bare(body) if "(1):" in text]


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("language", ["ar", "fr"])
def test_a_page_says_its_direction_and_every_foreign_name_stands_in_an_isolating_element(
    client: Client, site: dict[str, Any], language: str, kind: str
) -> None:
    page = read(client, address(site, kind, language))

    locales = [meta.get("content") for meta in page.iter("meta") if meta.get("property") == "og:locale"]
    assert (page.get("lang"), page.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
    assert locales == [f"{language}_MA"]
    shown = "".join(page.find("body").itertext())  # type: ignore[union-attr]
    assert shown.count("(1):") >= 4
    assert FOREIGN[language] in shown
    assert reordering(page) == []


def test_the_form_that_comes_back_isolates_them_too(client: Client, site: dict[str, Any]) -> None:
    article = site["article"]
    response = client.post(reverse("comment_create", args=[article.pk]), comment_data(article, name=""))

    assert response.status_code == 422
    assert reordering(parse(response)) == []


@pytest.mark.parametrize("kind", PAGES)
def test_the_title_of_a_page_holds_them_between_isolates(client: Client, site: dict[str, Any], kind: str) -> None:
    title = read(client, address(site, kind, "ar")).findtext("head/title") or ""

    alone = "Foreign (1): name"  # the front page is called like the newspaper and nothing else
    assert title == alone if kind == "front" else isolate(alone) in title
    assert "(1):" not in re.sub("\u2068[^\u2068\u2069]*\u2069", "", title) or kind == "front"


def test_the_title_of_a_feed_isolates_the_article(client: Client, site: dict[str, Any]) -> None:
    feed = client.get(f"/news/{site['article'].pk}/comments/feed/").content.decode()

    assert f"<title>التعليقات على «{isolate('Foreign (1): title')}»</title>" in feed


def test_each_paragraph_of_a_comment_finds_its_own_direction_before_it_is_approved(
    client: Client, login: Any, moderator: User
) -> None:
    text = "فقرة أولى\nسطر\n\nUne phrase\n\n\u200b\n<b>"
    comment = make_comment(status="pending", text=text)
    answer = make_comment(comment.article, parent=comment, status="pending")
    change = reverse("admin:comments_comment_change", args=[answer.pk])

    receipt = read(client, receipt_url(comment))
    card = read(login(moderator), change)

    for page, holder in ((receipt, "comment__text"), (card, "comment-card")):
        shown = [each for box in page.iter("div") if box.get("class") == holder for each in box.iter("p")]
        told = [("".join("".join(each.itertext()).split()), each.get("dir")) for each in shown]
        assert ("فقرةأولىسطر", "auto") in told
        assert ("Unephrase", "auto") in told
        assert {direction for _words, direction in told} == {"auto"}
    assert Comment.objects.filter(html="").count() == 2


def test_messages_of_the_admin_isolate_what_they_are_about(login: Any, editor: User, site: dict[str, Any]) -> None:
    desk = login(editor)
    asking = reverse("admin:articles_article_step", args=[site["article"].pk, "withdraw"])

    page = desk.post(asking, {**form_data(desk.get(asking)), "note": "خطأ"}, follow=True).content.decode()

    assert f"«{isolate('Foreign (1): title')}»" in page


def test_the_title_of_an_admin_page_isolates_its_object(login: Any, editor: User, site: dict[str, Any]) -> None:
    page = read(login(editor), reverse("admin:articles_article_change", args=[site["article"].pk]))

    assert (page.findtext("head/title") or "").strip().startswith(isolate("Foreign (1): title"))


def test_rows_below_a_form_have_the_direction_of_their_language(login: Any, editor: User, site: dict[str, Any]) -> None:
    page = read(login(editor), reverse("admin:articles_article_change", args=[site["article"].pk]))

    notes = [
        (field.get("lang"), field.get("dir"))
        for field in page.iter("textarea")
        if field.get("name", "").startswith("corrections-0-note_")
    ]
    assert notes == [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")]
