"""The buttons of the board: what each does, and that it is logged."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.board import Board, Refused
from articles.choices import Block, Status
from articles.models import Article, FrontPageChange, FrontPageSlot
from newsroom.models import PageGeneration
from tests.board import ACT, BOARD, card_of, fields_of, order, press
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


def test_what_was_found_is_put_first_in_a_block(desk: Client, newest: list[Article]) -> None:
    article = make_article("السدود تمتلئ", published_at=timezone.now() - timedelta(days=30))
    (first,) = chosen(1)
    card = card_of(read(desk, f"{BOARD}?q=السدود"), article)

    response = desk.post(ACT, fields_of(card, "place") | {"block": TOP})

    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"{BOARD}?q=%D8%A7%D9%84%D8%B3%D8%AF%D9%88%D8%AF",
    )
    assert order(TOP)[:2] == [article, first]


def test_what_stands_elsewhere_leaves_its_place(newest: list[Article], editor: User) -> None:
    (article,) = chosen(1, Block.LEAD)

    Board().place(article, TOP, 0, by=editor)

    assert order(TOP)[0] == article
    assert [slot.block for slot in FrontPageSlot.objects.all()] == [TOP]


@pytest.mark.parametrize("place", range(5))
def test_an_article_comes_to_the_place_that_it_is_put_at(newest: list[Article], editor: User, place: int) -> None:
    first, second = chosen(2)
    article = old()

    Board().place(article, TOP, place, by=editor)

    expected = [first, second]
    expected.insert(place, article)
    assert order(TOP)[:3] == expected


@pytest.mark.parametrize(("place", "after"), [(0, "cab"), (1, "acb"), (2, "abc"), (9, "abc")])
def test_a_place_moves_within_its_block(newest: list[Article], editor: User, place: int, after: str) -> None:
    named = dict(zip("abc", chosen(3), strict=True))

    Board().move(slot_of(named["c"]), TOP, place, by=editor)

    assert order(TOP)[:3] == [named[letter] for letter in after]


def test_up_and_down_pass_one_neighbour(desk: Client, newest: list[Article]) -> None:
    first, second, third = chosen(3)

    press(desk, third, "up")
    assert order(TOP)[:3] == [first, third, second]

    press(desk, first, "down")
    assert order(TOP)[:3] == [third, first, second]


def test_those_that_wait_keep_their_neighbours(newest: list[Article], editor: User) -> None:
    first, second, third = chosen(3)
    FrontPageSlot.objects.filter(article=second).update(starts_at=timezone.now() + HOUR)

    Board().step(slot_of(third), -1, by=editor)

    assert order(TOP)[:2] == [third, first]
    slots = FrontPageSlot.objects.order_by("position")
    assert [slot.article for slot in slots] == [third, first, second]


def test_the_first_has_no_way_up_and_the_last_none_down(desk: Client, newest: list[Article]) -> None:
    first, last = chosen(2)
    page = read(desk, BOARD)

    for article, do in ((first, "up"), (last, "down")):
        button = next(each for each in card_of(page, article).iter("button") if each.get("value") == do)
        assert "disabled" in button.attrib


def test_a_place_moves_to_another_block(desk: Client, newest: list[Article]) -> None:
    (article,) = chosen(1)

    press(desk, article, "move", block=Block.OPINION.value)

    assert order(Block.OPINION)[0] == article
    assert article not in order(TOP)


def test_what_is_pinned_keeps_its_place_whatever_is_put_before_it(desk: Client, newest: list[Article]) -> None:
    first, second = chosen(2)
    press(desk, second, "pin")

    for _ in range(3):
        Board().place(old(), TOP, 0, by=User.objects.get())

    assert order(TOP)[1] == second
    assert first not in order(TOP)


def test_what_the_rule_put_there_is_pinned_where_it_stands(desk: Client, newest: list[Article]) -> None:
    article = order(TOP)[2]

    press(desk, article, "fix")
    make_article()

    assert order(TOP)[2] == article
    assert slot_of(article).is_pinned


def test_a_pinned_one_moves_by_places_and_changes_with_another_pinned(newest: list[Article], editor: User) -> None:
    first, second = chosen(2)
    for article in (first, second):
        Board().pin(slot_of(article), by=editor)

    Board().step(slot_of(second), -1, by=editor)
    assert order(TOP)[0] == second
    Board().step(slot_of(second), 2, by=editor)

    assert order(TOP)[2] == second


def test_unpinned_it_follows_the_others_again(desk: Client, newest: list[Article]) -> None:
    first, second = chosen(2)
    press(desk, second, "pin")

    press(desk, second, "unpin")
    Board().place(old(), TOP, 0, by=User.objects.get())

    assert order(TOP)[1:3] == [first, second]


def test_taken_out_it_may_fill_by_rule_again(desk: Client, newest: list[Article]) -> None:
    make_slot(newest[5], block=TOP)

    press(desk, newest[5], "remove")

    assert not FrontPageSlot.objects.exists()
    assert newest[5] not in order(TOP)


def clocks(prefix: str, **moments: Any) -> dict[str, str]:
    sent = {}
    for name, moment in moments.items():
        there = timezone.localtime(moment) if moment else None
        sent[f"{prefix}-{name}_0"] = there.strftime("%Y-%m-%d") if there else ""
        sent[f"{prefix}-{name}_1"] = there.strftime("%H:%M") if there else ""
    return sent


def test_a_place_holds_from_and_until_the_times_that_are_typed(desk: Client, newest: list[Article]) -> None:
    (article,) = chosen(1)
    start, end = (timezone.now().replace(second=0, microsecond=0) + hours * HOUR for hours in (2, 5))

    press(desk, article, "times", **clocks(f"times-{slot_of(article).pk}", starts_at=start, ends_at=end))

    assert (slot_of(article).starts_at, slot_of(article).ends_at) == (start, end)
    assert article not in order(TOP)


@pytest.mark.parametrize("end", ["before", "nonsense"])
def test_times_that_cannot_be_are_told_and_stay_as_typed(desk: Client, newest: list[Article], end: str) -> None:
    (article,) = chosen(1)
    prefix = f"times-{slot_of(article).pk}"
    typed = clocks(prefix, ends_at=timezone.now() - 30 * HOUR)
    if end == "nonsense":
        typed = {f"{prefix}-ends_at_0": "أمس", f"{prefix}-ends_at_1": "25:00"}

    response = press(desk, article, "times", **typed)

    page = response.content.decode()
    assert response.status_code == 422
    assert f'value="{typed[f"{prefix}-ends_at_1"]}"' in page
    assert 'class="errorlist"' in page
    assert slot_of(article).ends_at is None


def test_an_article_is_made_hot_until_a_time_and_cooled_again(desk: Client, newest: list[Article]) -> None:
    (article,) = chosen(1)
    end = timezone.now().replace(second=0, microsecond=0) + 3 * HOUR

    press(desk, article, "heat", **clocks(f"hot-{article.pk}", hot_until=end))
    article.refresh_from_db()
    assert (article.is_hot, article.hot_until) == (True, end)

    press(desk, article, "cool")
    article.refresh_from_db()
    assert (article.is_hot, article.hot_until) == (False, None)


def test_a_hot_event_does_not_end_in_the_past(desk: Client, newest: list[Article]) -> None:
    (article,) = chosen(1)

    response = press(desk, article, "heat", **clocks(f"hot-{article.pk}", hot_until=timezone.now() - HOUR))

    article.refresh_from_db()
    assert (response.status_code, article.is_hot) == (422, False)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_only_what_is_published_or_scheduled_is_placed(editor: User, status: str) -> None:
    with pytest.raises(Refused):
        Board().place(make_article(status=status), TOP, 0, by=editor)

    Board().place(make_article(published_at=timezone.now() + HOUR), TOP, 0, by=editor)
    assert FrontPageSlot.objects.count() == 1


def test_places_that_ended_are_cleared_away(editor: User) -> None:
    ended = make_slot(old(), block=TOP, ends_at=timezone.now() - timedelta(minutes=1))

    Board().place(old(), TOP, 0, by=editor)

    assert not FrontPageSlot.objects.filter(pk=ended.pk).exists()


def test_every_act_is_logged_and_moves_the_pages(desk: Client, newest: list[Article], editor: User) -> None:
    first, second = chosen(2)
    before = PageGeneration.objects.get(key="site").value

    press(desk, second, "up")

    change = FrontPageChange.objects.get()
    assert change.by == editor
    assert second.title in change.what
    assert [row["article"] for row in change.after[0]["rows"]] == [second.pk, first.pk]
    assert PageGeneration.objects.get(key="site").value != before
