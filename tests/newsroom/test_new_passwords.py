"""Who may give whom a new password: a superuser by hand, an administrator by a mailed link alone."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from newsroom.choices import StaffMail
from newsroom.mail.outbox import StaffOutbox
from newsroom.models import StaffMessage
from tests.admin_forms import columns, save
from tests.factories import make_totp, make_user
from tests.newsroom.test_invitations import CHOICE, PASSWORD, mailed_link

pytestmark = pytest.mark.django_db

TYPED = {"password1": PASSWORD, "password2": PASSWORD, "set-password": "1"}


@pytest.fixture
def desk(login: Any, administrator: User) -> Client:
    return login(administrator)


@pytest.fixture
def salma(db: Any) -> User:
    return make_user("editor", email="salma@example.ma")


def address(person: User, view: str = "new-password") -> str:
    return f"/admin/auth/user/{person.pk}/{view}/"


@pytest.mark.parametrize("values", [TYPED, {"usable_password": "false", "unset-password": "1"}], ids=["set", "unset"])
def test_an_administrator_sets_no_password_of_a_colleague(desk: Client, salma: User, values: dict[str, str]) -> None:
    before = columns(salma)

    answers = [desk.get(address(salma, "password")), desk.post(address(salma, "password"), values)]
    page = desk.get(address(salma, "change")).content.decode()

    assert [answer.status_code for answer in answers] == [403, 403]
    assert columns(salma) == before
    assert "../password/" not in page
    assert address(salma) in page


def test_the_form_without_the_password_is_stored_and_keeps_it(desk: Client, salma: User) -> None:
    before = columns(salma)

    response = save(desk, address(salma, "change"), last_name="العلوي", password="known")

    assert response.status_code == 302
    assert columns(salma) == before | {"last_name": "العلوي"}


def test_a_superuser_is_led_to_setting_one_by_hand(login: Any, salma: User) -> None:
    desk = login(make_user(is_superuser=True))

    assert "../password/" in desk.get(address(salma, "change")).content.decode()
    assert desk.get(address(salma, "password")).status_code == 200


def test_an_administrator_sends_a_link_that_the_person_alone_gets(
    desk: Client, administrator: User, salma: User
) -> None:
    make_totp(salma)
    asked = desk.get(address(salma))
    waiting = StaffMessage.objects.count()

    done = desk.post(address(salma))

    kept = User.objects.get(pk=salma.pk).check_password("password")
    link = mailed_link()
    chosen = Client().post(link, CHOICE)
    entry = LogEntry.objects.get(object_id=salma.pk)
    assert (asked.status_code, waiting, kept) == (200, 0, True)
    assert done.headers["Location"] == address(salma, "change")
    assert link not in desk.get(address(salma, "change")).content.decode()
    assert StaffMessage.objects.get().kind == StaffMail.RESET
    assert ([letter.to for letter in mail.outbox], entry.user) == ([["salma@example.ma"]], administrator)
    assert chosen.status_code == 302
    assert User.objects.get(pk=salma.pk).check_password(PASSWORD)
    assert Authenticator.objects.filter(user=salma).count() == 2


@pytest.mark.parametrize(
    "values",
    [{"is_active": False}, {"is_staff": False}, {"email": ""}, {"password": "!invited"}],
    ids=["at-rest", "no-staff", "no-address", "invited"],
)
def test_who_cannot_use_a_link_is_sent_none(desk: Client, salma: User, values: dict[str, Any]) -> None:
    User.objects.filter(pk=salma.pk).update(**values)

    answers = [desk.get(address(salma)), desk.post(address(salma))]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert address(salma) not in desk.get(address(salma, "change")).content.decode()
    assert not StaffMessage.objects.exists()


def test_who_is_put_to_rest_before_the_mail_went_gets_none(desk: Client, salma: User) -> None:
    desk.post(address(salma))
    User.objects.filter(pk=salma.pk).update(is_active=False)

    StaffOutbox().send_due()

    assert mail.outbox == []


def test_an_administrator_sends_none_to_a_superuser_nor_to_themselves(desk: Client, administrator: User) -> None:
    owner = make_user(is_superuser=True, email="owner@example.ma")
    User.objects.filter(pk=administrator.pk).update(email="own@example.ma")

    answers = [desk.post(address(each)) for each in (owner, administrator, User(pk=99999))]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert address(administrator) not in desk.get(address(administrator, "change")).content.decode()
    assert not StaffMessage.objects.exists()


def test_a_superuser_sends_one_to_another(login: Any) -> None:
    owner = make_user(is_superuser=True, email="owner@example.ma")

    assert login(make_user(is_superuser=True)).post(address(owner)).status_code == 302
    assert StaffMessage.objects.get().user == owner


@pytest.mark.parametrize("role", ["journalist", "editor", "moderator"])
def test_others_send_none(login: Any, salma: User, role: str) -> None:
    desk = login(make_user(role))

    answers = [desk.get(address(salma)), desk.post(address(salma))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not StaffMessage.objects.exists()


def test_sending_asks_for_its_csrf_token(administrator: User, salma: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)

    assert strict.post(address(salma)).status_code == 403
    assert not StaffMessage.objects.exists()


@pytest.mark.parametrize("is_superuser", [False, True], ids=["administrator", "superuser"])
@pytest.mark.parametrize("key", ["{pk}", "0{pk}", " {pk}"])
def test_ones_own_password_is_changed_only_with_the_old_one(login: Any, is_superuser: bool, key: str) -> None:
    person = make_user("administrator", is_superuser=is_superuser)
    desk, before = login(person), columns(person)
    path = f"/admin/auth/user/{key.format(pk=person.pk)}/password/"

    answers = [desk.get(path), desk.post(path, TYPED)]
    page = desk.get(address(person, "change")).content.decode()

    assert [answer.headers["Location"] for answer in answers] == ["/admin/password_change/"] * 2
    assert columns(person) == before
    assert "../password/" not in page
    assert '<li><a href="/admin/password_change/">' in page
