"""The addresses of those who write to the newsroom: shown masked, given out, erased, ended in time."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from comments.models import CommentSettings
from comments.personal_data import records, retention
from comments.privacy import address_digest
from comments.stamp import make_stamp
from newsroom.choices import LetterState, StaffMail
from newsroom.models import ReaderLetter, StaffMessage
from tests.factories import make_article, make_letter, make_user
from tests.postman import mail_server, part

pytestmark = pytest.mark.django_db

LIST = "/admin/newsroom/readerletter/"
ADDRESS = "canary7q@kanari.example"


def stored_address(letter: ReaderLetter) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT email FROM newsroom_readerletter WHERE id = %s", [letter.pk])
        return cursor.fetchone()[0]


def test_the_address_is_encrypted_where_it_rests() -> None:
    letter = make_letter(email=ADDRESS)

    assert "canary" not in stored_address(letter)
    assert ReaderLetter.objects.defer(None).get().email == ADDRESS


@pytest.mark.parametrize("role", ["journalist", "editor", "moderator", "administrator"])
def test_no_page_of_staff_shows_more_than_the_mask(login: Any, role: str) -> None:
    letter = make_letter(email=ADDRESS)
    desk = login(make_user(role))

    pages = [desk.get(address).content.decode() for address in ("/admin/", LIST, f"{LIST}{letter.pk}/change/")]

    assert not any("canary7q" in page or letter.email_digest in page for page in pages)
    assert ("c•••@kanari.example" in pages[2]) == (role == "editor")


@pytest.mark.parametrize(
    "query", ["email__startswith=canary", "email_digest__startswith=", "client__startswith=a", "email="]
)
def test_filters_do_not_probe_addresses(login: Any, editor: User, query: str) -> None:
    make_letter(email=ADDRESS)

    response = login(editor).get(f"{LIST}?{query}")

    assert response.status_code in (302, 400)


@pytest.mark.parametrize("words", ["canary7q", "kanari.example", address_digest(ADDRESS)[:12]])
def test_a_search_does_not_probe_addresses(login: Any, editor: User, words: str) -> None:
    letter = make_letter(email=ADDRESS, name="سعيد")
    desk = login(editor)

    found, by_name = (desk.get(LIST, {"q": query}).content.decode() for query in (words, "سعيد"))

    assert f"{LIST}{letter.pk}/change/" in by_name
    assert f"{LIST}{letter.pk}/change/" not in found


def test_an_export_holds_the_letters_of_the_address_alone() -> None:
    make_letter(email=ADDRESS, text="رسالتي", article=make_article("مقال"))
    make_letter(email="other@example.ma", text="رسالة غيري")
    out = StringIO()

    call_command("personal_data", "export", f" {ADDRESS.upper()} ", stdout=out)

    letters = json.loads(out.getvalue())["letters"]
    assert [(each["text"], each["email"], each["article"]["title"]) for each in letters] == [
        ("رسالتي", ADDRESS, "مقال")
    ]


def test_erasing_leaves_the_number_and_no_word(editor: User) -> None:
    waiting = make_letter(email=ADDRESS, name="سعيد", text="سري", quote="فقرة", client="c" * 64)
    answered = make_letter(email=ADDRESS, name="سعيد", text="سري")
    answered.answer_with("عزيزي سعيد", by=editor)
    other = make_letter(email="other@example.ma")
    out = StringIO()

    call_command("personal_data", "erase", ADDRESS, "--yes", stdout=out)

    for letter in (waiting, answered):
        row = ReaderLetter.objects.defer(None).values().get(pk=letter.pk)
        assert {row[name] for name in ("name", "email", "email_digest", "text", "quote", "answer", "client")} == {""}
        assert row["state"] != LetterState.OPEN
    assert "2 letters" in out.getvalue()
    assert ReaderLetter.objects.exclude(text="").get() == other
    assert not StaffMessage.objects.exists()


def test_a_letter_loses_its_connection_and_later_its_address() -> None:
    numbers = CommentSettings.load()
    old = make_letter(email=ADDRESS, client="c" * 64, at=timezone.now() - timedelta(days=numbers.keep_email_days + 1))
    middle = make_letter(client="c" * 64, at=timezone.now() - timedelta(days=numbers.keep_ip_days + 1))
    new = make_letter(client="c" * 64)

    done = retention.purge()

    kept = {row.pk: (bool(row.client), bool(row.email_digest), bool(row.text)) for row in ReaderLetter.objects.all()}
    assert kept == {old.pk: (False, False, True), middle.pk: (False, True, True), new.pk: (True, True, True)}
    assert stored_address(old) == ""
    assert done["connections of letters"] == 2
    assert done["addresses of letters"] == 1


def test_sent_messages_are_forgotten_and_waiting_ones_kept() -> None:
    long_ago = timezone.now() - timedelta(days=60)
    StaffMessage.objects.create(kind=StaffMail.LETTER, letter=make_letter(), sent_at=long_ago)
    waiting = StaffMessage.objects.create(kind=StaffMail.LETTER, letter=make_letter(), created_at=long_ago)

    retention.purge()

    assert StaffMessage.objects.get() == waiting


def test_rotating_keys_covers_letters() -> None:
    letter = make_letter(email=ADDRESS)
    before, newest = stored_address(letter), Fernet.generate_key().decode()

    with override_settings(ADDRESS_KEYS=[newest, *settings.ADDRESS_KEYS]):
        call_command("rotate_keys", stdout=StringIO())
    with override_settings(ADDRESS_KEYS=[newest]):
        assert ReaderLetter.objects.defer(None).get().email == ADDRESS

    assert stored_address(letter) != before


def test_who_only_wrote_a_letter_gets_the_link_to_what_is_kept(client: Client) -> None:
    make_letter(email=ADDRESS, language="fr", text="mes mots")
    for _ in range(2):
        client.post("/comments/my-data/", {"email": ADDRESS, "stamp": make_stamp(0), "website": ""})

    with mail_server() as postman:
        call_command("tick")
    mail = part(postman.letter(), "plain")
    link = next(line for line in mail.splitlines() if "/my-data/" in line).removeprefix(settings.SITE_URL)
    exported = client.post(link, {"act": "export"}).json()
    erased = client.post(link, {"act": "erase"})

    assert postman.recipients() == [ADDRESS]
    assert link.startswith("/fr/")
    assert exported["letters"][0]["text"] == "mes mots"
    assert erased.status_code == 200
    assert ReaderLetter.objects.get().text == ""
    assert client.get(link).status_code == 404


def test_the_answer_to_an_unknown_address_is_the_same(client: Client) -> None:
    make_letter(email=ADDRESS)
    pages = [
        client.post("/comments/my-data/", {"email": address, "stamp": make_stamp(0), "website": ""}).content
        for address in (ADDRESS, "nobody@example.ma")
    ]

    assert pages[0] == pages[1]
    assert records.export(address_digest("nobody@example.ma"))["letters"] == []
