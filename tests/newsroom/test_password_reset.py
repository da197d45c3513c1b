"""A forgotten password: the same answer to everybody, and a mail to whom the address is."""

import time
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from newsroom.mail.outbox import StaffOutbox
from newsroom.models import StaffMessage
from newsroom.staff.links import RESET
from tests.admin_forms import errors_beside
from tests.factories import make_totp, make_user
from tests.newsroom.test_invitations import CHOICE, PASSWORD, mailed_link
from tests.newsroom.test_second_factor import GIVE

pytestmark = pytest.mark.django_db

FORGOTTEN = "/admin/account/forgotten/"


@pytest.fixture
def salma(db: Any) -> User:
    return make_user("editor", email="salma@example.ma")


def ask(email: str, **headers: str) -> Any:
    return Client().post(FORGOTTEN, {"email": email}, headers=headers)


def test_the_login_page_leads_there(client: Client) -> None:
    assert f'href="{FORGOTTEN}"' in client.get("/admin/login/").content.decode()


@pytest.mark.parametrize("email", ["salma@example.ma", "SALMA@Example.ma"])
def test_the_mailed_link_gives_a_new_password_and_ends_the_sessions(salma: User, email: str) -> None:
    elsewhere = Client()
    elsewhere.force_login(salma)
    ask(email)
    link = mailed_link()

    before = elsewhere.get("/admin/").status_code
    chosen = Client().post(link, CHOICE)

    assert mail.outbox[0].to == ["salma@example.ma"]
    assert (before, chosen.headers["Location"]) == (200, "/admin/login/")
    assert User.objects.get(pk=salma.pk).check_password(PASSWORD)
    assert elsewhere.get("/admin/").status_code == 302


def test_everybody_hears_the_same_and_one_row_is_written(salma: User) -> None:
    make_user("editor", email="rest@example.ma", is_active=False)
    make_user("", email="reader@example.ma", is_staff=False)
    invited = make_user("editor", email="invited@example.ma")
    invited.set_unusable_password()
    invited.save()
    names = ["salma", "nobody", "rest", "reader", "invited"]

    answers, counts = [], []
    for name in names:
        answers.append(ask(f"{name}@example.ma"))
        counts.append(StaffMessage.objects.count())
    run = StaffOutbox().send_due()

    assert {(each.status_code, each.headers["Location"], each.content) for each in answers} == {
        (302, f"{FORGOTTEN}sent/", b"")
    }
    assert counts == [1, 2, 3, 4, 5]
    assert (run.sent, run.dropped) == (1, 4)
    assert [letter.to for letter in mail.outbox] == [["salma@example.ma"]]


def test_known_and_unknown_addresses_cost_the_same_queries(salma: User, django_assert_num_queries: Any) -> None:
    counts = []
    for email in ("salma@example.ma", "nobody@example.ma"):
        with django_assert_num_queries(2, exact=False) as queries:
            ask(email)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_link_works_once_and_for_an_hour(salma: User) -> None:
    link = RESET.path(salma)
    seen = []
    for seconds in (0, 3540, 3660):
        with time_machine.travel(time.time() + seconds):
            seen.append(Client().get(link).status_code)

    used = [Client().post(link, CHOICE).status_code for _ in range(2)]

    assert seen == [200, 200, 404]
    assert used == [302, 404]


def test_a_login_ends_the_link(client: Client, salma: User) -> None:
    link = RESET.path(salma)
    client.post("/admin/login/", {"username": salma.username, "password": "password"})

    assert Client().get(link).status_code == 404


def test_looking_at_the_link_changes_nothing(salma: User) -> None:
    link = RESET.path(salma)

    assert [Client().get(link).status_code, Client().head(link).status_code] == [200, 200]
    assert User.objects.get(pk=salma.pk).check_password("password")


def test_a_new_password_leaves_the_second_factor(client: Client, salma: User) -> None:
    make_totp(salma)
    client.post(RESET.path(salma), CHOICE)

    response = client.post("/admin/login/", {"username": salma.username, "password": PASSWORD}, follow=True)

    assert response.redirect_chain[-1][0].startswith(GIVE)


def test_asking_again_and_again_is_refused(salma: User) -> None:
    answers = [ask("salma@example.ma") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert len(errors_beside_of(answers[-1])) == 1
    assert StaffMessage.objects.count() == 3


def errors_beside_of(response: Any) -> list[str]:
    response.status_code = 200
    return errors_beside(response, "email")


@pytest.mark.parametrize("email", ["", "salma", "a@b", "x" * 300 + "@example.ma", "a\x00@example.ma"])
def test_what_is_no_address_is_told_beside_it(email: str) -> None:
    response = ask(email)

    assert response.status_code == 200
    assert len(errors_beside(response, "email")) >= 1
    assert StaffMessage.objects.count() == 0


def test_the_request_asks_for_its_csrf_token(salma: User) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(FORGOTTEN, {"email": "salma@example.ma"}).status_code == 403
    assert strict.post(RESET.path(salma), CHOICE).status_code == 403
    assert User.objects.get(pk=salma.pk).check_password("password")


def test_who_is_put_to_rest_meanwhile_gets_no_mail(salma: User) -> None:
    ask("salma@example.ma")
    User.objects.update(is_active=False)

    StaffOutbox().send_due()

    assert mail.outbox == []
