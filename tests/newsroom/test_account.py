"""One's own account: an app for codes, passkeys and recovery codes, each after the password."""

import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client

from tests.admin_forms import errors_beside, form_data
from tests.factories import make_totp, make_user, recovery_codes_of, totp_code
from tests.newsroom.test_second_factor import ACCOUNT, CODES, GIVE, SET_UP, enter, give_password, key_on

pytestmark = pytest.mark.django_db


def kinds(person: User) -> list[str]:
    return sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))


def make_passkey(person: User, name: str = "هاتفي") -> Authenticator:
    return Authenticator.objects.create(user=person, type="webauthn", data={"name": name, "credential": {}})


def remove_path(factor: Authenticator) -> str:
    return f"{ACCOUNT}second-factor/{factor.pk}/remove/"


def test_an_app_is_set_up_and_the_codes_are_shown_until_kept(client: Client, journalist: User) -> None:
    give_password(client, journalist)
    page = client.get(f"{SET_UP}?next=/admin/articles/article/")
    secret = key_on(page)

    added = client.post(SET_UP, form_data(page) | {"code": totp_code(secret)}, follow=True)

    codes = recovery_codes_of(journalist)
    again, file = client.get(CODES).content.decode(), client.get(f"{CODES}?download")
    kept = client.post(CODES, form_data(added))
    after = client.get(CODES)
    assert kinds(journalist) == ["recovery_codes", "totp"]
    assert len(codes) == 10
    assert all(code in added.content.decode() and code in again and code in file.content.decode() for code in codes)
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert kept.headers["Location"] == "/admin/articles/article/"
    assert after.headers["Location"] == ACCOUNT


def test_the_code_of_the_set_up_opens_no_login(client: Client, journalist: User) -> None:
    now = int(time.time()) // 30 * 30
    with time_machine.travel(now, tick=False):
        give_password(client, journalist)
        secret = key_on(client.get(SET_UP))
        code = totp_code(secret, 1)
        set_up = client.post(SET_UP, {"code": code})
    for later in (1, 31, 59):
        with time_machine.travel(now + later, tick=False):
            thief = Client()
            give_password(thief, journalist)
            refused = thief.post(GIVE, {"code": code})
            assert len(errors_beside(refused, "code")) == 1
            assert thief.get("/admin/").status_code == 302
    with time_machine.travel(now + 61, tick=False):
        give_password(client, journalist)
        passed = client.post(GIVE, {"code": totp_code(secret)})

    assert (set_up.status_code, passed.status_code) == (302, 302)


def test_a_wrong_password_uses_no_code_up(login: Any, journalist: User) -> None:
    desk = login(journalist)
    code = totp_code(key_on(desk.get(SET_UP)))

    answers = [desk.post(SET_UP, {"code": code, "password": each}).status_code for each in ("wrong", "password")]

    assert answers == [200, 302]


def test_the_picture_of_the_key_is_drawn_here_and_names_no_address(client: Client) -> None:
    person = make_user("journalist", email="salma@example.ma")
    give_password(client, person)

    page = client.get(SET_UP)

    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert person.username in page.context["address"]
    assert "salma@example" not in page.context["address"]
    assert page.headers["Cache-Control"] == "private, no-store"


def test_a_wrong_first_code_is_told_beside_it_and_the_key_stays(client: Client, journalist: User) -> None:
    give_password(client, journalist)
    page = client.get(SET_UP)
    secret = key_on(page)
    wrong = f"{(int(totp_code(secret)) + 1) % 10**6:06}"

    response = client.post(SET_UP, form_data(page) | {"code": wrong})

    assert len(errors_beside(response, "code")) == 1
    assert key_on(response) == secret
    assert kinds(journalist) == []
    assert client.post(SET_UP, {"code": totp_code(secret)}).status_code == 302


def test_an_old_session_gives_the_password_again(login: Any, journalist: User) -> None:
    desk = login(journalist)
    secret = key_on(desk.get(SET_UP))

    without = desk.post(SET_UP, {"code": totp_code(secret)})
    wrong = desk.post(SET_UP, {"code": totp_code(secret), "password": "wrong"})
    right = desk.post(SET_UP, {"code": totp_code(secret), "password": "password"})

    assert [len(errors_beside(response, "password")) for response in (without, wrong)] == [1, 1]
    assert right.status_code == 302
    assert kinds(journalist) == ["recovery_codes", "totp"]


