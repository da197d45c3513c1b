"""The second factor: set up, asked for, given once, taken away."""

import re
import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, override_settings

from tests.admin_forms import errors_beside
from tests.factories import make_totp, make_user, recovery_codes_of, totp_code

pytestmark = pytest.mark.django_db

ACCOUNT = "/admin/account/"
GIVE = f"{ACCOUNT}second-factor/"
SET_UP = f"{GIVE}app/"
CODES = f"{ACCOUNT}recovery-codes/"
STAFF_PAGES = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/add/",
    "/admin/comments/desk/",
    "/admin/password_change/",
    "/admin/jsi18n/",
    ACCOUNT,
    CODES,
    f"{CODES}renew/",
]


@pytest.fixture
def secret(editor: User) -> str:
    return make_totp(editor)


def give_password(client: Client, person: User, next_page: str = "/admin/") -> Any:
    data = {"username": person.username, "password": "password", "next": next_page}
    return client.post("/admin/login/", data, follow=True)


def enter(client: Client, person: User, secret: str) -> Client:
    give_password(client, person)
    assert client.post(GIVE, {"code": totp_code(secret)}).status_code == 302
    return client


def key_on(response: Any) -> str:
    """The key that the page of the set-up shows as text."""
    found = re.search(r'<code class="account__key" dir="ltr">([A-Z2-7 ]+)</code>', response.content.decode())
    assert found
    return found[1].replace(" ", "")


def test_after_the_password_the_code_is_asked_for_and_leads_on(client: Client, editor: User, secret: str) -> None:
    asked = give_password(client, editor, "/admin/articles/article/")
    given = client.post(GIVE, form_data_of(asked, "code-form") | {"code": totp_code(secret)})

    assert asked.redirect_chain[-1][0].startswith(GIVE)
    assert given.headers["Location"] == "/admin/articles/article/"
    assert client.get("/admin/articles/article/").status_code == 200


def form_data_of(response: Any, name: str) -> dict[str, str]:
    form = re.search(rf'<form[^>]*id="{name}".*?</form>', response.content.decode(), re.DOTALL)
    assert form
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))


