"""The log of the board, and what is taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.board import Board, Clash
from articles.board.states import SETTINGS
from articles.choices import Block, Filling
from articles.models import Article, FrontPageBlock, FrontPageChange, FrontPageSlot
from tests.admin_forms import columns, levels
from tests.board import ACT, BOARD, fields_of
from tests.factories import make_article, make_category, make_slot, make_user
from tests.pages import read, words

pytestmark = pytest.mark.django_db

TOP = Block.TOP.value
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


def everything() -> Any:
    slots = [columns(slot) for slot in FrontPageSlot.objects.order_by("pk")]
    rows = [{name: columns(row)[name] for name in SETTINGS} for row in FrontPageBlock.objects.order_by("key")]
    hot = list(Article.objects.order_by("pk").values_list("pk", "is_hot", "hot_until"))
    return slots, rows, hot


def first_slot() -> FrontPageSlot:
    return FrontPageSlot.objects.order_by("pk").first()


ACTS: dict[str, Any] = {
    "place": lambda board, by: board.place(make_article(published_at=timezone.now() - HOUR), TOP, 0, by=by),
    "move": lambda board, by: board.move(first_slot(), Block.LATEST, 3, by=by),
    "step": lambda board, by: board.step(first_slot(), 1, by=by),
    "pin": lambda board, by: board.pin(first_slot(), by=by),
    "times": lambda board, by: board.set_times(first_slot(), timezone.now(), timezone.now() + HOUR, by=by),
    "remove": lambda board, by: board.remove(first_slot(), by=by),
    "heat": lambda board, by: board.heat(Article.objects.first(), timezone.now() + HOUR, by=by),
    "shift": lambda board, by: board.shift(Block.LATEST, 1, by=by),
    "hide": lambda board, by: board.show(TOP, False, by=by),
    "set up": lambda board, by: board.set_up(TOP, {"size": 7, "filling": Filling.HOT}, by=by),
    "add block": lambda board, by: board.add_block({"name_ar": "جهات", "size": 3}, by=by),
    "delete block": lambda board, by: board.delete_block("own-7", by=by),
}


@pytest.fixture
def standing() -> None:
    FrontPageBlock.objects.create(key="own-7", name_ar="ملفات", position=3)
    for position in range(3):
        make_slot(make_article(), block=TOP, position=position)
    make_slot(make_article(), block="own-7", ends_at=timezone.now() + HOUR)


@pytest.mark.usefixtures("standing")
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_every_act_can_be_taken_back_by_another_and_done_again(editor: User, act: Any) -> None:
    before_articles = set(Article.objects.values_list("pk", flat=True))
    before = everything()
    change = act(Board(), editor)
    after = everything()
    assert change is not None
    assert after != before

    undo = Board().undo(change, by=make_user("editor"))
    taken_back = everything()
    Board().undo(undo, by=editor)

    assert taken_back[:2] == before[:2]
    assert [row for row in taken_back[2] if row[0] in before_articles] == before[2]
    assert everything() == after


@pytest.mark.usefixtures("standing")
def test_an_undo_that_would_take_away_a_newer_change_is_refused(editor: User) -> None:
    older = Board().step(first_slot(), 1, by=editor)
    Board().remove(FrontPageSlot.objects.filter(block=TOP).last(), by=editor)
    before = everything()

    with pytest.raises(Clash):
        Board().undo(older, by=editor)

    assert everything() == before


@pytest.mark.usefixtures("standing")
def test_nothing_is_taken_back_twice(editor: User) -> None:
    change = Board().remove(first_slot(), by=editor)
    Board().undo(change, by=editor)

    with pytest.raises(Clash):
        Board().undo(change, by=editor)

    assert FrontPageChange.objects.count() == 2


def test_a_place_that_ended_meanwhile_stays_away(editor: User) -> None:
    slot = make_slot(make_article(), block=TOP, ends_at=timezone.now() + HOUR)
    other = make_slot(make_article(), block=TOP, position=1)
    change = Board().step(other, -1, by=editor)
    FrontPageSlot.objects.filter(pk=slot.pk).update(ends_at=timezone.now() - timedelta(minutes=1))
    for state in (change.before, change.after):  # as if the hour had passed
        for row in state[0]["rows"]:
            if row["id"] == slot.pk:
                row["ends_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()

    Board().undo(change, by=editor)

    assert [each.pk for each in FrontPageSlot.objects.filter(ends_at=None)] == [other.pk]


def test_the_place_of_an_article_that_is_gone_stays_away(editor: User) -> None:
    article = make_article()
    change = Board().remove(make_slot(article, block=TOP), by=editor)
    article.delete()

    Board().undo(change, by=editor)

    assert not FrontPageSlot.objects.exists()


@pytest.mark.usefixtures("standing")
def test_the_log_tells_who_did_what_and_offers_to_take_it_back(desk: Client, editor: User) -> None:
    colleague = make_user("editor", username="najat")
    slot = first_slot()
    Board().remove(slot, by=colleague)

    log = read(desk, BOARD).find(".//section[@class='board-log']")
    response = desk.post(ACT, fields_of(log, "undo"))

    assert "najat" in words(log)
    assert slot.article.title in words(log)
    assert levels(response) == ["success"]
    assert FrontPageSlot.objects.filter(pk=slot.pk).exists()
    assert FrontPageChange.objects.get(undoes__isnull=False).by == editor


@pytest.mark.usefixtures("standing")
def test_a_clash_is_told(desk: Client, editor: User) -> None:
    Board().step(first_slot(), 1, by=editor)
    log = read(desk, BOARD).find(".//section[@class='board-log']")
    sent = fields_of(log, "undo")
    Board().remove(first_slot(), by=editor)

    assert levels(desk.post(ACT, sent)) == ["warning"]


@pytest.mark.usefixtures("standing")
def test_what_was_taken_back_is_not_offered_again(desk: Client, editor: User) -> None:
    change = Board().remove(first_slot(), by=editor)
    Board().undo(change, by=editor)

    log = read(desk, BOARD).find(".//section[@class='board-log']")

    offered = {each.get("value") for each in log.iter("input") if each.get("name") == "change"}
    assert offered == {str(FrontPageChange.objects.get(undoes=change).pk)}


def test_an_act_that_changes_nothing_is_not_logged(editor: User) -> None:
    slot = make_slot(make_article(), block=TOP)

    assert Board().set_times(slot, slot.starts_at, None, by=editor) is None
    assert Board().step(slot, -1, by=editor) is None
    assert not FrontPageChange.objects.exists()


def test_the_log_keeps_whole_sentences(editor: User) -> None:
    article = make_article("ع" * 500)

    change = Board().place(article, TOP, 0, by=editor)

    assert len(change.what) < 300
    assert change.what.count("\u2068") == change.what.count("\u2069") == 2


def test_categories_of_undone_blocks_come_back(editor: User) -> None:
    category = make_category(in_menu=False)
    values = {"name_ar": "الجهة", "filling": Filling.CATEGORY, "category": category}
    Board().add_block(values, by=editor)
    change = Board().delete_block("own-1", by=editor)

    Board().undo(change, by=editor)

    assert FrontPageBlock.objects.get(key="own-1").category == category
