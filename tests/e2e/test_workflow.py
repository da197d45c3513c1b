"""The way of an article in a browser: returned by keyboard, approved by a director's phone, planned in the calendar."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from articles.choices import Status
from articles.models import Article
from tests.e2e.conftest import ARTIFACTS, Watch, log_in, violations
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def faults(page: Page, watch: Watch) -> list[tuple[str, str]]:
    """What axe finds serious. It scrolls by writing styles, which the policy stops: that is no fault of ours."""
    so_far = list(watch.faults)
    found = violations(page)
    watch.faults = so_far
    return [(each["id"], each["nodes"][0]["html"][:150]) for each in found if each["impact"] in ("serious", "critical")]


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_editor_returns_an_article_with_a_note_by_keyboard(page: Page, live_server: Any, watch: Watch) -> None:
    journalist = make_user("journalist")
    article = make_article(status=Status.IN_REVIEW, owner=journalist)
    log_in(page, live_server.url, make_user("editor").username)

    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.focus("[name=_step_return]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/step/return/")
    assert page.evaluate("document.activeElement.name") == "note"
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert (faults(page, watch), fits(page)) == ([], True)
    page.keyboard.type("ينقص الخبر رد الوزارة.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/articles/article/")

    article.refresh_from_db()
    assert (article.status, article.return_note) == (Status.DRAFT, "ينقص الخبر رد الوزارة.")
    page.context.clear_cookies()
    log_in(page, live_server.url, journalist.username)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    assert "ينقص الخبر رد الوزارة." in page.inner_text(".return-note")


def test_the_button_that_publishes_follows_the_time_in_the_form(page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article(status=Status.IN_REVIEW)
    log_in(page, live_server.url, make_user("editor").username)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    button = "[name=_step_publish]"
    labels = [page.input_value(button)]

    page.fill("#id_published_at_0", "2199-05-01")
    page.fill("#id_published_at_1", "14:30")
    labels.append(page.input_value(button))
    page.fill("#id_published_at_0", "2001-05-01")
    labels.append(page.input_value(button))
    page.fill("#id_published_at_0", "")
    page.fill("#id_published_at_1", "")
    labels.append(page.input_value(button))

    assert labels[0] == labels[3]
    assert len(set(labels)) == 3
    assert "01/05/2199 14:30" in labels[1]


def test_a_director_approves_by_link_on_a_phone(browser: Browser, page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article(status=Status.IN_REVIEW, title_fr="Le train du Sud", body_fr="<p>En mai.</p>")
    log_in(page, live_server.url, make_user("editor").username)
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/approval/")
    page.fill("#id_name", "مديرة النشر")
    page.keyboard.press("Enter")
    address = page.input_value("#new-link")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert (faults(page, watch), fits(page)) == ([], True)
    page.focus("[data-copy]")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-copied]:not(:empty)")

    phone = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
    phone.on("console", lambda message: message.type == "error" and watch.faults.append(message.text))
    phone.goto(address)
    phone.screenshot(path=ARTIFACTS / "approval-390.png", full_page=True)
    assert (faults(phone, watch), fits(phone)) == ([], True)
    phone.focus("button[name=approve]")
    phone.keyboard.press("Enter")
    phone.wait_for_selector("[data-result=published]")

    assert Article.objects.get().is_visible
    assert phone.context.cookies() == []
    assert phone.goto(address).status == 410  # type: ignore[union-attr]
    watch.faults.clear()  # the browser logs the 410 that was asked for
    phone.context.close()


@pytest.mark.parametrize("view", ["week", "month"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_calendar_fits_and_has_no_serious_fault(
    page: Page, live_server: Any, watch: Watch, view: str, width: int
) -> None:
    now = timezone.now()
    for hours in range(8):
        make_article(status=Status.DRAFT, planned_for=now + timedelta(minutes=hours))
    make_article("ك" * 200, published_at=now + timedelta(minutes=20))
    make_article(published_at=now)
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server.url, make_user("editor").username)

    page.goto(f"{live_server.url}/admin/articles/calendar/?view={view}")
    page.screenshot(path=ARTIFACTS / f"calendar-{view}-{width}.png", full_page=True)

    assert (faults(page, watch), fits(page)) == ([], True)


def test_a_journalist_moves_a_plan_by_keyboard(page: Page, live_server: Any, watch: Watch) -> None:
    journalist = make_user("journalist")
    article = make_article(status=Status.DRAFT, owner=journalist, planned_for=timezone.now())
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    log_in(page, live_server.url, journalist.username)

    page.goto(f"{live_server.url}/admin/articles/calendar/")
    page.focus("summary")
    page.keyboard.press("Enter")
    page.fill("[name=planned_for_0]", "2026-12-24")
    page.fill("[name=planned_for_1]", "18:15")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist .success")

    article.refresh_from_db()
    assert timezone.localtime(article.planned_for).strftime("%Y-%m-%d %H:%M") == "2026-12-24 18:15"


def test_the_page_of_figures_fits_and_has_no_serious_fault(page: Page, live_server: Any, watch: Watch) -> None:
    journalist = make_user("journalist")
    make_article(owner=journalist)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    log_in(page, live_server.url, journalist.username)
    front = (faults(page, watch), fits(page))

    page.goto(f"{live_server.url}/admin/articles/statistics/")

    assert front == ([], True)
    assert (faults(page, watch), fits(page)) == ([], True)