def test_a_password_holds_for_a_quarter_of_an_hour(client: Client, journalist: User) -> None:
    give_password(client, journalist)

    now = "password" in form_data(client.get(SET_UP))
    with time_machine.travel(time.time() + 15 * 60 + 1):
        later = "password" in form_data(client.get(SET_UP))

    assert (now, later) == (False, True)


def test_guessing_the_own_password_ends_after_five(login: Any, journalist: User) -> None:
    desk = login(journalist)
    desk.get(SET_UP)

    answers = [desk.post(SET_UP, {"code": "1", "password": "wrong"}).status_code for _ in range(6)]

    assert answers == [200] * 5 + [429]


def test_the_last_factor_takes_the_recovery_codes_with_it(client: Client, editor: User) -> None:
    secret = make_totp(editor)
    enter(client, editor, secret)
    factor = Authenticator.objects.get(user=editor, type="totp")

    asked = client.get(remove_path(factor))
    kept = kinds(editor)
    removed = client.post(remove_path(factor), form_data(asked))

    assert kept == ["recovery_codes", "totp"]
    assert removed.headers["Location"] == ACCOUNT
    assert kinds(editor) == []
    assert client.get("/admin/").status_code == 200


def test_one_of_two_factors_leaves_the_codes(client: Client, editor: User) -> None:
    make_totp(editor)
    passkey = make_passkey(editor)

    enter_at_once(client, editor).post(remove_path(passkey))

    assert kinds(editor) == ["recovery_codes", "totp"]


def enter_at_once(client: Client, person: User) -> Client:
    """A session past its second factor; a passkey that no device holds could not be asked for."""
    client.force_login(person)
    session = client.session
    session["second_factor"], session["password_given_at"] = person.pk, int(time.time())
    session.save()
    return client


@pytest.mark.parametrize("kind", ["totp", "recovery_codes", "webauthn"])
def test_nobody_removes_anothers_factor(client: Client, editor: User, kind: str) -> None:
    owner = make_user("editor")
    make_totp(owner)
    make_passkey(owner)
    enter(client, editor, make_totp(editor))

    response = client.post(remove_path(Authenticator.objects.get(user=owner, type=kind)))

    assert response.status_code == 404
    assert len(kinds(owner)) == 3


def test_new_recovery_codes_end_the_old_ones(client: Client, editor: User) -> None:
    enter(client, editor, make_totp(editor))
    old = set(recovery_codes_of(editor))

    shown = client.post(f"{CODES}renew/", follow=True)

    new = set(recovery_codes_of(editor))
    assert not old & new
    assert all(code in shown.content.decode() for code in new)


@pytest.mark.parametrize("path", [f"{CODES}renew/", f"{ACCOUNT}second-factor/1/remove/"])
def test_without_a_factor_there_is_nothing_to_renew_or_remove(login: Any, editor: User, path: str) -> None:
    desk = login(editor)

    assert [desk.get(path).status_code, desk.post(path).status_code] == [404, 404]
    assert kinds(editor) == []


def test_the_page_names_the_passkeys_and_escapes_their_names(client: Client, editor: User) -> None:
    make_passkey(editor, "<script>x</script>")
    enter_at_once(client, editor)

    page = client.get(ACCOUNT).content.decode()

    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page


@pytest.mark.parametrize("path", [ACCOUNT, SET_UP, CODES, f"{ACCOUNT}passkeys/add/", f"{ACCOUNT}second-factor/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_sent_to_the_login(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(path).headers["Location"] == f"/admin/login/?next={path}"


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"id": 1, "response": 2}', "not json"])
def test_garbage_for_a_new_passkey_is_refused(client: Client, journalist: User, body: str) -> None:
    give_password(client, journalist)
    address = f"{ACCOUNT}passkeys/add/"
    client.get(address)

    response = client.post(address, {"name": "x", "credential": body, "passwordless": "True"})

    assert response.status_code == 200
    assert "errornote" in response.content.decode() or "errorlist" in response.content.decode()
    assert kinds(journalist) == []
