"""The administrators' side of the admin: people, their roles, and the newspaper's own words."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from newsroom.models import SiteSettings
from tests.admin_forms import act, columns, errors_beside, form_data, save
from tests.factories import make_user

pytestmark = pytest.mark.django_db

USERS = "/admin/auth/user/"
SETTINGS = "/admin/newsroom/sitesettings/"
PASSWORD = "سد-الوحدة-1974"
OTHERS = pytest.mark.parametrize("role", ["journalist", "editor", "moderator"])
FORGED: dict[str, dict[str, Any]] = {
    "superuser": {"is_superuser": "on"},
    "permissions": {"user_permissions": ["1", "2", "3"]},
    "joined": {"date_joined_0": "2001-01-01", "date_joined_1": "10:00:00"},
}
BAD_PEOPLE: dict[str, tuple[dict[str, str], str]] = {
    "no-name": ({"username": ""}, "username"),
    "space-in-name": ({"username": "a b"}, "username"),
    "no-address": ({"email": ""}, "email"),
    "wrong-address": ({"email": "samira"}, "email"),
}


@pytest.fixture
def desk(login: Any, administrator: User) -> Client:
    return login(administrator)


def address(person: User, view: str = "change") -> str:
    return f"{USERS}{person.pk}/{view}/"


def key(role: str) -> int:
    return Group.objects.get(name=role).pk


def roles(person: User) -> set[str]:
    return set(person.groups.values_list("name", flat=True))


def new_person(**values: Any) -> dict[str, Any]:
    return {"username": "samira", "email": "samira@example.ma", **values}


def test_an_administrator_adds_a_person_with_roles_who_can_then_work(desk: Client) -> None:
    added = save(desk, f"{USERS}add/", **new_person(groups=[key("journalist")]))
    samira = User.objects.get(username="samira")
    before = roles(samira)
    rights = {"is_staff": "on", "groups": [key("journalist"), key("moderator")], "first_name": "سميرة"}

    given = save(desk, address(samira), **rights)

    samira.refresh_from_db()
    assert (added.status_code, given.status_code) == (302, 302)
    assert before == {"journalist"}
    assert (samira.first_name, samira.is_staff, samira.is_superuser) == ("سميرة", True, False)
    assert roles(samira) == {"journalist", "moderator"}
    colleague = Client()
    colleague.force_login(samira)
    assert colleague.get("/admin/articles/article/add/").status_code == 200
    assert colleague.get("/admin/comments/comment/").status_code == 200


def test_a_new_person_has_no_rights_beyond_the_given_roles(desk: Client) -> None:
    save(desk, f"{USERS}add/", **new_person(), is_superuser="on", user_permissions=["1", "2"], password="known")

    samira = User.objects.get(username="samira")
    assert (samira.is_staff, samira.is_superuser, roles(samira)) == (True, False, set())
    assert not samira.user_permissions.exists()
    assert not samira.has_usable_password()


@pytest.mark.parametrize(("values", "field"), BAD_PEOPLE.values(), ids=list(BAD_PEOPLE))
def test_a_wrong_new_person_is_told_beside_the_field(desk: Client, values: dict[str, str], field: str) -> None:
    before = User.objects.count()

    response = save(desk, f"{USERS}add/", **new_person() | values)

    assert response.status_code == 200
    assert errors_beside(response, field)
    assert User.objects.count() == before


def test_a_role_is_taken_and_an_account_put_to_rest(desk: Client) -> None:
    person = make_user("editor")
    colleague = Client()
    colleague.force_login(person)

    response = save(desk, address(person), groups=[], is_active=[])

    person.refresh_from_db()
    assert response.status_code == 302
    assert (person.is_active, roles(person)) == (False, set())
    assert colleague.get("/admin/").status_code == 302


def test_a_superuser_gives_a_colleague_a_new_password(login: Any) -> None:
    desk, person = login(make_user(is_superuser=True)), make_user("journalist")

    response = desk.post(address(person, "password"), {"password1": PASSWORD, "password2": PASSWORD})

    person.refresh_from_db()
    assert response.status_code == 302
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize(
    "forged",
    [{"groups": "all"}, {"is_active": ""}, {"is_staff": ""}, *FORGED.values()],
    ids=["groups", "active", "staff", *FORGED],
)
def test_an_administrator_cannot_change_the_own_rights(
    desk: Client, administrator: User, forged: dict[str, Any]
) -> None:
    before = columns(administrator)
    if forged == {"groups": "all"}:
        forged = {"groups": list(Group.objects.values_list("pk", flat=True))}

    response = save(desk, address(administrator), first_name="مريم", **forged)

    assert response.status_code == 302
    assert columns(administrator) == before | {"first_name": "مريم"}
    assert roles(administrator) == {"administrator"}
    assert not administrator.user_permissions.exists()


def test_the_form_of_the_own_account_does_not_offer_rights(desk: Client, administrator: User) -> None:
    offered = form_data(desk.get(address(administrator)))

    assert {"username", "first_name", "email"} <= offered.keys()
    assert not {"groups", "is_active", "is_staff", "is_superuser", "user_permissions"} & offered.keys()


@pytest.mark.parametrize("forged", FORGED.values(), ids=list(FORGED))
def test_nobody_is_raised_above_the_roles_by_forged_keys(desk: Client, forged: dict[str, Any]) -> None:
    person = make_user("journalist")
    before = columns(person)

    response = save(desk, address(person), last_name="العلوي", **forged)

    assert response.status_code == 302
    assert columns(person) == before | {"last_name": "العلوي"}
    assert not person.user_permissions.exists()


def test_an_administrator_does_not_see_superusers(desk: Client) -> None:
    owner, person = make_user(username="the-owner", is_superuser=True), make_user("journalist")

    page = desk.get(USERS).content.decode()
    found = desk.get(f"{USERS}?q=the-owner").content.decode()

    assert person.username in page
    assert address(owner) not in page
    assert address(owner) not in found


@pytest.mark.parametrize("view", ["change", "password", "history", "delete"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_superuser_answers_as_a_missing_person(desk: Client, view: str, method: str) -> None:
    owner = make_user(is_superuser=True)
    before, missing = columns(owner), User(pk=owner.pk + 1000)
    forged = {"username": "taken", "password1": PASSWORD, "password2": PASSWORD, "post": "yes"}

    found, absent = (getattr(desk, method)(address(each, view), forged) for each in (owner, missing))

    assert found.status_code in (302, 403, 404)
    assert (found.status_code, found.headers.get("Location")) == (absent.status_code, absent.headers.get("Location"))
    assert columns(owner) == before


def test_a_superuser_sees_every_person(login: Any, administrator: User) -> None:
    owner = make_user(is_superuser=True)

    page = login(owner).get(USERS).content.decode()

    assert address(owner) in page
    assert address(administrator) in page


@pytest.mark.parametrize("who", ["administrator", "superuser"])
def test_nobody_is_deleted(login: Any, who: str) -> None:
    desk = login(make_user(is_superuser=True) if who == "superuser" else make_user(who))
    person = make_user("journalist")

    response = desk.post(address(person, "delete"), {"post": "yes"})
    act(desk, USERS, "delete_selected", person)
    desk.post(USERS, {"action": "delete_selected", "_selected_action": [person.pk], "post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(pk=person.pk).exists()


@OTHERS
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_cannot_open_people_or_settings(login: Any, role: str, method: str) -> None:
    user, person = make_user(role), make_user("administrator")
    desk, stored = login(user), SiteSettings.objects.create(name="الجريدة")
    before = columns(person), columns(stored)
    own, rows = [address(user, view) for view in ("change", "password")], f"{SETTINGS}{stored.pk}/change/"
    paths = [USERS, f"{USERS}add/", address(person), address(person, "password"), SETTINGS, f"{SETTINGS}add/", rows]

    responses = [getattr(desk, method)(path, {"name_ar": "سطو", "is_superuser": "on"}) for path in [*paths, *own]]

    assert [response.status_code for response in responses] == [403] * 9
    assert (columns(person), columns(stored)) == before


@OTHERS
def test_everyone_changes_the_own_password_only_with_the_old_one(login: Any, role: str) -> None:
    user = make_user(role)
    new = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    desk = login(user)

    desk.post("/admin/password_change/", {"old_password": "wrong", **new})
    kept = User.objects.get(pk=user.pk).check_password("password")
    desk.post("/admin/password_change/", {"old_password": "password", **new})

    assert kept
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


@pytest.mark.parametrize("path", ["auth/group/", "auth/group/add/", "taggit/tag/", "auth/permission/"])
def test_groups_and_borrowed_tables_are_not_in_the_admin(login: Any, path: str) -> None:
    desk = login(make_user(is_superuser=True))

    assert desk.get(f"/admin/{path}").status_code == 404
    assert f"/admin/{path}" not in desk.get("/admin/").content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_anonymous_visitor_is_sent_to_the_login(client: Client, administrator: User, method: str) -> None:
    before = columns(administrator)

    for path in (USERS, f"{USERS}add/", address(administrator), address(administrator, "password"), SETTINGS):
        assert getattr(client, method)(path).headers["Location"] == f"/admin/login/?next={path}"
    assert columns(administrator) == before


def test_the_settings_of_the_site_show_on_the_front_page(desk: Client) -> None:
    words = {"name_ar": "جريدة الأطلس", "tagline_ar": "خبر بلا ضجيج", "imprint_ar": "مدير النشر: فلان"}

    added = save(desk, f"{SETTINGS}add/", **words, name_fr="Journal de l’Atlas")
    stored = SiteSettings.objects.get()
    arabic, french = (Client().get(path).content.decode() for path in ("/", "/fr/"))
    changed = save(desk, f"{SETTINGS}{stored.pk}/change/", name_ar="جريدة الريف")

    assert (added.status_code, changed.status_code) == (302, 302)
    assert all(text in arabic for text in words.values())
    assert "Journal de l’Atlas" in french
    front = Client().get("/").content.decode()
    assert "جريدة الريف" in front
    assert "جريدة الأطلس" not in front


def test_there_is_one_row_of_settings_and_it_stays(desk: Client) -> None:
    stored = SiteSettings.objects.create(name="الجريدة")

    responses = [desk.post(f"{SETTINGS}add/", {"name_ar": "أخرى"}), desk.get(f"{SETTINGS}add/")]
    responses.append(desk.post(f"{SETTINGS}{stored.pk}/delete/", {"post": "yes"}))
    desk.post(SETTINGS, {"action": "delete_selected", "_selected_action": [stored.pk], "post": "yes"})

    assert [response.status_code for response in responses] == [403] * 3
    assert SiteSettings.objects.get() == stored


@pytest.mark.parametrize("name", ["", "ج" * 61, "جريدة\x07"], ids=["empty", "long", "control"])
def test_a_wrong_name_is_told_beside_it_and_the_old_one_stays(desk: Client, name: str) -> None:
    stored = SiteSettings.objects.create(name="الجريدة")

    response = save(desk, f"{SETTINGS}{stored.pk}/change/", name_ar=name)

    assert response.status_code == 200
    assert len(errors_beside(response, "name_ar")) == 1
    assert SiteSettings.objects.get().name == "الجريدة"
