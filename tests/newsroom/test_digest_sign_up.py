"""Signing up for the newsletter: without cookie and script, and telling nobody what is known."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.personal_data import retention
from comments.privacy import address_digest
from comments.stamp import make_stamp
from newsroom.choices import DigestMail
from newsroom.models import DigestMessage, DigestSubscription
from newsroom.models.digest import ASKED_BY_ALL, ASKED_BY_ONE
from newsroom.newsletter.data import UNCONFIRMED
from tests.newsletter import ADDRESS, SETTINGS, at, link, make_subscriber, sign_up
from tests.pages import parse, read, words
from tests.postman import mail_server, part

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings() -> Any:
    with SETTINGS:
        yield


def waiting() -> int:
    """How many confirmations will be sent."""
    return DigestMessage.objects.filter(kind=DigestMail.CONFIRM, sent_at=None, failed_at=None).count()


def test_the_page_is_the_same_for_everyone(client: Client) -> None:
    first, second = client.get("/newsletter/"), Client(headers={"User-Agent": "other"}).get("/newsletter/?utm=1")

    form = parse(first).find(".//form[@id='newsletter-form']")
    assert form is not None
    assert (form.get("method"), form.get("action")) == ("post", "/newsletter/")
    assert {each.get("name") for each in form.iter("input")} == {"stamp", "email", "website"}
    assert first.content == second.content
    assert not first.cookies
    assert first.headers["Cache-Control"].startswith("public")
    assert "Cookie" not in first.headers.get("Vary", "")


@pytest.mark.parametrize(("prefix", "direction"), [("", "rtl"), ("/fr", "ltr"), ("/en", "ltr")])
def test_every_page_leads_there_in_its_language(client: Client, prefix: str, direction: str) -> None:
    root = read(client, f"{prefix}/imprint/")

    assert root.find(f".//footer//a[@href='{prefix}/newsletter/']") is not None
    assert read(client, f"{prefix}/newsletter/").get("dir") == direction
    assert "07:00" in words(read(client, f"{prefix}/newsletter/").find(".//main"))


def test_the_page_costs_the_frame_alone(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/newsletter/")

    assert len(captured) == 3


def test_a_wish_is_stored_encrypted_and_unconfirmed(client: Client) -> None:
    response = sign_up(client, "Canary7q@kanari.example")

    wish = DigestSubscription.objects.defer(None).get()
    assert (response.status_code, response.headers["Location"]) == (303, "/newsletter/received/")
    assert not response.cookies
    assert (wish.email, wish.email_digest) == ("Canary7q@kanari.example", address_digest(ADDRESS))
    assert (wish.language, wish.confirmed_at, wish.last_day) == ("ar", None, None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM newsroom_digestsubscription")
        assert "anary" not in cursor.fetchone()[0]


def test_what_follows_is_a_page_that_nobody_stores(client: Client) -> None:
    response = client.get(sign_up(client, address="/fr/newsletter/").headers["Location"])

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert parse(response).get("lang") == "fr"
    assert DigestSubscription.objects.get().language == "fr"


@pytest.mark.parametrize("email", ["", "not an address", "سعيد@example.ma", "a@b.ma\nBcc: c@d.ma", "x" * 260 + "@b.ma"])
def test_what_is_wrong_is_told_and_what_was_typed_is_kept(client: Client, email: str) -> None:
    response = sign_up(client, email)

    typed = parse(response).find(".//input[@name='email']")
    assert response.status_code == 422
    assert response.headers["Cache-Control"] == "private, no-store"
    assert typed is not None
    assert (typed.get("value") or "").replace("\n", "") == email.replace("\n", "")
    assert words(parse(response).find(".//ul[@id='id_email_error']"))
    assert not DigestSubscription.objects.exists()


@pytest.mark.parametrize("stamp", ["", "forged", make_stamp("contact"), make_stamp(1)])
def test_a_stamp_that_is_not_of_this_form_brings_it_back_with_a_fresh_one(client: Client, stamp: str) -> None:
    response = sign_up(client, stamp=stamp)

    root = parse(response)
    assert response.status_code == 422
    assert getattr(root.find(".//input[@name='stamp']"), "attrib", {})["value"] == make_stamp("newsletter")
    assert getattr(root.find(".//input[@name='email']"), "attrib", {})["value"] == ADDRESS


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_sites_form_is_refused(client: Client, headers: dict[str, str]) -> None:
    assert sign_up(client, headers=headers).status_code == 403
    assert not DigestSubscription.objects.exists()


def test_what_falls_into_the_trap_is_led_on_and_forgotten(client: Client) -> None:
    response = sign_up(client, website="https://spam.example")

    assert (response.status_code, response.headers["Location"]) == (303, "/newsletter/received/")
    assert not DigestSubscription.objects.exists()


def test_nobody_learns_whether_an_address_is_known(client: Client) -> None:
    make_subscriber("known@example.ma")
    make_subscriber("waiting@example.ma", confirmed_at=None)
    answers = [sign_up(client, f"{name}@example.ma") for name in ("known", "waiting", "new")]
    pages = {client.get(answer.headers["Location"]).content for answer in answers}

    assert {(answer.status_code, answer.content, str(answer.headers)) for answer in answers} == {
        (303, b"", str(answers[0].headers))
    }
    assert len(pages) == 1
    assert DigestMessage.objects.count() == 3  # each counts for the connection, sent or not
    assert waiting() == 2


def test_a_double_click_is_one_wish_and_one_mail(client: Client) -> None:
    assert [sign_up(client).status_code, sign_up(client).status_code] == [303, 303]
    assert DigestSubscription.objects.count() == 1
    assert waiting() == 1


def test_an_address_is_written_to_once_an_hour_and_three_times_a_day(client: Client) -> None:
    for hours in (20, 10, 2):
        sign_up(client)
        sign_up(client)
        DigestMessage.objects.filter(created_at__gt=timezone.now() - timedelta(hours=1)).update(
            created_at=timezone.now() - timedelta(hours=hours)
        )
    sign_up(client, address="/fr/newsletter/")

    assert waiting() == 3
    assert DigestSubscription.objects.count() == 2


def test_one_connection_asks_a_few_times_an_hour_whatever_it_asks(client: Client) -> None:
    make_subscriber("known@example.ma")
    for number in range(ASKED_BY_ONE):
        assert sign_up(client, "known@example.ma" if number % 2 else f"new{number}@example.ma").status_code == 303

    flooded, other = sign_up(client, "last@example.ma"), sign_up(client, "last@example.ma", ip="192.0.2.8")

    assert (flooded.status_code, flooded.headers["Retry-After"]) == (429, "3600")
    assert "last@example.ma" in flooded.content.decode()
    assert other.status_code == 303
    DigestMessage.objects.update(created_at=timezone.now() - timedelta(hours=2))
    assert sign_up(client, "again@example.ma").status_code == 303


def test_connections_that_cannot_be_told_apart_share_a_larger_bound(client: Client) -> None:
    known = make_subscriber()
    DigestMessage.objects.bulk_create(
        DigestMessage(kind=DigestMail.CONFIRM, subscription=known) for _ in range(ASKED_BY_ALL - 1)
    )

    answers = [sign_up(client, f"reader{number}@example.ma", ip="127.0.0.1").status_code for number in range(2)]

    assert answers == [303, 429]


def test_a_locked_database_keeps_the_address(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*args: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("newsroom.models.digest.DigestManager.ask", locked)

    response = sign_up(client)

    assert response.status_code == 503
    assert ADDRESS in response.content.decode()


def test_a_post_that_is_too_long_is_refused(client: Client) -> None:
    assert sign_up(client, website="x" * 70_000).status_code == 413


def test_the_mail_asks_for_one_click_and_says_nothing_else(client: Client) -> None:
    sign_up(client)

    with mail_server() as postman:
        call_command("tick")
        call_command("tick")

    letter = postman.letter()
    assert postman.recipients() == [ADDRESS]
    assert link(letter, "confirm").startswith("/newsletter/confirm/")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] is None
    assert "canary" not in part(letter, "html") + part(letter, "plain")


def test_a_wish_that_nobody_confirms_is_forgotten_after_a_week(client: Client) -> None:
    old = make_subscriber("old@example.ma", confirmed_at=None, created_at=timezone.now() - UNCONFIRMED * 1.1)
    asked_again = make_subscriber("again@example.ma", confirmed_at=None, created_at=old.created_at)
    confirmed = make_subscriber("kept@example.ma", created_at=at(1) - timedelta(days=4000))
    sign_up(client, "again@example.ma")

    retention.purge()

    assert set(DigestSubscription.objects.all()) == {asked_again, confirmed}
