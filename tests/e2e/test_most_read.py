"""The beacon of an article in a browser, and the blocks of most read and advertising in both directions."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Page

from articles.models import MostRead, ReadingHour
from newsroom import readings
from tests.e2e.conftest import Watch, log_in, violations
from tests.factories import make_advert, make_article, make_picture, make_user

pytestmark = pytest.mark.django_db(transaction=True)

LONG_ENOUGH = 5_500  # milliseconds


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(readings, "repeats", readings.Repeats(64))
    with override_settings(VAR_ROOT=str(tmp_path)):
        yield tmp_path


def findings(page: Page) -> list[tuple[str, str]]:
    """What axe finds, in a tab of its own: it fetches sheets itself and scrolls by styles, which the policy stops."""
    tab = page.context.new_page()
    tab.set_viewport_size(page.viewport_size)  # type: ignore[arg-type]
    tab.goto(page.url)
    found = violations(tab)
    tab.close()
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


def test_an_article_that_was_seen_is_told_once_in_a_tab(page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article()
    told: list[str] = []
    page.on("request", lambda request: request.method == "POST" and told.append(request.url))

    for stay in (1_000, LONG_ENOUGH, LONG_ENOUGH):
        page.goto(live_server.url + article.get_absolute_url())
        page.wait_for_timeout(stay)

    assert told == [f"{live_server.url}/v/{article.pk}"]
    assert readings.SPOOL.path.read_bytes() == b"%d\n" % article.pk
    assert page.context.cookies() == []


def test_lists_tell_of_no_reading(page: Page, live_server: Any, watch: Watch) -> None:
    make_article()

    page.goto(live_server.url)
    page.wait_for_timeout(LONG_ENOUGH)

    assert not readings.SPOOL.path.exists()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_blocks_are_accessible_and_hold_their_place(
    page: Page, live_server: Any, watch: Watch, prefix: str, width: int
) -> None:
    words = {"title_fr": "Un titre en français", "body_fr": "<p>Un texte en français.</p>"}
    articles = [make_article(f"خبر رقم {number}", picture=make_picture(), **words) for number in range(8)]
    make_article("كلمةواحدةلاتنتهي" * 25, title_fr="x" * 400)
    ReadingHour.objects.add({article.pk: 9 for article in articles})
    MostRead.objects.renew()
    for slot in ("top", "side", "list", "below"):
        make_advert(slot)
    page.set_viewport_size({"width": width, "height": 900})

    for address in ("/", "/latest/", articles[0].get_absolute_url()):
        page.goto(f"{live_server.url}{prefix}{address}")
        assert page.locator(".advert").first.is_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert findings(page) == []


def test_the_form_of_an_advert_works_without_a_fault(page: Page, live_server: Any, watch: Watch) -> None:
    editor, advert = make_user("editor"), make_advert()
    log_in(page, live_server.url, editor.username)

    page.goto(f"{live_server.url}/admin/newsroom/advert/{advert.pk}/change/")

    assert page.locator(".field-preview .advert__image").is_visible()
    assert findings(page) == []
    page.goto(f"{live_server.url}/admin/newsroom/advert/")
    assert page.locator(".advert-look").is_visible()
