"""Posting a comment: what is taken, and what comes back to the reader to be put right."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

import html5lib
import pytest
import time_machine
from django.test import Client

from articles.models import Article
from comments.choices import Mode, Reason, Status
from comments.models import Comment, Decision, Policy
from comments.stamp import make_stamp
from tests.factories import comment_data, make_article, make_comment

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 5, tzinfo=UTC)
LONG = "ت" * 5_000
FIELDS = ("name", "email", "text")
# What is wrong, the field that says so, and what the reader's browser sends there.
WRONG = {
    "no name": ("name", ""),
    "invisible name": ("name", "\u200b\u3164"),
    "long name": ("name", "س" * 61),
    "no e-mail": ("email", ""),
    "bad e-mail": ("email", "said@"),
    "control in the e-mail": ("email", "said\x07@example.ma"),
    "no text": ("text", ""),
    "blank text": ("text", " \n\t\u200b "),
    "long text": ("text", LONG + "ت"),
    "control in the text": ("text", "نص\x07"),
    "null in the text": ("text", "نص\x00"),
}


def post(client: Client, article: Article, prefix: str = "", **values: Any) -> Any:
    """Send what a browser sends from the form under `article`, with `values` instead of the right ones."""
    return send(client, article, comment_data(article, **values), prefix)


def send(client: Client, article: Article, fields: dict[str, Any], prefix: str = "") -> Any:
    body = urlencode(fields)
    return client.post(f"{prefix}/news/{article.pk}/comments/", body, content_type="application/x-www-form-urlencoded")


def form_in(response: Any) -> Element:
    document = html5lib.parse(response.content, namespaceHTMLElements=False, transport_encoding="utf-8")
    form = document.find(".//main[@id='content']//form[@id='comment-form']")
    assert form is not None
    return form


def values_in(form: Element) -> dict[str, str]:
    """What the browser would send if the reader pressed the button."""
    values = {field.get("name"): field.get("value", "") for field in form.iter("input")}
    return values | {field.get("name"): "".join(field.itertext()) for field in form.iter("textarea")}


def complaints(form: Element) -> set[str]:
    """The names of the fields that carry an error: described by it, and marked as invalid."""
    described = {}
    for field in [*form.iter("input"), *form.iter("textarea"), *form.iter("select")]:
        for identifier in (field.get("aria-describedby") or "").split():
            described[field.get("name")] = form.find(f".//*[@id='{identifier}']/li")
            assert field.get("aria-invalid") == "true"
    assert all(error is not None and "".join(error.itertext()).strip() for error in described.values())
    return set(described)


def test_a_comment_is_taken_and_waits(client: Client) -> None:
    article = make_article()

    response = post(client, article)

    comment = Comment.objects.get()
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/comments/received/")
    assert client.get(response.headers["Location"]).status_code == 200
    assert (comment.article, comment.parent, comment.status) == (article, None, Status.PENDING)
    assert (comment.name, comment.email, comment.text) == ("سعيد", "said@example.ma", "شكرا على هذا المقال.")
    assert Decision.objects.get(comment=comment).reason == Reason.HELD
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_waiting_comment_is_on_no_page(client: Client) -> None:
    article = make_article()
    post(client, article, text="نص ينتظر")

    for address in (article.get_absolute_url(), f"/news/{article.pk}/comments/", f"/news/{article.pk}/comments/feed/"):
        assert "نص ينتظر" not in client.get(address).content.decode()


def test_where_the_policy_says_so_it_is_shown_at_once(client: Client) -> None:
    article = make_article()
    Policy.objects.create(article=article, mode=Mode.POST)

    post(client, article, text="نص لا ينتظر")

    assert "نص لا ينتظر" in client.get(article.get_absolute_url()).content.decode()


def test_a_french_page_leads_to_a_french_receipt(client: Client) -> None:
    article = make_article(title_fr="Le train")

    response = post(client, article, prefix="/fr")

    assert response.status_code == 303
    assert response.headers["Location"].startswith("/fr/comments/received/")


@time_machine.travel(NOW, tick=False)
def test_a_double_click_is_one_comment(client: Client) -> None:
    article = make_article()

    first, second = post(client, article), post(client, article)

    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["Location"] == first.headers["Location"]
    assert Comment.objects.count() == 1
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("text", [LONG, "🌴" * 5_000, "س\r\n" * 2_500], ids=["arabic", "emoji", "lines"])
def test_a_comment_of_five_thousand_characters_is_taken(client: Client, text: str) -> None:
    assert post(client, make_article(), text=text).status_code == 303
    assert Comment.objects.get().text == text.replace("\r\n", "\n").strip()


def test_an_answer_is_taken(client: Client) -> None:
    parent = make_comment()

    response = post(client, parent.article, parent=parent.pk)

    assert response.status_code == 303
    assert Comment.objects.get(name="سعيد").parent == parent


@pytest.mark.parametrize(("field", "value"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_the_rest_is_kept(client: Client, field: str, value: str) -> None:
    article = make_article()

    response = post(client, article, **{field: value})

    form, typed = form_in(response), comment_data(article)
    assert response.status_code == 422
    assert response.headers["Cache-Control"] == "private, no-store"
    assert complaints(form) == {field}
    kept = values_in(form)
    assert {name: kept[name] for name in FIELDS if name != field} == {
        name: typed[name] for name in FIELDS if name != field
    }
    assert not Comment.objects.exists()


@pytest.mark.parametrize("field", ["email", "text"])
def test_what_was_typed_wrongly_is_kept_too(client: Client, field: str) -> None:
    value = {"email": "said@", "text": LONG + "ت"}[field]

    response = post(client, make_article(), **{field: value})

    assert values_in(form_in(response))[field] == value


def test_all_that_is_missing_is_said_at_once(client: Client) -> None:
    response = send(client, make_article(), {})

    assert response.status_code == 422
    assert complaints(form_in(response)) == {"name", "email", "text"}


def test_typed_markup_comes_back_as_text(client: Client) -> None:
    hostile = '"></textarea><script>alert(1)</script>'

    response = post(client, make_article(), name=hostile, text=hostile, email=hostile)

    form = form_in(response)
    assert b"<script>" not in response.content
    assert {values_in(form)[name] for name in FIELDS} == {hostile}


@pytest.mark.parametrize("parent", ["elsewhere", "pending", "rejected", "unknown", "no number", "huge"])
def test_an_answer_to_what_is_not_there_comes_back(client: Client, parent: str) -> None:
    article = make_article()
    key = {
        "elsewhere": lambda: make_comment().pk,
        "pending": lambda: make_comment(article, status=Status.PENDING).pk,
        "rejected": lambda: make_comment(article, status=Status.REJECTED).pk,
        "unknown": lambda: 999_999,
        "no number": lambda: "١x",
        "huge": lambda: "9" * 20,
    }[parent]()

    response = post(client, article, parent=key)

    form = form_in(response)
    assert response.status_code == 422
    assert form.find(".//*[@id='id_parent_error']/li") is not None
    assert values_in(form)["text"] == comment_data(article)["text"]
    assert not Comment.objects.filter(name="سعيد").exists()


def test_the_form_that_comes_back_sends_it_as_a_new_comment(client: Client) -> None:
    article = make_article()
    response = post(client, article, parent=make_comment(article, status=Status.REJECTED).pk)

    again = send(client, article, values_in(form_in(response)))

    assert again.status_code == 303
    assert Comment.objects.get(name="سعيد").parent is None


def stale(article: Article) -> str:
    with time_machine.travel(NOW - timedelta(days=8), tick=False):
        return make_stamp(article.pk)


STAMPS: dict[str, Any] = {
    "stale": stale,
    "forged": lambda article: make_stamp(article.pk)[:-3] + "AAA",
    "of another article": lambda article: make_stamp(article.pk + 1),
    "missing": lambda article: "",
    "too long": lambda article: "x" * 5000,
    "with a null": lambda article: "\x00",
}


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("stamp", STAMPS.values(), ids=STAMPS)
def test_a_bad_stamp_brings_the_form_back_with_a_fresh_one(client: Client, stamp: Any) -> None:
    article = make_article()

    response = post(client, article, stamp=stamp(article))
    stored = Comment.objects.count()
    form = form_in(response)
    again = send(client, article, values_in(form))

    assert (response.status_code, stored) == (422, 0)
    assert form.find(".//ul[@class='errorlist nonfield']/li") is not None
    assert {name: values_in(form)[name] for name in FIELDS} == {name: comment_data(article)[name] for name in FIELDS}
    assert values_in(form)["stamp"] == make_stamp(article.pk)
    assert again.status_code == 303
    assert Comment.objects.get().text == comment_data(article)["text"]


@time_machine.travel(NOW, tick=False)
def test_a_page_of_seven_days_still_posts(client: Client) -> None:
    article = make_article()
    with time_machine.travel(NOW - timedelta(days=7), tick=False):
        stamp = make_stamp(article.pk)

    assert post(client, article, stamp=stamp).status_code == 303


def test_the_form_of_the_articles_page_works(client: Client) -> None:
    article = make_article()
    form = form_in(client.get(article.get_absolute_url()))

    response = client.post(
        form.get("action"), values_in(form) | {"name": "سعيد", "email": "s@example.ma", "text": "نعم"}
    )

    assert form.get("method") == "post"
    assert response.status_code == 303
    assert Comment.objects.get().text == "نعم"


@time_machine.travel(NOW, tick=False)
def test_a_program_that_fills_every_field_is_told_nothing(client: Client) -> None:
    article = make_article()
    honest = post(client, article)

    trapped = post(client, article, email="saida@example.ma", website="https://spam.example")

    spam = Comment.objects.get(status=Status.SPAM)
    assert (trapped.status_code, trapped.headers.keys()) == (honest.status_code, honest.headers.keys())
    assert Decision.objects.get(comment=spam).reason == Reason.HONEYPOT
    receipts = [client.get(response.headers["Location"]).content.decode() for response in (honest, trapped)]
    pages = [re.sub("/received/[^/]+/", "/received/TOKEN/", page.partition("<h1")[2]) for page in receipts]
    assert pages[0] == pages[1] != ""
    assert "spam.example" not in receipts[1]
    assert spam.text not in client.get(article.get_absolute_url()).content.decode()
