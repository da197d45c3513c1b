"""Accounts are put to rest, never deleted: sessions and locks end at once, what they wrote stays."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.test import Client

from articles.models import EditLock
from newsroom.staff.people import activate, deactivate
from tests.admin_forms import act, errors_beside, levels, save
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db

USERS = "/admin/auth/user/"


@pytest.fixture
def desk(login: Any, administrator: User) -> Client:
    return login(administrator)


@pytest.fixture
def person(db: Any) -> User:
    person = make_user("editor")
    EditLock.objects.create(article=make_article(), user=person)
    return person


def is_active(person: User) -> bool:
    return User.objects.get(pk=person.pk).is_active


@pytest.mark.parametrize("way", ["form", "list"])
def test_sessions_and_locks_end_at_once_and_for_good(desk: Client, person: User, way: str) -> None:
    elsewhere = Client()
    elsewhere.force_login(person)
    before = elsewhere.get("/admin/").status_code

    if way == "form":
        save(desk, f"{USERS}{person.pk}/change/", is_active=[])
    else:
        act(desk, USERS, "deactivate_people", person)

    assert (before, elsewhere.get("/admin/").status_code) == (200, 302)
    assert not is_active(person)
    assert not EditLock.objects.exists()
    act(desk, USERS, "activate_people", person)
    assert is_active(person)
    assert elsewhere.get("/admin/").status_code == 302


def test_each_is_logged_under_the_name_of_who_did_it(desk: Client, administrator: User, person: User) -> None:
    act(desk, USERS, "deactivate_people", person)
    act(desk, USERS, "activate_people", person)

    assert LogEntry.objects.filter(user=administrator, object_id=person.pk).count() == 2


def test_nobody_deactivates_their_own_account(desk: Client, administrator: User, person: User) -> None:
    response = act(desk, USERS, "deactivate_people", administrator, person)

    assert is_active(administrator)
    assert not is_active(person)
    assert levels(response) == ["error", "success"]


def test_an_administrator_does_not_reach_a_superuser(desk: Client) -> None:
    owner, resting = make_user(is_superuser=True), make_user(is_superuser=True, is_active=False)

    act(desk, USERS, "deactivate_people", owner)
    act(desk, USERS, "activate_people", resting)

    assert is_active(owner)
    assert not is_active(resting)


@pytest.mark.parametrize("role", ["journalist", "editor", "moderator"])
@pytest.mark.parametrize("action", ["deactivate_people", "activate_people"])
def test_others_put_nobody_to_rest(login: Any, person: User, role: str, action: str) -> None:
    resting = make_user("journalist", is_active=False)

    response = act(login(make_user(role)), USERS, action, person, resting)

    assert response.status_code == 403
    assert (is_active(person), is_active(resting)) == (True, False)


def test_who_may_only_look_at_people_has_no_such_action(login: Any, person: User) -> None:
    viewer = make_user()
    viewer.user_permissions.add(Permission.objects.get(codename="view_user"))

    act(login(viewer), USERS, "deactivate_people", person)

    assert is_active(person)


def test_the_last_administrator_stays(person: User, administrator: User) -> None:
    helper = make_user()
    helper.user_permissions.add(Permission.objects.get(codename="change_user"))

    with pytest.raises(ValidationError):
        deactivate(administrator, by=helper)

    assert is_active(administrator)
    make_user("administrator")
    deactivate(administrator, by=helper)
    assert not is_active(administrator)


def test_the_last_superuser_stays(administrator: User) -> None:
    owner = make_user(is_superuser=True)

    with pytest.raises(ValidationError):
        deactivate(owner, by=administrator)

    make_user(is_superuser=True)
    deactivate(owner, by=administrator)
    assert not is_active(owner)


def test_the_form_says_why_the_last_administrator_stays(login: Any, administrator: User) -> None:
    helper = make_user()
    helper.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))

    response = save(login(helper), f"{USERS}{administrator.pk}/change/", is_active=[])

    assert len(errors_beside(response, "is_active")) == 1
    assert is_active(administrator)


def test_nobody_brings_the_own_account_back(administrator: User) -> None:
    with pytest.raises(ValidationError):
        activate(administrator, by=administrator)


def test_a_person_at_rest_cannot_log_in(client: Client, person: User) -> None:
    deactivate(person, by=make_user("administrator"))

    response = client.post("/admin/login/", {"username": person.username, "password": "password"})

    assert response.status_code == 200
    assert client.get("/admin/").status_code == 302
