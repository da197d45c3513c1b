"""The addresses of subscribers: on no page, given out, erased, ended in time, under the newest key."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from comments.models import CommentSettings
from comments.personal_data import retention
from comments.personal_data.keys import encrypted_columns
from comments.privacy import address_digest
from comments.stamp import make_stamp
from newsroom.choices import DigestMail
from newsroom.mail.newsletter import send_newsletter
from newsroom.models import DigestMessage, DigestSubscription
from newsroom.newsletter.links import confirm_path, unsubscribe_path
from tests.factories import make_letter, make_user
from tests.newsletter import ADDRESS, DAY, SETTINGS, SITE, at, make_subscriber, sign_up
from tests.postman import mail_server, part

pytestmark = pytest.mark.django_db

LIST = "/admin/newsroom/digestsubscription/"


@pytest.fixture(autouse=True)
def _settings() -> Any:
    with SETTINGS:
        yield


def assert_clean(said: str) -> None:
    assert "canary" not in said
    assert "kanari" not in said
    assert address_digest(ADDRESS)[:16] not in said


def test_no_page_shows_an_address_or_its_hash(client: Client) -> None:
    row = make_subscriber()
    paths = ["/newsletter/", "/newsletter/received/", confirm_path(row), unsubscribe_path(row), "/"]

    for path in paths:
        response = client.get(path)
        assert response.status_code == 200
        assert_clean(response.content.decode() + str(response.headers) + path)
    assert_clean(client.post(confirm_path(row)).content.decode())
    assert_clean(client.post(unsubscribe_path(row)).content.decode())


@pytest.mark.parametrize("role", ["journalist", "editor", "moderator", "administrator"])
def test_administrators_alone_see_the_list_and_no_address(login: Any, role: str) -> None:
    make_subscriber()
    make_subscriber(language="fr", confirmed_at=None)
    desk = login(make_user(role))

    listing, index = desk.get(LIST), desk.get("/admin/")

    may = role == "administrator"
    assert listing.status_code == (200 if may else 403)
    assert (LIST in index.content.decode()) == may
    assert_clean(listing.content.decode() + index.content.decode())


def test_the_list_counts_those_who_confirmed(login: Any, administrator: Any) -> None:
    for number in range(3):
        make_subscriber(f"reader{number}@example.ma")
    make_subscriber("waiting@example.ma", confirmed_at=None)

    said = login(administrator).get(LIST).content.decode()

    assert "العربية: 3" in said


@pytest.mark.parametrize("action", ["add/", "{}/change/", "{}/delete/"])
def test_nobody_changes_a_subscriber_by_hand(login: Any, administrator: Any, action: str) -> None:
    row = make_subscriber()
    desk = login(administrator)
    path = LIST + action.format(row.pk)

    assert desk.post(path, {"post": "yes", "language": "fr"}).status_code == 403
    for shown in (path, f"{LIST}{row.pk}/history/"):
        assert_clean(desk.get(shown).content.decode())
    assert DigestSubscription.objects.filter(language="ar").count() == 1


@pytest.mark.parametrize("query", ["email__startswith=canary", "email_digest__startswith=a", "email=", "q=canary"])
def test_the_list_cannot_be_asked_for_addresses(login: Any, administrator: Any, query: str) -> None:
    make_subscriber()
    response = login(administrator).get(f"{LIST}?{query}")

    assert response.status_code in (200, 302, 400)
    if response.status_code == 200:
        assert response.content.decode().count("field-number") == 1
        assert "reader" not in response.content.decode()


def test_an_export_holds_what_is_kept_about_the_address_alone() -> None:
    row = make_subscriber()
    row.messages.create(kind=DigestMail.DIGEST, day=DAY, sent_at=at(8))
    make_subscriber("other@example.ma", language="fr")
    out = StringIO()

    call_command("personal_data", "export", f" {ADDRESS.upper()} ", stdout=out)

    (kept,) = json.loads(out.getvalue())["newsletter"]
    assert (kept["email"], kept["language"], kept["last_day"]) == (ADDRESS, "ar", "2026-11-24")
    assert [(each["kind"], each["day"]) for each in kept["messages"]] == [("digest", "2026-11-25")]
    assert kept["connection_is_kept"] is False


def test_erasing_leaves_nothing() -> None:
    for language in ("ar", "fr"):
        make_subscriber(language=language).messages.create(kind=DigestMail.CONFIRM, client="c" * 64)
    other = make_subscriber("other@example.ma")
    out = StringIO()

    call_command("personal_data", "erase", ADDRESS, "--yes", stdout=out)

    assert "2 newsletter" in out.getvalue()
    assert DigestSubscription.objects.get() == other
    assert not DigestMessage.objects.exists()


def test_connections_and_sent_messages_are_kept_for_a_time() -> None:
    days = CommentSettings.load().keep_ip_days
    row = make_subscriber()
    old = {"created_at": timezone.now() - timedelta(days=days + 1), "client": "c" * 64}
    waiting = row.messages.create(kind=DigestMail.CONFIRM, **old)
    fresh = row.messages.create(kind=DigestMail.CONFIRM, client="c" * 64)
    for name in ("sent_at", "failed_at"):
        row.messages.create(kind=DigestMail.CONFIRM, **{name: timezone.now() - timedelta(days=8)})

    retention.purge()

    assert {each.pk: each.client for each in DigestMessage.objects.all()} == {waiting.pk: "", fresh.pk: "c" * 64}
    assert DigestSubscription.objects.get() == row


def test_rotating_keys_covers_subscribers() -> None:
    row = make_subscriber()
    newest = Fernet.generate_key().decode()

    with override_settings(ADDRESS_KEYS=[newest, *settings.ADDRESS_KEYS]):
        call_command("rotate_keys", stdout=StringIO())

    with override_settings(ADDRESS_KEYS=[newest]):
        assert DigestSubscription.objects.defer(None).get(pk=row.pk).email == ADDRESS
    assert (DigestSubscription, "email") in encrypted_columns()


def test_an_address_that_no_key_opens_is_written_to_no_more() -> None:
    make_subscriber().messages.create(kind=DigestMail.MY_DATA)

    with override_settings(ADDRESS_KEYS=[Fernet.generate_key().decode()]):
        send_newsletter()

    assert mail.outbox == []


def test_a_subscriber_gets_the_link_to_what_is_kept(client: Client) -> None:
    make_subscriber(language="fr")
    for _ in range(2):
        client.post("/comments/my-data/", {"email": ADDRESS, "stamp": make_stamp(0), "website": ""})

    with mail_server() as postman:
        call_command("tick")
    letter = postman.letter()
    found = next(line for line in part(letter, "plain").splitlines() if "/my-data/" in line).removeprefix(SITE)
    exported = client.post(found, {"act": "export"}).json()
    erased = client.post(found, {"act": "erase"})

    assert postman.recipients() == [ADDRESS]
    assert found.startswith("/fr/")
    assert exported["newsletter"][0]["language"] == "fr"
    assert erased.status_code == 200
    assert not DigestSubscription.objects.exists()
    assert client.get(found).status_code == 404


def test_who_also_wrote_gets_one_link_to_everything(client: Client) -> None:
    make_subscriber()
    make_letter(email=ADDRESS)
    client.post("/comments/my-data/", {"email": ADDRESS, "stamp": make_stamp(0), "website": ""})

    with mail_server() as postman:
        call_command("tick")

    assert len(postman.received) == 1


def test_no_log_line_names_an_address(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"), mail_server() as postman:
        postman.answers[ADDRESS] = f"550 no such user {ADDRESS}"
        sign_up(client)
        call_command("tick")

    assert_clean(" ".join(record.getMessage() for record in caplog.records if record.name != "mail.log"))
    assert_clean(DigestMessage.objects.get().error)
    assert DigestMessage.objects.get().failed_at is not None
