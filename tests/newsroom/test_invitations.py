"""People come by invitation: a mail, a link that is theirs alone, a password of their own."""

import re
import time
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from newsroom.mail.outbox import StaffOutbox
from newsroom.models import StaffMessage
from newsroom.staff.links import INVITATION, RESET
from tests.admin_forms import errors_beside, save
from tests.factories import make_totp, make_user

pytestmark = pytest.mark.django_db

USERS = "/admin/auth/user/"
PASSWORD = "سد-الوحدة-1974"
CHOICE = {"new_password1": PASSWORD, "new_password2": PASSWORD}
WEEK = 7 * 24 * 3600  # seconds


@pytest.fixture
def desk(login: Any, administrator: User) -> Client:
    return login(administrator)


@pytest.fixture
def samira(desk: Client) -> User:
    response = save(desk, f"{USERS}add/", username="samira", email="samira@example.ma", first_name="سميرة")
    assert response.status_code == 302
    return User.objects.get(username="samira")


def mailed_link() -> str:
    """The path that the one mail that waits leads to."""
    StaffOutbox().send_due()
    found = set(re.findall(r"http://localhost:8000(/admin/account/\S+/)", str(mail.outbox[-1].body)))
    assert len(found) == 1
    return found.pop()


def test_the_invited_gets_a_mail_chooses_a_password_and_logs_in(samira: User, client: Client) -> None:
    link, visitor = mailed_link(), Client()

    page = visitor.get(link)
    chosen = visitor.post(link, CHOICE)

    samira.refresh_from_db()
    assert (mail.outbox[0].to, len(mail.outbox)) == (["samira@example.ma"], 1)
    assert "samira" in page.content.decode()
    assert chosen.headers["Location"] == "/admin/login/"
    assert samira.check_password(PASSWORD)
    logged_in = visitor.post("/admin/login/", {"username": "samira", "password": PASSWORD, "next": "/admin/"})
    assert logged_in.headers["Location"] == "/admin/"


def test_until_then_nobody_logs_in(samira: User) -> None:
    for password in ("", "samira", "password"):
        assert Client().post("/admin/login/", {"username": "samira", "password": password}).status_code == 200


def test_the_mail_and_the_page_are_in_both_parts_and_private(samira: User) -> None:
    link = mailed_link()
    page = Client().get(link)

    assert link in str(mail.outbox[0].alternatives[0][0])
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_looking_at_the_link_changes_nothing(samira: User) -> None:
    link = mailed_link()

    for method in ("get", "head", "get"):
        assert getattr(Client(), method)(link).status_code == 200
    assert not User.objects.get(pk=samira.pk).has_usable_password()


def test_the_link_works_once(samira: User) -> None:
    link = mailed_link()
    Client().post(link, CHOICE)

    again = Client().post(link, {"new_password1": "another-1974", "new_password2": "another-1974"})

    assert again.status_code == 404
    assert User.objects.get(pk=samira.pk).check_password(PASSWORD)


@pytest.mark.parametrize(("seconds", "status"), [(WEEK - 60, 200), (WEEK + 60, 404)])
def test_the_link_is_valid_for_seven_days(samira: User, seconds: int, status: int) -> None:
    link = mailed_link()

    with time_machine.travel(time.time() + seconds):
        assert Client().get(link).status_code == status


@pytest.mark.parametrize("values", [{"email": "new@example.ma"}, {"is_active": False}, {"is_staff": False}])
def test_the_link_ends_with_the_address_and_the_account(samira: User, values: dict[str, Any]) -> None:
    link = mailed_link()
    User.objects.filter(pk=samira.pk).update(**values)

    assert Client().get(link).status_code == 404


def test_a_forged_link_and_that_of_another_or_another_kind_lead_nowhere(samira: User) -> None:
    other = make_user("editor")
    *_start, key, token, _end = INVITATION.path(samira).split("/")
    *_start, other_key, other_token, _end = INVITATION.path(other).split("/")
    reset_token = RESET.make_token(samira)
    forged = [(key, other_token), (other_key, token), (key, reset_token), (key, "x-y"), ("zzzzzzzzzzzzzz", token)]
    forged += [("%00", token), (key, token + "0"), ("-1", token)]

    paths = [f"/admin/account/invitation/{a}/{b}/" for a, b in forged]

    assert {Client().get(path).status_code for path in paths} == {404}
    assert {Client().post(path, CHOICE).status_code for path in paths} == {404}


