"""Choosing from the library: the page that the editor opens, the part that a dialogue shows, the field itself."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.picking import PAGE_SIZE
from articles.choices import Status
from tests.admin_forms import form_data
from tests.factories import make_article, make_author, make_picture, make_user
from tests.pages import parse, read

pytestmark = pytest.mark.django_db

PICKER = "/admin/articles/picture/picker/"


@pytest.fixture
def desk(login: Any, journalist: User) -> Client:
    return login(journalist)


def items(desk: Client, address: str = PICKER) -> list[dict[str, str]]:
    return [dict(each.items()) for each in read(desk, address).iter("button") if each.get("class") == "picker__item"]


def test_it_has_the_address_that_the_editor_is_told() -> None:
    assert reverse("admin:articles_picture_picker") == PICKER


def test_each_picture_carries_what_the_editor_takes(desk: Client) -> None:
    picture = make_picture(alt="قطار", caption="المحطة صباحا", credit="و.م.ع")

    (item,) = items(desk)

    assert item["data-address"] == picture.file.url
    assert item["data-address"].startswith("/")
    assert (item["data-alt"], item["data-caption"], item["data-id"]) == ("قطار", "المحطة صباحا", str(picture.pk))


def test_it_knows_whom_to_tell(desk: Client) -> None:
    page = read(desk, f"{PICKER}?CKEditorFuncNum=-7")

    assert [each.get("data-function") for each in page.iter("div") if each.get("data-picker")] == ["-7"]
    assert [each.get("value") for each in page.iter("input") if each.get("name") == "CKEditorFuncNum"] == ["-7"]


def test_the_search_finds_every_spelling(desk: Client) -> None:
    wanted = make_picture(alt="القطار السريع إلى أكادير")
    make_picture(alt="ميناء")

    assert [item["data-id"] for item in items(desk, f"{PICKER}?q=اكادير")] == [str(wanted.pk)]


def test_older_pictures_follow_and_none_is_left_out(desk: Client) -> None:
    made = [str(make_picture().pk) for _ in range(PAGE_SIZE + 3)]

    first = items(desk)
    link = next(a.get("href", "") for a in read(desk, PICKER).iter("a") if "before=" in a.get("href", ""))
    second = items(desk, link)

    assert [item["data-id"] for item in first + second] == made[::-1]
    assert len(second) == 3


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=9" * 9, "before=٣", "q=%00", "q=" + "a " * 900])
def test_no_query_takes_it_down(desk: Client, query: str) -> None:
    make_picture()

    assert desk.get(f"{PICKER}?{query}").status_code == 200


def test_the_part_is_what_stands_in_the_page(desk: Client) -> None:
    make_picture()

    part = desk.get(f"{PICKER}?part=1").content.decode()

    assert "<html" not in part
    assert 'class="picker"' in part


@pytest.mark.parametrize(("role", "status"), [("journalist", 200), ("editor", 200), ("moderator", 403), ("", 403)])
def test_who_may_choose(login: Any, role: str, status: int) -> None:
    assert login(make_user(role)).get(PICKER).status_code == status


def test_it_is_private_and_read_only(desk: Client, client: Client) -> None:
    response = desk.get(PICKER)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert desk.post(PICKER).status_code == 405
    assert Client().get(PICKER).status_code == 302


def test_its_queries_do_not_grow(desk: Client) -> None:
    def count(more: int) -> int:
        for _ in range(more):
            make_picture()
        with CaptureQueriesContext(connection) as captured:
            desk.get(PICKER)
        return len(captured)

    count(1)
    assert count(2) == count(10) <= 8


def test_the_field_of_an_article_is_a_select_with_the_library_beside_it(desk: Client, journalist: User) -> None:
    picture = make_picture()
    article = make_article(picture=picture, status=Status.DRAFT, owner=journalist)
    address = f"/admin/articles/article/{article.pk}/change/"

    page, data = parse(desk.get(address)), form_data(desk.get(address))

    field = next(each for each in page.iter("span") if each.get("data-picture-field"))
    select = next(each for each in page.iter("select") if each.get("name") == "picture")
    assert data["picture"] == str(picture.pk)
    assert field.get("data-picture-field") == select.get("id")
    assert field.get("data-picker") == f"{PICKER}?part=1"
    assert "hidden" in field.attrib  # until the script is there


def test_the_portrait_of_an_author_is_chosen_the_same_way(login: Any, editor: User) -> None:
    page = read(login(editor), f"/admin/articles/author/{make_author().pk}/change/")

    assert [each.get("data-picture-field") for each in page.iter("span") if each.get("data-picture-field")] == [
        "id_portrait"
    ]


def test_the_card_tells_what_the_field_shows(desk: Client) -> None:
    picture = make_picture(alt="قطار")

    told = desk.get(f"/admin/articles/picture/{picture.pk}/card/").json()

    assert (told["id"], told["alt"], told["changeable"]) == (picture.pk, "قطار", False)
    assert desk.get("/admin/articles/picture/999999/card/").status_code == 404
