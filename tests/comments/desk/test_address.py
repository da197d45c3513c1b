"""A full look at an address: a right of its own, a button, and a line in the log for each."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from comments.models import AddressLook, Comment
from tests.factories import make_comment, make_user
from tests.pages import parse, read

pytestmark = pytest.mark.django_db

ADDRESS = "said.elfassi@example.ma"


@pytest.fixture
def comment() -> Comment:
    return make_comment(email=ADDRESS, status="pending")


def address(comment: Comment) -> str:
    return f"/admin/comments/desk/address/{comment.pk}/"


def may_see() -> User:
    user = make_user("moderator")
    user.user_permissions.add(Permission.objects.get(codename="see_address"))
    return user


def test_the_page_shows_the_mask_and_a_button(login: Any, editor: User, comment: Comment) -> None:
    page = login(editor).get(address(comment)).content.decode()

    assert "s•••@example.ma" in page
    assert "said.elfassi" not in page
    assert not AddressLook.objects.exists()


def test_each_press_of_the_button_shows_it_and_is_logged(login: Any, editor: User, comment: Comment) -> None:
    desk = login(editor)

    responses = [desk.post(address(comment)) for _ in range(2)]

    assert all(ADDRESS in response.content.decode() for response in responses)
    assert {response.headers["Cache-Control"] for response in responses} == {"private, no-store"}
    assert list(AddressLook.objects.values_list("comment", "by")) == [(comment.pk, editor.pk)] * 2
    assert ADDRESS not in desk.get(address(comment)).content.decode()


@pytest.mark.parametrize("role", ["journalist", "moderator", "administrator"])
def test_nobody_else_may_look(login: Any, role: str, comment: Comment) -> None:
    client = login(make_user(role))

    for response in (client.get(address(comment)), client.post(address(comment))):
        assert response.status_code == 403
        assert "example.ma" not in response.content.decode()
    assert not AddressLook.objects.exists()


def test_a_stranger_is_sent_to_the_login(client: Client, comment: Comment) -> None:
    assert client.post(address(comment)).status_code == 302
    assert not AddressLook.objects.exists()


def test_a_foreign_page_cannot_press_the_button(editor: User, comment: Comment) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)

    assert strict.post(address(comment)).status_code == 403
    assert not AddressLook.objects.exists()


def test_a_blanked_address_is_said_to_be_gone_and_not_logged(login: Any, editor: User, comment: Comment) -> None:
    Comment.objects.update(email="", email_digest="")

    response = login(editor).post(address(comment))

    assert response.status_code == 200
    assert not AddressLook.objects.exists()


def test_the_way_there_is_shown_to_those_who_may_go_it(login: Any, comment: Comment) -> None:
    change = f"/admin/comments/comment/{comment.pk}/change/"

    for user, is_shown in ((make_user("moderator"), False), (may_see(), True)):
        page = read(login(user), change)
        links = [each.get("href") for each in page.iter("a")]
        assert (address(comment) in links) is is_shown
        assert "s•••@example.ma" in "".join(page.itertext())


def test_superusers_read_the_log_and_nobody_changes_it(login: Any, editor: User, comment: Comment) -> None:
    login(editor).post(address(comment))
    look = AddressLook.objects.get()
    boss = login(make_user(is_superuser=True))

    listed = boss.get("/admin/comments/addresslook/")
    shown = boss.get(f"/admin/comments/addresslook/{look.pk}/change/")

    assert editor.username in listed.content.decode()
    assert shown.status_code == 200
    assert "example.ma" not in listed.content.decode() + shown.content.decode()
    assert boss.get("/admin/comments/addresslook/add/").status_code == 403
    assert boss.post(f"/admin/comments/addresslook/{look.pk}/delete/").status_code == 403
    assert login(editor).get("/admin/comments/addresslook/").status_code == 403
    assert parse(listed) is not None
