"""The pages for when something is wrong: in the reader's language, telling nothing that is not theirs."""

from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import bad_request, permission_denied, server_error

from newsroom.wsgi import utf8_only
from tests.factories import make_category
from tests.pages import words, written_scripts

DIRECTIONS = [("", "ar", "rtl"), ("/fr", "fr", "ltr"), ("/en", "en", "ltr")]
in_each_language = pytest.mark.parametrize(("prefix", "code", "direction"), DIRECTIONS, ids=["ar", "fr", "en"])
CATALOGUE = {
    "404": "This page is not here",
    "500": "Something went wrong on our side",
    "csrf": "This form has expired",
}


def parse(response: Any) -> Element:
    assert response.headers["Content-Type"].startswith("text/html")
    return html5lib.parse(response.content, namespaceHTMLElements=False, transport_encoding="utf-8")


def is_in(document: Element, code: str, direction: str) -> bool:
    return (document.get("lang"), document.get("dir")) == (code, direction)


@pytest.mark.django_db
@in_each_language
def test_a_missing_page_is_told_in_the_language_of_its_address(
    client: Client, prefix: str, code: str, direction: str
) -> None:
    category = make_category("الحكومة", name_fr="Gouvernement", name_en="Government")
    section = f"{prefix}{category.get_absolute_url()}"

    response = client.get(f"{prefix}/لا-شيء-هنا/")

    document = parse(response)
    assert response.status_code == 404
    assert is_in(document, code, direction)
    assert response.headers["Content-Language"] == code
    assert words(document.find(".//main[@id='content']//h1"))
    assert document.find(f".//nav[@id='menu']//a[@href='{prefix}/']") is not None
    assert document.find(f".//nav[@id='menu']//a[@href='{section}']") is not None
    assert document.find(".//meta[@name='robots']").get("content") == "noindex"


@pytest.mark.django_db
@pytest.mark.parametrize("preferred", ["fr", "en-US,en;q=0.9"])
def test_the_browsers_language_does_not_matter(client: Client, preferred: str) -> None:
    response = client.get("/nothing/", headers={"Accept-Language": preferred})

    assert is_in(parse(response), "ar", "rtl")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/%3Cscript%3Ealert(1)%3C/script%3E/", "/canary%22onload=alert(1)/", "/tag/x/?q=canary%3Cscript%3E"]
)
def test_a_missing_page_does_not_repeat_its_address(client: Client, path: str) -> None:
    response = client.get(path)

    assert response.status_code == 404
    assert written_scripts(parse(response)) == []
    assert b"alert(1)" not in response.content
    assert b"canary" not in response.content


@in_each_language
def test_a_fault_is_told_without_context_or_database(
    rf: RequestFactory, prefix: str, code: str, direction: str
) -> None:
    with translation.override(code):
        response = server_error(rf.get(f"{prefix}/"))

    document = parse(response)
    assert response.status_code == 500
    assert is_in(document, code, direction)
    assert words(document.find(".//main[@id='content']//h1"))
    assert document.find(f".//main[@id='content']//a[@href='{prefix}/']") is not None


@pytest.mark.django_db
@in_each_language
def test_a_fault_tells_nothing_of_its_cause(
    monkeypatch: pytest.MonkeyPatch, prefix: str, code: str, direction: str
) -> None:
    def fail() -> HttpResponse:
        raise RuntimeError("canary")

    monkeypatch.setattr("articles.views.compose", fail)

    response = Client(raise_request_exception=False).get(f"{prefix}/")

    assert response.status_code == 500
    assert is_in(parse(response), code, direction)
    assert b"canary" not in response.content
    assert b"Traceback" not in response.content


@pytest.mark.parametrize(
    ("view", "error", "status"),
    [(bad_request, SuspiciousOperation("canary"), 400), (permission_denied, PermissionError("canary"), 403)],
    ids=["bad request", "forbidden"],
)
def test_a_refusal_is_told_without_database_and_cause(
    rf: RequestFactory, view: Any, error: Exception, status: int
) -> None:
    response = view(rf.get("/"), error)

    document = parse(response)
    assert response.status_code == status
    assert is_in(document, "ar", "rtl")
    assert words(document.find(".//main[@id='content']//h1"))
    assert b"canary" not in response.content


@pytest.mark.django_db
@in_each_language
def test_a_form_without_its_token_is_refused_in_words_of_ours(prefix: str, code: str, direction: str) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post(f"{prefix}/admin/login/", {"username": "canary", "password": "canary"})

    document = parse(response)
    assert response.status_code == 403
    assert is_in(document, code, direction)
    with translation.override(code):
        assert words(document.find(".//main[@id='content']//h1")) == translation.gettext(CATALOGUE["csrf"])
    assert b"canary" not in response.content


@pytest.mark.django_db
def test_a_page_of_staff_is_forbidden_in_words_of_ours(client: Client, journalist: Any) -> None:
    client.force_login(journalist)

    response = client.get("/admin/comments/comment/")

    assert response.status_code == 403
    assert is_in(parse(response), "ar", "rtl")
    assert parse(response).find(".//main[@id='content']") is not None


@pytest.mark.parametrize("code", ["ar", "fr"])
@pytest.mark.parametrize("sentence", CATALOGUE.values(), ids=CATALOGUE)
def test_every_heading_is_translated(code: str, sentence: str) -> None:
    with translation.override(code):
        assert translation.gettext(sentence) != sentence


@pytest.mark.parametrize("charset", ["hex", "rot13", "punycode", "undefined", "utf-16", "no-such"])
def test_a_charset_that_a_header_names_changes_nothing(charset: str) -> None:
    def serve(environ: dict, start_response: Any) -> list[bytes]:
        return [environ["CONTENT_TYPE"].encode()]

    kept = utf8_only(serve)({"CONTENT_TYPE": f"text/plain; charset={charset}; boundary=x"}, lambda *args: None)

    assert list(kept) == [b"text/plain; boundary=x"]
