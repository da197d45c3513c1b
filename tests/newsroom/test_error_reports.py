"""«أبلغ عن خطأ»: a reader tells what is wrong in an article, or asks for the right of reply."""

from typing import Any

import pytest
from django.test import Client

from articles.choices import Status
from articles.slugs import make_slug
from comments.stamp import make_stamp
from newsroom.models import ReaderLetter
from newsroom.models.letters import LETTERS_OF_ONE
from tests.factories import error_data, make_article
from tests.pages import parse, read, words, written_scripts

pytestmark = pytest.mark.django_db


def address_of(article: Any) -> str:
    return f"/news/{article.pk}/error/"


def post(client: Client, article: Any, **values: Any) -> Any:
    headers = values.pop("headers", None)
    return client.post(address_of(article), error_data(article, **values), REMOTE_ADDR="192.0.2.9", headers=headers)


def test_every_article_leads_to_the_form(client: Client) -> None:
    article = make_article()

    page = read(client, article.get_absolute_url())

    assert [each for each in page.iter("a") if each.get("href") == address_of(article)]


def test_the_form_is_public_and_the_same_for_everyone(client: Client) -> None:
    article = make_article("مقال")

    first, second = client.get(address_of(article)), Client().get(address_of(article))

    assert first.status_code == 200
    assert first.headers["Cache-Control"].startswith("public")
    assert not first.cookies
    assert first.content == second.content
    robots = parse(first).find(".//meta[@name='robots']")
    assert robots is not None
    assert robots.get("content") == "noindex"


@pytest.mark.parametrize("kind", ["error", "reply"])
def test_a_report_is_stored_with_its_article_and_without_a_name(client: Client, kind: str) -> None:
    article = make_article()

    response = post(client, article, kind=kind, quote="  فقرة ", text="الصحيح هو الثلاثاء.")

    letter = ReaderLetter.objects.defer(None).get()
    assert (response.status_code, response.headers["Location"]) == (303, f"{address_of(article)}received/")
    assert (letter.kind, letter.article, letter.quote, letter.text) == (kind, article, "فقرة", "الصحيح هو الثلاثاء.")
    assert (letter.name, letter.email, letter.email_digest) == ("", "", "")
    thanks = client.get(response.headers["Location"])
    assert (thanks.status_code, thanks.headers["Cache-Control"]) == (200, "private, no-store")


def test_a_name_and_an_address_may_be_left(client: Client) -> None:
    post(client, make_article(), name="سعيد", email="said@example.ma")

    letter = ReaderLetter.objects.defer(None).get()
    assert (letter.name, letter.email) == ("سعيد", "said@example.ma")
    assert letter.has_address


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", ""), ("kind", "contact"), ("kind", ""), ("email", "x"), ("quote", "س" * 501), ("name", "\u2800")],
)
def test_what_is_wrong_is_told_and_the_text_kept(client: Client, field: str, value: str) -> None:
    response = post(client, make_article(), **{"text": "كلام لا يضيع", field: value})

    document = parse(response)
    assert response.status_code == 422
    assert words(document.find(f".//ul[@id='id_{field}_error']"))
    assert field == "text" or "كلام لا يضيع" in response.content.decode()
    assert not ReaderLetter.objects.exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_only_what_readers_see_can_be_reported(client: Client, status: str) -> None:
    article = make_article(status=status)

    answers = [client.get(address_of(article)), post(client, article), client.get(f"{address_of(article)}received/")]

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert not ReaderLetter.objects.exists()


def test_an_article_is_reported_in_the_languages_it_exists_in(client: Client) -> None:
    article = make_article("مقال", title_fr="Article")

    assert client.get(f"/fr{address_of(article)}").status_code == 200
    assert client.get(f"/en{address_of(article)}").status_code == 404


def test_the_guards_of_public_forms_stand_here_too(client: Client) -> None:
    article, other = make_article(), make_article()

    foreign = post(client, article, headers={"Origin": "https://evil.example"})
    borrowed = post(client, article, stamp=make_stamp(other.pk))
    trapped = post(client, article, website="x")
    huge = post(client, article, text="x" * 70_000)

    assert [each.status_code for each in (foreign, borrowed, trapped, huge)] == [403, 422, 303, 413]
    assert not ReaderLetter.objects.exists()


def test_reports_of_one_connection_are_bounded(client: Client) -> None:
    article = make_article()

    answers = [post(client, article, text=f"خطأ {number}").status_code for number in range(LETTERS_OF_ONE + 1)]

    assert answers == [303] * LETTERS_OF_ONE + [429]


def test_no_script_of_a_reader_runs(client: Client) -> None:
    response = post(client, make_article(), text="<script>alert(1)</script>", email='"><img src=x onerror=alert(1)>')

    assert response.status_code == 422
    assert written_scripts(parse(response)) == []
    assert parse(response).findall(".//main//img") == []


def test_an_article_of_that_name_keeps_its_own_address(client: Client) -> None:
    article = make_article("Error")

    assert make_slug("Error") == "-"
    assert client.get(article.get_absolute_url()).status_code == 200
    assert words(read(client, article.get_absolute_url()).find(".//h1")) == "Error"
