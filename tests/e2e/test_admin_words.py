"""The scripts of the admin at run time: calendar, clock, lists and writing surface in Arabic and French."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Watch, log_in
from tests.factories import make_author, make_category, make_user

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/articles/article/add/"
ARABIC = re.compile("[ء-ي]")


@pytest.fixture
def desk(page: Page, live_server: Any, watch: Watch) -> Page:
    make_category("أخبار")
    make_author("سميرة")
    log_in(page, live_server.url, make_user("editor").username)
    return page


def words(page: Page, address: str) -> list[str]:
    """What the buttons and choices of the first writing surface are called."""
    page.goto(address)
    page.wait_for_selector(".field-body_ar .tiptap[aria-label]")
    menu = page.locator(".field-body_ar .prose-menubar")
    titles = menu.locator("button[title]").evaluate_all("all => all.map(each => each.title)")
    choices = menu.locator(".prose-menubar__option").evaluate_all("all => all.map(each => each.textContent)")
    return [word for word in [*titles, *choices] if word]


def test_the_buttons_of_the_writing_surface_are_called_in_the_language_of_the_desk(
    desk: Page, live_server: Any
) -> None:
    arabic = words(desk, live_server.url + ADD)
    french = words(desk, f"{live_server.url}/fr{ADD}")

    assert len(arabic) == len(french) > 12
    assert [word for word in arabic if not ARABIC.search(word)] == []
    assert {"gras", "Titre de niveau 2", "insérer un lien"} <= set(french)


def test_the_button_keeps_its_language_when_the_paragraph_changes(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + ADD)
    desk.wait_for_selector(".field-body_ar .tiptap[aria-label]")
    desk.focus(".field-body_ar .tiptap")
    desk.keyboard.type("## عنوان")

    desk.wait_for_selector(".field-body_ar .tiptap h2")
    chosen = desk.locator(".field-body_ar .prose-menubar__selected button")

    assert chosen.get_attribute("title") == chosen.get_attribute("aria-label") == "عنوان من المستوى الثاني"


def test_calendar_and_clock_speak_arabic_and_start_on_monday(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + ADD)
    months = "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر"

    desk.click(".field-published_at .date-icon")
    caption = desk.inner_text("#calendarbox1 caption")
    days = desk.locator("#calendarbox1 th").all_inner_texts()
    assert re.fullmatch(rf"({months}) \d{{4}}", caption)
    assert days == ["ن", "ث", "ر", "خ", "ج", "س", "ح"]
    desk.keyboard.press("Escape")

    desk.click(".field-published_at .clock-icon")
    hours = desk.locator("#clockbox1 li a").all_inner_texts()
    assert hours == ["الآن", "منتصف الليل", "06:00", "منتصف النهار", "18:00"]
    desk.click("#clockbox1 li:nth-child(5) a")
    assert desk.input_value("#id_published_at_1").startswith("18:00")


def test_a_search_without_result_says_so_in_arabic(desk: Page, live_server: Any) -> None:
    desk.goto(live_server.url + ADD)

    desk.click(".field-byline .select2-selection")
    desk.keyboard.type("لا أحد بهذا الاسم")

    desk.wait_for_selector(".select2-results__message:has-text('لم يتم العثور')")
