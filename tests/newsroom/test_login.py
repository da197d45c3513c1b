"""The login of the staff: limits, equal words, where it leads, when sessions end."""

import ipaddress
import time
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, override_settings

from tests.factories import make_user
from tests.pages import parse

pytestmark = pytest.mark.django_db

LOGIN = "/admin/login/"
NEW = "سد-الوحدة-1974"
RIGHT = "password"  # of tests/factories.py


def try_login(client: Client, username: str, password: str = RIGHT, **extra: Any) -> Any:
    data = {"username": username, "password": password, "next": extra.pop("next", "/admin/")}
    return client.post(LOGIN, data, **extra)


def notes(response: Any) -> list[str]:
    found = [each for each in parse(response).iter("p") if each.get("class") == "errornote"]
    return ["".join(each.itertext()).strip() for each in found]


def test_the_right_password_opens_the_desk(client: Client, journalist: User) -> None:
    assert try_login(client, journalist.username).headers["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_known_and_unknown_names_hear_the_same(client: Client, journalist: User) -> None:
    inactive, reader = make_user(is_active=False), make_user(is_staff=False)

    answers = [
        try_login(client, journalist.username, "wrong"),
        try_login(client, "nobody-of-this-name", "wrong"),
        try_login(client, inactive.username),
        try_login(client, reader.username),
    ]

    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({tuple(notes(answer)) for answer in answers}) == 1


def test_known_and_unknown_names_cost_the_same(
    client: Client, journalist: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes time at a login is one hash of the password."""
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *args: (hashed.append(args[0]), encode(self, *args))[1]
    )
    counts = []

    for name in (journalist.username, "nobody-of-this-name", make_user(is_active=False).username):
        hashed.clear()
        try_login(client, name, "wrong")
        counts.append(hashed.count("wrong"))

    assert counts == [1, 1, 1]


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_after_five_wrong_passwords_even_the_right_one_waits(client: Client, journalist: User, known: bool) -> None:
    name = journalist.username if known else "nobody-of-this-name"
    wrong = [try_login(client, name, "wrong") for _ in range(5)]

    refused = try_login(client, name)

    assert [response.status_code for response in wrong] == [200] * 5
    assert refused.status_code == 429
    assert len(notes(refused)) == 1
    assert notes(refused) != notes(wrong[0])
    assert client.get("/admin/").status_code == 302


def test_the_lock_outlives_a_restart(client: Client, journalist: User) -> None:
    """The cache of the settings is a table; each of the two blocks opens it anew, as a process does."""
    stored = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "lock_test"}}
    with override_settings(CACHES=stored):
        call_command("createcachetable", verbosity=0)
        for _ in range(5):
            try_login(client, journalist.username, "wrong")

    with override_settings(CACHES=stored):
        response = try_login(client, journalist.username)

    assert response.status_code == 429


def test_the_lock_opens_by_itself(client: Client, journalist: User) -> None:
    for _ in range(6):
        try_login(client, journalist.username, "wrong")

    with time_machine.travel(time.time() + 301):
        response = try_login(client, journalist.username)

    assert response.status_code == 302


def test_a_lock_is_of_one_account_and_right_passwords_do_not_count(
    client: Client, journalist: User, editor: User
) -> None:
    for _ in range(6):
        try_login(client, journalist.username, "wrong")

    answers = [try_login(Client(), editor.username).status_code for _ in range(8)]

    assert answers == [302] * 8


def test_many_names_from_one_address_are_locked_out_whatever_it_claims(client: Client, journalist: User) -> None:
    for number in range(30):
        try_login(client, f"guess{number}", "wrong", headers={"X-Forwarded-For": f"203.0.113.{number}"})

    here, elsewhere = (
        try_login(client, journalist.username),
        try_login(Client(), journalist.username, REMOTE_ADDR="198.51.100.7"),
    )

    assert (here.status_code, elsewhere.status_code) == (429, 302)


@override_settings(TRUSTED_PROXIES=[ipaddress.ip_network("127.0.0.1/32")])
def test_behind_a_proxy_each_client_is_counted_alone(client: Client, journalist: User) -> None:
    for number in range(31):
        try_login(client, f"guess{number}", "wrong", headers={"X-Forwarded-For": "203.0.113.9"})

    there = try_login(client, journalist.username, headers={"X-Forwarded-For": "203.0.113.9"})
    elsewhere = try_login(client, journalist.username, headers={"X-Forwarded-For": "203.0.113.10"})

    assert (there.status_code, elsewhere.status_code) == (429, 302)


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_next_page_stays_on_the_host(client: Client, journalist: User, next_page: str) -> None:
    assert try_login(client, journalist.username, next=next_page).headers["Location"] in (
        "/admin/",
        "/accounts/profile/",
    )


def test_the_login_leads_to_the_asked_page(client: Client, journalist: User) -> None:
    response = try_login(client, journalist.username, next="/admin/articles/article/")

    assert response.headers["Location"] == "/admin/articles/article/"


def test_the_key_of_the_session_changes_at_login(client: Client, journalist: User) -> None:
    client.get("/admin/account/passkeys/login/")  # begins a session
    before = client.session.session_key

    try_login(client, journalist.username)

    assert before
    assert client.session.session_key != before


def test_a_session_ends_at_logout(client: Client, journalist: User) -> None:
    client.force_login(journalist)
    stolen = client.cookies["newsroom_staff"].value

    client.post("/admin/logout/")
    client.cookies["newsroom_staff"] = stolen

    assert client.get("/admin/").status_code == 302


def test_a_new_password_ends_the_other_sessions_alone(client: Client, journalist: User) -> None:
    here, elsewhere = client, Client()
    here.force_login(journalist)
    elsewhere.force_login(journalist)
    new = {"old_password": "password", "new_password1": NEW, "new_password2": NEW}

    assert here.post("/admin/password_change/", new).status_code == 302

    assert here.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302


def test_a_visitor_without_session_cannot_log_out(client: Client) -> None:
    assert client.post("/admin/logout/").status_code == 302


@pytest.mark.parametrize("path", ["signup", "login", "email", "password/reset", "3rdparty", "2fa", "confirm-email"])
@pytest.mark.parametrize("place", ["/accounts/", "/admin/account/"])
def test_no_page_of_allauth_is_there(login: Any, administrator: User, place: str, path: str) -> None:
    assert login(administrator).get(f"{place}{path}/").status_code == 404


@pytest.mark.parametrize("model", ["mfa/authenticator", "account/emailaddress"])
def test_no_table_of_allauth_is_in_the_admin(login: Any, model: str) -> None:
    assert login(make_user(is_superuser=True)).get(f"/admin/{model}/").status_code == 404


@pytest.mark.parametrize("body", ["", "{}", "[]", "null", '{"id": 1}', '{"response": {"userHandle": "MQ"}}', "x" * 999])
def test_garbage_for_a_passkey_is_refused_with_a_sentence(client: Client, body: str) -> None:
    client.get("/admin/account/passkeys/login/")

    response = client.post("/admin/account/passkeys/login/", {"credential": body})

    assert response.status_code == 200
    assert len(notes(response)) == 1
    assert client.get("/admin/").status_code == 302
