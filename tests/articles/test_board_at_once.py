"""The board in many hands: nothing is done twice, nothing blindly, and nothing that makes no sense."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.board import Board, Stale
from articles.board.states import heat_key, heat_version, version_now
from articles.choices import Block
from articles.models import Article, FrontPageChange, FrontPageSlot
from tests.admin_forms import levels
from tests.board import ACT, BOARD, board_after, card_of, fields_of, order, press
from tests.factories import make_article, make_category, make_slot
from tests.pages import read

pytestmark = pytest.mark.django_db

TOP = Block.TOP.value
HOUR = timedelta(hours=1)


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


@pytest.fixture
def newest() -> list[Article]:
    category, now = make_category(in_menu=False), timezone.now()
    return [make_article(category=category, published_at=now - number * HOUR) for number in range(1, 9)]


def old() -> Article:
    return make_article(published_at=timezone.now() - timedelta(days=30))


def chosen(count: int, block: str = TOP) -> list[Article]:
    articles = [old() for _ in range(count)]
    for position, article in enumerate(articles):
        make_slot(article, block=block, position=position)
    return articles


def slot_of(article: Article) -> FrontPageSlot:
    return FrontPageSlot.objects.get(article=article)


def test_a_double_click_is_one_act(desk: Client, newest: list[Article]) -> None:
    first, second, third = chosen(3)
    sent = fields_of(card_of(read(desk, BOARD), third), "up")

    responses = [desk.post(ACT, sent) for _ in range(2)]

    assert [response.status_code for response in responses] == [303, 303]
    assert levels(responses[1])[-1] == "success"
    assert order(TOP)[:3] == [first, third, second]
    assert FrontPageChange.objects.count() == 1


def test_what_was_seen_before_anothers_act_is_refused_with_the_fresh_board(desk: Client, newest: list[Article]) -> None:
    first, second, third = chosen(3)
    sent = fields_of(card_of(read(desk, BOARD), third), "up")
    press(desk, second, "up")

    response = desk.post(ACT, sent, headers={"Accept": "application/json"})

    assert response.json()["level"] == "warning"
    assert [card.get("data-article") for card in board_after(response).find(f".//section[@id='block-{TOP}']/ol")][
        :3
    ] == [str(article.pk) for article in (second, first, third)]
    assert order(TOP)[:3] == [second, first, third]


def test_an_act_on_another_block_disturbs_nobody(desk: Client, newest: list[Article]) -> None:
    _first, second = chosen(2)
    (opinion,) = chosen(1, Block.OPINION)
    sent = fields_of(card_of(read(desk, BOARD), second), "up")
    press(desk, opinion, "remove")

    desk.post(ACT, sent)

    assert order(TOP)[0] == second


def test_a_place_that_is_gone_is_told(desk: Client, newest: list[Article], editor: User) -> None:
    (article,) = chosen(1)
    slot, sent = slot_of(article), fields_of(card_of(read(desk, BOARD), article), "pin")
    slot.delete()

    assert levels(desk.post(ACT, sent)) == ["warning"]
    with pytest.raises(Stale):
        Board({TOP: version_now(TOP)}).pin(slot, by=editor)


BAD: list[dict[str, str]] = [
    {"do": "destroy"},
    {"do": "up"},
    {"do": "up", "slot": "x"},
    {"do": "up", "slot": "9" * 30},
    {"do": "place", "article": "1", "block": "<script>"},
    {"do": "undo", "change": "77"},
]


@pytest.mark.parametrize("sent", BAD, ids=str)
def test_a_malformed_act_changes_nothing(desk: Client, sent: dict[str, str]) -> None:
    make_article(pk=1)

    assert desk.post(ACT, sent).status_code == 400
    assert not FrontPageChange.objects.exists()


def test_looking_changes_nothing(desk: Client) -> None:
    assert desk.get(ACT).status_code == 405


def test_a_hot_flag_that_another_changed_meanwhile_is_not_raised_again(editor: User, newest: list[Article]) -> None:
    article, end = newest[0], timezone.now() + HOUR
    Board().heat(article, end, by=editor)
    article.refresh_from_db()
    seen = {heat_key(article.pk): heat_version(article)}
    Board(seen).cool(article, by=editor)

    with pytest.raises(Stale):
        Board(seen).heat(article, end, by=editor)

    article.refresh_from_db()
    assert not article.is_hot
    assert article.history.first().history_user == editor