@pytest.mark.parametrize(
    ("first", "second"), [("12345678", "12345678"), (PASSWORD, "another"), ("samira12", "samira12"), ("", "")]
)
def test_a_weak_or_mistyped_password_is_told_beside_it(samira: User, first: str, second: str) -> None:
    link = mailed_link()

    response = Client().post(link, {"new_password1": first, "new_password2": second})

    assert response.status_code == 200
    assert errors_beside(response, "new_password1") + errors_beside(response, "new_password2")
    assert not User.objects.get(pk=samira.pk).has_usable_password()


@pytest.mark.parametrize("email", ["taken@example.ma", "TAKEN@Example.MA", " taken@example.ma "])
def test_an_address_is_of_one_person_alone(desk: Client, email: str) -> None:
    person, other = make_user("editor", email="Taken@example.ma"), make_user("editor", email="free@example.ma")

    added = save(desk, f"{USERS}add/", username="samira", email=email)
    changed = save(desk, f"{USERS}{other.pk}/change/", email=email)
    own = save(desk, f"{USERS}{person.pk}/change/", email=email)

    assert [len(errors_beside(response, "email")) for response in (added, changed)] == [1, 1]
    assert own.status_code == 302
    assert not User.objects.filter(username="samira").exists()


def test_an_invitation_is_sent_again_and_the_first_choice_ends_both_links(desk: Client, samira: User) -> None:
    first = mailed_link()
    asked = desk.get(f"{USERS}{samira.pk}/invite/")
    waiting = StaffMessage.objects.filter(sent_at=None).count()
    desk.post(f"{USERS}{samira.pk}/invite/")

    second = mailed_link()
    Client().post(second, CHOICE)

    assert (asked.status_code, waiting, len(mail.outbox)) == (200, 0, 2)
    assert [Client().get(link).status_code for link in (first, second)] == [404, 404]
    assert desk.post(f"{USERS}{samira.pk}/invite/").status_code == 404


@pytest.mark.parametrize("role", ["journalist", "editor", "moderator"])
def test_others_invite_nobody(login: Any, samira: User, role: str) -> None:
    desk = login(make_user(role))
    before = StaffMessage.objects.count()

    answers = [
        desk.post(f"{USERS}{samira.pk}/invite/"),
        desk.post(f"{USERS}add/", {"username": "x", "email": "x@x.ma"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert StaffMessage.objects.count() == before


def test_who_chose_a_password_before_the_mail_went_gets_none(samira: User) -> None:
    samira.set_password(PASSWORD)
    samira.save()

    StaffOutbox().send_due()

    assert mail.outbox == []


def test_the_list_says_who_is_invited_active_at_rest_and_protected(desk: Client, samira: User) -> None:
    editor = make_user("editor")
    make_totp(editor)
    make_user("journalist", is_active=False)

    rows = {row["username"]: row for row in listed(desk)}

    states = {row["state"] for row in rows.values()}
    assert len(states) == 4  # the administrator's own is active
    assert 'alt="True"' in rows[editor.username]["factor"]
    assert 'alt="False"' in rows["samira"]["factor"]


def listed(desk: Client) -> list[dict[str, str]]:
    desk_user = User.objects.get(username__startswith="administrator")
    User.objects.filter(pk=desk_user.pk).update(last_login="2026-11-01T10:00:00Z")
    page = desk.get(USERS).content.decode()
    names = re.findall(r'<th class="field-username">.*?>([^<]+)</a>', page)
    states = re.findall(r'<td class="field-state[^"]*">([^<]*)<', page)
    factors = re.findall(r'<td class="field-has_second_factor">(.*?)</td>', page)
    return [
        {"username": name, "state": state, "factor": factor}
        for name, state, factor in zip(names, states, factors, strict=True)
    ]