@pytest.mark.parametrize("how", ["password", "session"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_before_the_code_no_staff_page_opens(client: Client, editor: User, secret: str, how: str, method: str) -> None:
    if how == "session":
        client.force_login(editor)
    else:
        give_password(client, editor)

    answers = [getattr(client, method)(path) for path in STAFF_PAGES]

    assert {answer.status_code for answer in answers} == {302}
    assert {answer.headers["Location"].partition("?")[0] for answer in answers} == {"/admin/login/"}
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(GIVE)


@pytest.mark.parametrize("path", [SET_UP, f"{ACCOUNT}passkeys/add/"])
def test_who_has_a_factor_adds_none_before_giving_it(client: Client, editor: User, secret: str, path: str) -> None:
    give_password(client, editor)

    answers = [client.get(path), client.post(path, {"code": "123456"})]

    assert [answer.headers["Location"].partition("?")[0] for answer in answers] == [GIVE, GIVE]
    assert Authenticator.objects.filter(user=editor).count() == 2


@pytest.mark.parametrize("periods", [-1, 0, 1])
def test_a_code_a_moment_old_or_early_is_taken(client: Client, editor: User, secret: str, periods: int) -> None:
    give_password(client, editor)

    assert client.post(GIVE, {"code": totp_code(secret, periods)}).status_code == 302


@pytest.mark.parametrize("written", ["{a} {b}", "{a}-{b}", " {a}{b} ", "arabic"])
def test_a_code_is_read_as_people_write_it(client: Client, editor: User, secret: str, written: str) -> None:
    code = totp_code(secret)
    text = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) if written == "arabic" else ""
    give_password(client, editor)

    assert client.post(GIVE, {"code": text or written.format(a=code[:3], b=code[3:])}).status_code == 302


@pytest.mark.parametrize("code", ["", "000000x", "abc", "9" * 30, "\x00", "١٢"])
def test_a_wrong_code_is_told_beside_it(client: Client, editor: User, secret: str, code: str) -> None:
    give_password(client, editor)

    response = client.post(GIVE, {"code": code})

    assert response.status_code == 200
    assert len(errors_beside(response, "code")) == 1
    assert client.get("/admin/").status_code == 302


def test_an_old_code_is_refused(client: Client, editor: User, secret: str) -> None:
    give_password(client, editor)

    assert client.post(GIVE, {"code": totp_code(secret, -3)}).status_code == 200


def test_a_code_is_taken_once_as_long_as_it_is_good(editor: User, secret: str) -> None:
    now = int(time.time()) // 30 * 30
    with time_machine.travel(now, tick=False):
        code = totp_code(secret, 1)
        enter_first = Client()
        give_password(enter_first, editor)
        assert enter_first.post(GIVE, {"code": code}).status_code == 302
    for later in (1, 31, 59):
        with time_machine.travel(now + later, tick=False):
            thief = Client()
            give_password(thief, editor)
            response = thief.post(GIVE, {"code": code})

            assert response.status_code == 200
            assert thief.get("/admin/").status_code == 302


def test_a_recovery_code_opens_once(editor: User, secret: str) -> None:
    code = recovery_codes_of(editor)[0]

    answers = []
    for _ in range(2):
        client = Client()
        give_password(client, editor)
        answers.append(client.post(GIVE, {"code": code}).status_code)

    assert answers == [302, 200]
    assert len(recovery_codes_of(editor)) == 9


def test_guessing_codes_ends_after_five(client: Client, editor: User, secret: str) -> None:
    give_password(client, editor)
    wrong = f"{(int(totp_code(secret)) + 1) % 10**6:06}"
    guesses = [client.post(GIVE, {"code": wrong}).status_code for _ in range(5)]

    refused = client.post(GIVE, {"code": totp_code(secret)})

    assert guesses == [200] * 5
    assert refused.status_code == 429
    assert len(errors_beside(refused, "code")) == 1
    assert client.get("/admin/").status_code == 302


def test_the_key_of_the_session_changes_with_the_code(client: Client, editor: User, secret: str) -> None:
    give_password(client, editor)
    before = client.session.session_key

    client.post(GIVE, {"code": totp_code(secret)})

    assert client.session.session_key != before


def test_a_new_login_in_the_same_browser_asks_for_the_code_again(client: Client, editor: User, secret: str) -> None:
    enter(client, editor, secret)

    give_password(client, editor)

    assert client.get("/admin/").status_code == 302


def test_the_session_of_another_person_is_not_passed_on(client: Client, editor: User, secret: str) -> None:
    other = make_user("editor")
    make_totp(other)
    enter(client, editor, secret)

    client.force_login(other)

    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/x"])
def test_after_the_code_the_next_page_stays_on_the_host(
    client: Client, editor: User, secret: str, next_page: str
) -> None:
    give_password(client, editor)

    response = client.post(GIVE, {"code": totp_code(secret), "next": next_page})

    assert response.headers["Location"] == "/admin/"


def test_a_half_open_session_can_log_out(client: Client, editor: User, secret: str) -> None:
    give_password(client, editor)

    assert client.post("/admin/logout/").status_code == 200
    assert client.get(GIVE).headers["Location"].startswith("/admin/login/")


def test_the_secrets_are_encrypted_and_turned_over(client: Client, editor: User, secret: str) -> None:
    old, new = settings.ADDRESS_KEYS[0], Fernet.generate_key().decode()
    stored = [str(each.data) for each in Authenticator.objects.filter(user=editor)]
    codes = recovery_codes_of(editor)

    with override_settings(ADDRESS_KEYS=[new, old]):
        call_command("rotate_keys", verbosity=0)
    with override_settings(ADDRESS_KEYS=[new]):
        assert recovery_codes_of(editor) == codes
        enter(client, editor, secret)
        assert client.get("/admin/").status_code == 200

    assert not any(secret in text for text in stored)


def test_a_secret_that_no_key_opens_lets_nobody_in(client: Client, editor: User, secret: str) -> None:
    with override_settings(ADDRESS_KEYS=[Fernet.generate_key().decode()]):
        give_password(client, editor)
        answers = [client.post(GIVE, {"code": code}) for code in (totp_code(secret), totp_code(""))]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_passing_costs_a_staff_page_no_query(
    client: Client, editor: User, secret: str, django_assert_num_queries: Any
) -> None:
    enter(client, editor, secret)

    with django_assert_num_queries(2):  # the session, and the person
        client.get("/admin/jsi18n/")
