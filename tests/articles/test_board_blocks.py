"""Blocks at the board: their order, their settings, and those of the editors' own."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.board import Board, Refused
from articles.choices import Block, Filling
from articles.frontpage import compose
from articles.layout import section_key
from articles.models import FrontPageBlock, FrontPageChange, FrontPageSlot
from tests.admin_forms import form_data, levels
from tests.board import BOARD, press_block
from tests.factories import make_article, make_category, make_slot
from tests.pages import read

pytestmark = pytest.mark.django_db

NEW = f"{BOARD}block/"
SETTINGS = {"name_ar": "صوت الجهات", "size": "3", "filling": Filling.NEWEST}


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


def main_column() -> list[str]:
    return [block.plan.key for block in compose().blocks if block.plan.zone == "main"]


def test_a_section_moves_and_the_page_follows(desk: Client) -> None:
    first, second, third = (section_key(make_category(position=number)) for number in range(3))

    press_block(desk, third, "block_up")
    assert main_column() == [first, third, second]
    press_block(desk, first, "block_down")

    assert main_column() == [third, first, second]


def test_blocks_stay_in_their_column(editor: User) -> None:
    make_category()

    assert Board().shift(Block.LATEST, -1, by=editor) is None
    assert Board().shift(Block.OPINION, 5, by=editor) is None
    assert compose().side == [Block.LATEST, Block.OPINION]


def test_the_opening_has_its_order(desk: Client) -> None:
    page = read(desk, BOARD)

    head = page.find(f".//section[@data-block='{Block.LEAD}']/header")
    assert {each.get("value") for each in head.iter("button")} == {"hide"}


def test_a_block_is_hidden_and_shown_again(desk: Client) -> None:
    article = make_article()
    press_block(desk, Block.LEAD, "hide")
    assert compose().lead is None
    assert compose().top == [article]

    press_block(desk, Block.LEAD, "show")

    assert compose().lead == article


def test_an_editor_makes_a_block_with_a_name_in_each_language(desk: Client) -> None:
    make_category()

    response = desk.post(NEW, {**SETTINGS, "name_fr": "La voix des régions"})

    row = FrontPageBlock.objects.get()
    assert (response.status_code, levels(response)) == (302, ["success"])
    assert (row.name_ar, row.name_fr, row.size) == ("صوت الجهات", "La voix des régions", 3)
    assert main_column()[-1] == row.key


BAD = [
    ({"name_ar": ""}, "name_ar"),
    ({"name_ar": "أ\x07ب"}, "name_ar"),
    ({"size": "0"}, "size"),
    ({"size": "31"}, "size"),
    ({"size": "كثير"}, "size"),
    ({"filling": "magic"}, "filling"),
    ({"filling": Filling.CATEGORY}, "category"),
    ({"filling": Filling.CATEGORY, "category": "9999"}, "category"),
]


@pytest.mark.parametrize(("values", "field"), BAD, ids=str)
def test_a_mistake_is_told_beside_its_field_and_nothing_is_stored(
    desk: Client, values: dict[str, str], field: str
) -> None:
    response = desk.post(NEW, {**SETTINGS, "name_fr": "ما كتب", **values})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "ما كتب" in response.content.decode()
    assert not FrontPageBlock.objects.exists()


def test_a_standard_block_is_given_another_length_and_filling(desk: Client) -> None:
    address = f"{NEW}{Block.TOP}/"
    data = form_data(desk.get(address))
    assert "name_ar" not in data

    desk.post(address, data | {"size": "9", "filling": Filling.NOTHING})

    row = FrontPageBlock.objects.get()
    assert (row.key, row.size, row.filling) == (Block.TOP, 9, Filling.NOTHING)


def test_a_form_that_was_overtaken_is_refused_and_keeps_what_was_typed(desk: Client, editor: User) -> None:
    address = f"{NEW}{Block.TOP}/"
    data = form_data(desk.get(address)) | {"size": "9"}
    Board().set_up(Block.TOP, {"size": 6}, by=editor)

    refused = desk.post(address, data)
    code, stands = refused.status_code, FrontPageBlock.objects.get().size
    accepted = desk.post(address, form_data_of(refused))

    assert (code, stands) == (422, 6)
    assert (accepted.status_code, FrontPageBlock.objects.get().size) == (302, 9)


def form_data_of(response: Any) -> dict[str, Any]:
    """What the refused page would send again."""
    response.status_code = 200
    return form_data(response)


def test_an_own_block_is_deleted_with_its_places(desk: Client) -> None:
    desk.post(NEW, SETTINGS)
    key = FrontPageBlock.objects.get().key
    make_slot(make_article(), block=key)

    desk.post(f"{NEW}{key}/", {"delete": "1"})

    assert not FrontPageBlock.objects.exists()
    assert not FrontPageSlot.objects.exists()
    assert FrontPageChange.objects.count() == 2


def test_a_standard_block_is_not_deleted(desk: Client, editor: User) -> None:
    with pytest.raises(Refused):
        Board().delete_block(Block.TOP, by=editor)

    response = desk.post(f"{NEW}{Block.TOP}/", form_data(desk.get(f"{NEW}{Block.TOP}/")) | {"delete": "1"})
    assert response.status_code == 422


@pytest.mark.parametrize("key", ["own-99", "section-99999", "nonsense"])
def test_a_block_that_is_not_there_is_not_found(desk: Client, key: str) -> None:
    assert desk.get(f"{NEW}{key}/").status_code == 404


def test_keys_of_own_blocks_are_free(editor: User) -> None:
    for _ in range(3):
        Board().add_block({"name_ar": "جهات"}, by=editor)
    Board().delete_block("own-2", by=editor)

    Board().add_block({"name_ar": "ملفات"}, by=editor)

    assert sorted(FrontPageBlock.objects.values_list("key", flat=True)) == ["own-1", "own-2", "own-3"]
