"""The paste cleaner of the writing form: who may use it, what it answers, and what it refuses."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.admin_forms import parse
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/articles/article/clean-paste/"


@pytest.fixture
def desk(login: Any, journalist: User) -> Client:
    return login(journalist)


def send(desk: Client, address: str = ADDRESS, **asked: Any) -> HttpResponse:
    return desk.post(address, json.dumps({"language": "ar", **asked}), content_type="application/json")


def test_the_answer_has_the_text_and_what_was_changed(desk: Client) -> None:
    response = send(desk, text="عـــاجل, ﻧﻌﻢ")

    answer = response.json()
    assert (response.status_code, answer["content"]) == (200, "عاجل، نعم")
    assert len(answer["changes"]) == 3
    assert all(change["label"] in answer["summary"] for change in answer["changes"])
    assert ["عـــاجل,", "عاجل,"] in [example for change in answer["changes"] for example in change["examples"]]


def test_an_editor_gets_html_and_a_plain_field_text(desk: Client) -> None:
    html = "<p class=MsoNormal>أ &amp; ب</p>"

    assert send(desk, text="أ & ب", html=html, rich=True).json()["content"] == "<p>أ &amp; ب</p>"
    assert send(desk, text="أ & ب\nج", rich=True).json()["content"] == "<p>أ &amp; ب</p><p>ج</p>"
    assert send(desk, text="أ & ب", html=html).json()["content"] == "أ & ب"


def test_a_clean_text_has_nothing_to_tell(desk: Client) -> None:
    assert send(desk, text="نعم، قال.").json() == {"content": "نعم، قال.", "summary": "", "changes": []}


def test_the_words_are_those_of_the_form(desk: Client) -> None:
    english = send(desk, "/en/admin/articles/article/clean-paste/", text="عـــاجل وعـــاجل").json()

    assert english["summary"] == "Cleaned: 2 stretched words."


def test_the_answer_is_kept_nowhere_and_changes_nothing(desk: Client) -> None:
    response = send(desk, text="نعم")

    assert response.headers["Cache-Control"] == "private, no-store"


def test_only_those_who_write_may_ask(login: Any, client: Client) -> None:
    assert send(login(make_user("editor")), text="نعم").status_code == 200
    assert send(login(make_user("moderator")), text="نعم").status_code == 403
    assert send(Client(), text="نعم").status_code == 302


def test_a_page_of_another_site_cannot_ask(journalist: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(journalist)

    assert send(strict, text="نعم").status_code == 403


def test_it_cannot_be_asked_by_an_address(desk: Client) -> None:
    assert desk.get(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff", b"[]", b"1", b'{"text": 1, "language": "ar"}', b'{"text": "x"}', b'{"text": "x", "language": "de"}']
    + [b"[" * 100_000],
)
def test_what_is_no_question_is_refused_in_words(desk: Client, body: bytes) -> None:
    response = desk.post(ADDRESS, body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["error"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"text": "س" * 250_001}, 413),
        ({"html": "<p>" + "x" * 500_000, "rich": True}, 413),
        ({"text": "x" * 1_500_001}, 413),
        ({"html": "<blockquote>" * 300, "rich": True}, 422),
        ({"text": "&" * 400_000, "rich": True}, 422),
    ],
    ids=["text", "html", "request", "deep", "grown"],
)
def test_what_is_too_much_is_refused_in_words(desk: Client, asked: dict[str, Any], status: int) -> None:
    response = send(desk, **asked)

    assert response.status_code == status
    assert response.json()["error"]


def test_every_field_that_is_written_in_names_the_cleaner(desk: Client) -> None:
    page = parse(desk.get(reverse("admin:articles_article_add")))

    named = {field.get("name") for field in page.iter() if field.get("data-paste-url") == ADDRESS}

    words = ("kicker", "title", "summary", "body")
    assert named == {f"{word}_{language}" for word in words for language in ("ar", "fr", "en")}
