"""The contact form: on its page, without cookie and script, taken with care."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from comments.privacy import address_digest
from comments.stamp import make_stamp
from newsroom.choices import LetterKind, LetterState, PageKind, StaffMail
from newsroom.models import ReaderLetter, StaffMessage
from newsroom.models.letters import LETTERS_OF_ALL, LETTERS_OF_ONE
from tests.factories import contact_data, make_letter, make_page, make_site
from tests.pages import parse, read, words
from tests.postman import mail_server, part

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def page() -> Any:
    return make_page("اتصل بنا", slug="contact", kind=PageKind.CONTACT, title_fr="Contact")


def post(client: Client, address: str = "/contact/", ip: str = "192.0.2.7", **values: Any) -> Any:
    headers = values.pop("headers", None)
    return client.post(address, contact_data(**values), REMOTE_ADDR=ip, headers=headers)


def error_of(response: Any, field: str) -> str:
    found = parse(response).find(f".//ul[@id='id_{field}_error']")
    return words(found)


def test_the_page_shows_the_form_and_is_the_same_for_everyone(client: Client) -> None:
    first, second = client.get("/page/contact/"), Client(headers={"User-Agent": "other"}).get("/page/contact/")

    form = parse(first).find(".//form[@id='contact-form']")
    assert form is not None
    assert (form.get("method"), form.get("action")) == ("post", "/contact/")
    assert {each.get("name") for each in form.iter("input")} == {"stamp", "name", "email", "website"}
    assert first.content == second.content
    assert not first.cookies
    assert first.headers["Cache-Control"].startswith("public")


def test_a_message_is_stored_under_an_encrypted_address(client: Client) -> None:
    response = post(client, email="Said@example.ma", text="سطر أول\r\n\r\n\r\nسطر ثان")

    letter = ReaderLetter.objects.defer(None).get()
    assert (response.status_code, response.headers["Location"]) == (303, "/contact/received/")
    assert (letter.kind, letter.state, letter.language) == (LetterKind.CONTACT, LetterState.OPEN, "ar")
    assert (letter.email, letter.email_digest) == ("Said@example.ma", address_digest("said@example.ma"))
    assert letter.text == "سطر أول\n\nسطر ثان"
    assert "192.0.2.7" not in letter.client
    assert len(letter.client) == 64


def test_what_follows_is_a_page_that_nobody_stores(client: Client) -> None:
    response = client.get(post(client).headers["Location"])

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert not response.cookies


def test_a_french_message_stays_in_french(client: Client) -> None:
    response = post(client, "/fr/contact/")

    assert response.headers["Location"] == "/fr/contact/received/"
    assert ReaderLetter.objects.get().language == "fr"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\u200b\u3164"),
        ("name", "س" * 61),
        ("email", ""),
        ("email", "not an address"),
        ("email", "سعيد@example.ma"),
        ("text", " \n "),
        ("text", "س" * 5001),
        ("text", "x\x07y"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_the_text_is_kept(client: Client, field: str, value: str) -> None:
    response = post(client, **{"text": "كلام لا يضيع", field: value})

    assert response.status_code == 422
    assert response.headers["Cache-Control"] == "private, no-store"
    assert error_of(response, field)
    if field != "text":
        assert words(parse(response).find(".//textarea[@name='text']")) == "كلام لا يضيع"
    assert not ReaderLetter.objects.exists()


@pytest.mark.parametrize("stamp", ["", "forged", "1.2:x"])
def test_a_stale_stamp_brings_the_form_back_with_a_fresh_one(client: Client, stamp: str) -> None:
    response = post(client, stamp=stamp, text="كلام لا يضيع")

    fresh = parse(response).find(".//input[@name='stamp']")
    assert response.status_code == 422
    assert fresh is not None
    assert fresh.get("value") == make_stamp("contact")
    assert "كلام لا يضيع" in response.content.decode()


def test_the_stamp_of_an_article_does_not_serve_here(client: Client) -> None:
    assert post(client, stamp=make_stamp(1)).status_code == 422


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_sites_form_is_refused(client: Client, headers: dict[str, str]) -> None:
    assert post(client, headers=headers).status_code == 403
    assert not ReaderLetter.objects.exists()


def test_what_falls_into_the_trap_is_thanked_for_and_forgotten(client: Client) -> None:
    assert post(client, website="https://spam.example").status_code == 303
    assert not ReaderLetter.objects.exists()


def test_a_double_click_is_one_message(client: Client) -> None:
    assert [post(client).status_code, post(client).status_code] == [303, 303]
    assert ReaderLetter.objects.count() == 1


def test_one_connection_writes_a_few_times_an_hour(client: Client) -> None:
    for number in range(LETTERS_OF_ONE):
        assert post(client, text=f"رسالة {number}").status_code == 303

    flooded, other = post(client, text="واحدة أخرى"), post(client, ip="192.0.2.8", text="من غيره")

    assert (flooded.status_code, flooded.headers["Retry-After"]) == (429, "3600")
    assert "واحدة أخرى" in flooded.content.decode()
    assert other.status_code == 303
    ReaderLetter.objects.update(at=timezone.now() - timedelta(hours=2))
    assert post(client, text="بعد ساعة").status_code == 303


def test_connections_that_cannot_be_told_apart_share_a_larger_bound(client: Client) -> None:
    ReaderLetter.objects.bulk_create(
        ReaderLetter(kind=LetterKind.CONTACT, text=str(number)) for number in range(LETTERS_OF_ALL - 1)
    )

    answers = [post(client, ip="127.0.0.1", text=f"نص {number}").status_code for number in range(2)]

    assert answers == [303, 429]


def test_a_locked_database_keeps_the_text(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*args: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("newsroom.models.letters.LetterManager.receive", locked)

    response = post(client, text="كلام لا يضيع")

    assert response.status_code == 503
    assert "كلام لا يضيع" in response.content.decode()


def test_the_forms_own_address_leads_to_the_page(client: Client) -> None:
    assert client.get("/contact/").headers["Location"] == "/page/contact/"
    assert client.get("/en/contact/").status_code == 404
    assert client.put("/contact/").status_code == 405


def test_the_newsroom_hears_of_a_message_without_a_word_of_it(client: Client) -> None:
    make_site(contact_email="redaction@example.ma")
    post(client, name="سعيد", email="canary@example.org", text="كلام سري")
    letter = ReaderLetter.objects.get()

    with mail_server() as postman:
        call_command("tick")
        call_command("tick")

    mail = postman.letter()
    assert postman.recipients() == ["redaction@example.ma"]
    for said in (part(mail, "plain"), part(mail, "html"), str(mail)):
        assert "canary" not in said
        assert "سري" not in said
    assert f"/admin/newsroom/readerletter/{letter.pk}/change/" in part(mail, "plain")


def test_without_a_mailbox_nobody_is_written_to(client: Client) -> None:
    post(client)

    assert not StaffMessage.objects.exists()


def test_a_letter_that_is_closed_is_announced_no_more(client: Client, editor: Any) -> None:
    make_site(contact_email="redaction@example.ma")
    post(client)
    ReaderLetter.objects.get().close(by=editor)

    with mail_server() as postman:
        call_command("tick")

    assert postman.received == []
    assert not StaffMessage.objects.filter(kind=StaffMail.LETTER).exists()


def test_a_letter_takes_nothing_from_a_page_without_form(client: Client) -> None:
    make_letter()
    make_page("من نحن", slug="about")

    assert read(client, "/page/about/").find(".//form[@method='post']") is None
