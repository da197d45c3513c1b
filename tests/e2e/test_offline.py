"""Without a connection: a page of our own stands where the browser's would, and nothing else was kept."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.factories import make_article

pytestmark = pytest.mark.django_db(transaction=True)

KEPT = """async () => {
  const names = await caches.keys();
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return requests.flat().map((request) => new URL(request.url).pathname).sort();
}"""


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_a_page_of_our_own_is_shown_and_nothing_else_is_kept(page: Page, live_server: Any, prefix: str) -> None:
    article = make_article("قطار", title_fr="Le train")
    page.goto(f"{live_server.url}{prefix}/")
    page.evaluate("async () => { await navigator.serviceWorker.ready }")
    page.goto(f"{live_server.url}{article.get_absolute_url()}")
    page.wait_for_load_state("load")

    page.context.set_offline(True)
    page.goto(f"{live_server.url}{prefix}/latest/")

    assert page.locator("section[lang='fr'] a").get_attribute("href") == "/fr/"
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert background != "rgba(0, 0, 0, 0)"  # the sheet is there
    kept = page.evaluate(KEPT)
    assert kept == ["/offline/", "/static/newsroom/icon.svg", "/static/newsroom/site.css"]


def test_with_the_connection_back_the_page_itself_is_there(page: Page, live_server: Any) -> None:
    page.goto(f"{live_server.url}/")
    page.evaluate("async () => { await navigator.serviceWorker.ready }")
    page.context.set_offline(True)
    page.goto(f"{live_server.url}/latest/")
    assert page.locator("nav#menu").count() == 0

    page.context.set_offline(False)
    page.goto(f"{live_server.url}/latest/")

    page.wait_for_selector("nav#menu")
