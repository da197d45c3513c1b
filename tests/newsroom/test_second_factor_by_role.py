"""A second factor that a role demands; and one that an administrator resets."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client

from newsroom.models import SiteSettings
from tests.factories import make_totp, make_user, totp_code
from tests.newsroom.test_second_factor import GIVE, SET_UP, STAFF_PAGES, enter, give_password, key_on

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _editors_need_one(db: Any) -> None:
    demand("editor")


def demand(*roles: str) -> None:
    stored = SiteSettings.objects.first() or SiteSettings.objects.create(name="الجريدة")
    stored.two_factor_groups.set(Group.objects.filter(name__in=roles))


def is_open(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def reset_path(person: User) -> str:
    return f"/admin/auth/user/{person.pk}/reset-second-factor/"


@pytest.mark.parametrize("how", ["password", "session"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_needs_one_opens_nothing_but_its_set_up(client: Client, editor: User, how: str, method: str) -> None:
    if how == "session":
        client.force_login(editor)
    else:
        give_password(client, editor)

    answers = [getattr(client, method)(path) for path in STAFF_PAGES]

    assert {answer.headers["Location"].partition("?")[0] for answer in answers} == {"/admin/login/"}
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(SET_UP)


def test_the_desk_opens_once_it_is_set_up(client: Client, editor: User) -> None:
    page = give_password(client, editor, "/admin/articles/article/")
    codes = client.post(SET_UP, {"code": totp_code(key_on(page)), "next": page.context["next"]}, follow=True)

    left = client.post("/admin/account/recovery-codes/", {"next": codes.context["next"]})

    assert page.redirect_chain[-1][0].startswith(SET_UP)
    assert left.headers["Location"] == "/admin/articles/article/"
    assert is_open(client)


@pytest.mark.parametrize("role", ["journalist", "moderator", "administrator"])
def test_who_does_not_need_one_is_not_asked(login: Any, role: str) -> None:
    assert is_open(login(make_user(role)))


def test_one_of_several_roles_is_enough(login: Any) -> None:
    person = make_user("moderator")
    person.groups.add(Group.objects.get(name="editor"))

    assert not is_open(login(person))


def test_it_holds_at_once_for_sessions_that_are_open_and_ends_at_once(login: Any, journalist: User) -> None:
    desk = login(journalist)
    seen = [is_open(desk)]
    for roles in (["journalist"], []):
        demand(*roles)
        seen.append(is_open(desk))

    assert seen == [True, False, True]


@pytest.mark.parametrize(("roles", "opens"), [(["editor"], True), (["administrator"], False)])
def test_a_superuser_needs_what_an_administrator_needs(login: Any, roles: list[str], opens: bool) -> None:
    demand(*roles)

    assert is_open(login(make_user(is_superuser=True))) == opens


def test_who_has_one_gives_it_and_is_not_asked_to_set_up(client: Client, editor: User) -> None:
    enter(client, editor, make_totp(editor))

    assert is_open(client)


def test_whose_role_needs_one_is_led_to_another_set_up_after_removing_it(client: Client, editor: User) -> None:
    enter(client, editor, make_totp(editor))
    factor = Authenticator.objects.get(user=editor, type="totp")

    client.post(f"/admin/account/second-factor/{factor.pk}/remove/")

    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(SET_UP)


def test_demanding_it_costs_a_staff_page_no_query(login: Any, journalist: User, django_assert_num_queries: Any) -> None:
    desk = login(journalist)

    with django_assert_num_queries(2):  # the session, and the person
        assert desk.get("/admin/jsi18n/").status_code == 200


def test_an_administrator_resets_a_lost_factor(login: Any, administrator: User, editor: User) -> None:
    elsewhere = Client()
    enter(elsewhere, editor, make_totp(editor))
    desk = login(administrator)

    offered = reset_path(editor) in desk.get(f"/admin/auth/user/{editor.pk}/change/").content.decode()
    asked = desk.get(reset_path(editor))
    kept = Authenticator.objects.filter(user=editor).count()
    done = desk.post(reset_path(editor))

    assert (offered, asked.status_code, kept, done.status_code) == (True, 200, 2, 302)
    assert not Authenticator.objects.filter(user=editor).exists()
    assert LogEntry.objects.filter(object_id=editor.pk, user=administrator).count() == 1
    assert elsewhere.get("/admin/", follow=True).redirect_chain[-1][0] == "/admin/login/?next=/admin/"


@pytest.mark.parametrize("role", ["journalist", "editor", "moderator"])
def test_others_reset_nobodys_factor(client: Client, role: str) -> None:
    demand()
    person, owner = make_user(role), make_user("journalist")
    make_totp(owner)
    client.force_login(person)

    answers = [client.get(reset_path(owner)), client.post(reset_path(owner)), client.post(reset_path(User(pk=99999)))]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert Authenticator.objects.filter(user=owner).count() == 2


def test_an_administrator_resets_neither_a_superusers_factor_nor_the_own(login: Any, administrator: User) -> None:
    owner = make_user(is_superuser=True)
    make_totp(owner)
    desk = login(administrator)

    answers = [desk.post(reset_path(each)) for each in (owner, administrator, User(pk=99999))]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert Authenticator.objects.filter(user=owner).count() == 2


def test_where_there_is_no_factor_there_is_none_to_reset(login: Any, administrator: User, journalist: User) -> None:
    desk = login(administrator)

    assert [desk.get(reset_path(journalist)).status_code, desk.post(reset_path(journalist)).status_code] == [404, 404]


def test_a_superuser_resets_that_of_another_one(login: Any) -> None:
    owner = make_user(is_superuser=True)
    make_totp(owner)

    assert login(make_user(is_superuser=True)).post(reset_path(owner)).status_code == 302
    assert not Authenticator.objects.filter(user=owner).exists()


def test_before_the_code_nobody_resets_a_factor(client: Client, administrator: User) -> None:
    make_totp(administrator)
    person = make_user("journalist")
    make_totp(person)
    give_password(client, administrator)

    assert client.post(reset_path(person)).headers["Location"].startswith("/admin/login/")
    assert client.get(GIVE).status_code == 200
    assert Authenticator.objects.filter(user=person).count() == 2
