"""The front page board by keyboard, by drag, on a phone, and without script."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from articles.choices import Block
from articles.models import Article
from tests.board import BOARD, order
from tests.e2e.conftest import Watch, log_in, violations
from tests.factories import make_article, make_category, make_slot, make_user

pytestmark = pytest.mark.django_db(transaction=True)

TOP = Block.TOP.value
READY = "#board:not([aria-busy=true])"


def fill() -> list[Article]:
    """Three chosen top stories, and a page of news around them."""
    category, now = make_category(), timezone.now()
    for number in range(30):
        make_article(category=category, published_at=now - timedelta(hours=number + 1))
    chosen = [make_article(f"خبر مختار {letter}", published_at=now - timedelta(days=9)) for letter in "أبج"]
    for position, article in enumerate(chosen):
        make_slot(article, block=TOP, position=position)
    return chosen


def open_board(page: Page, live_server: Any) -> None:
    log_in(page, live_server.url, make_user("editor").username)
    page.goto(f"{live_server.url}{BOARD}")


def grab_of(article: Article) -> str:
    return f"#block-{TOP} [data-article='{article.pk}'] .board-grab"


def is_told(page: Page) -> None:
    page.wait_for_selector(READY)
    page.wait_for_selector("#board-live.is-success")


def test_an_article_is_moved_by_keyboard_and_taken_back(page: Page, live_server: Any, watch: Watch) -> None:
    first, second, third = fill()
    open_board(page, live_server)

    page.focus(grab_of(third))
    page.keyboard.press("Enter")
    assert third.title in page.inner_text("#board-live")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert "1" in page.inner_text("#board-live")
    page.keyboard.press("Enter")
    is_told(page)

    assert order(TOP)[:3] == [third, first, second]
    assert page.evaluate("document.activeElement.closest('[data-article]').dataset.article") == str(third.pk)

    page.click(".board-log [value=undo] >> nth=0")
    is_told(page)
    assert order(TOP)[:3] == [first, second, third]


def test_escape_puts_it_back(page: Page, live_server: Any, watch: Watch) -> None:
    chosen = fill()
    open_board(page, live_server)

    page.focus(grab_of(chosen[2]))
    for key in ("Enter", "ArrowUp", "Escape"):
        page.keyboard.press(key)

    cards = page.eval_on_selector_all(f"#block-{TOP} ol > li", "cards => cards.map(card => card.dataset.article)")
    assert cards[:3] == [str(article.pk) for article in chosen]
    assert order(TOP)[:3] == chosen


def test_arrows_lead_into_the_next_block(page: Page, live_server: Any, watch: Watch) -> None:
    chosen = fill()
    open_board(page, live_server)

    page.focus(grab_of(chosen[0]))
    for key in ("Enter", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    is_told(page)

    assert chosen[0] not in order(TOP)
    assert order(Block.LEAD) == [chosen[0]]


def test_an_article_is_dragged_to_its_place(page: Page, live_server: Any, watch: Watch) -> None:
    first, second, third = fill()
    open_board(page, live_server)
    card = f"#block-{TOP} li[data-article='%s']"

    page.drag_and_drop(card % third.pk, card % first.pk, target_position={"x": 40, "y": 4})
    is_told(page)

    assert order(TOP)[:3] == [third, first, second]


def test_what_the_rule_put_there_is_dragged_to_another_block(page: Page, live_server: Any, watch: Watch) -> None:
    first, *_others = fill()
    newest = order(Block.LATEST)[0]
    page.set_viewport_size({"width": 1280, "height": 2400})  # nothing has to scroll under the hand
    open_board(page, live_server)

    page.drag_and_drop(
        f"#block-{Block.LATEST} li[data-article='{newest.pk}']",
        f"#block-{TOP} li[data-article='{first.pk}']",
        target_position={"x": 40, "y": 4},
    )
    is_told(page)

    assert order(TOP)[:2] == [newest, first]


def test_a_search_answers_while_someone_types(page: Page, live_server: Any, watch: Watch) -> None:
    fill()
    article = make_article("الأولمبياد في الرباط", published_at=timezone.now() - timedelta(days=20))
    open_board(page, live_server)

    page.type("#board-search", "الاولمبياد")
    page.wait_for_selector(f"#board-found [data-article='{article.pk}']")
    page.select_option(f"#board-found [data-article='{article.pk}'] select", TOP)
    page.click(f"#board-found [data-article='{article.pk}'] [value=place]")
    is_told(page)

    assert order(TOP)[0] == article
    assert page.input_value("#board-search") == "الاولمبياد"


def test_a_failing_server_is_told_and_nothing_moves(page: Page, live_server: Any) -> None:
    chosen = fill()
    open_board(page, live_server)
    page.route("**/board/act/", lambda route: route.abort())

    page.click(f"#block-{TOP} [data-article='{chosen[2].pk}'] [value=up]")

    page.wait_for_selector("#board-live.is-error")
    assert order(TOP)[:3] == chosen


def test_without_script_each_button_is_a_form(browser: Browser, live_server: Any) -> None:
    first, second, third = fill()
    page = browser.new_context(java_script_enabled=False).new_page()
    open_board(page, live_server)

    page.click(f"#block-{TOP} [data-article='{third.pk}'] [value=up]")
    page.wait_for_selector(".messagelist .success")

    assert order(TOP)[:3] == [first, third, second]
    assert not page.is_visible(".board-grab")
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_board_fits_and_axe_finds_nothing(browser: Browser, live_server: Any, width: int, scheme: Any) -> None:
    fill()
    page = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme).new_page()
    open_board(page, live_server)
    page.goto(f"{live_server.url}{BOARD}?q=خبر")
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true; })")

    faults = violations(page)

    assert [fault["id"] for fault in faults if fault["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    sizes = page.eval_on_selector_all(
        ".board-buttons button", "all => all.map(each => Math.min(each.offsetWidth, each.offsetHeight))"
    )
    assert min(sizes) >= 36
    page.context.close()
