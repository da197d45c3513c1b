"""A reader with a keyboard alone, and without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from comments.models import Comment
from tests.e2e.conftest import Watch, log_in
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_tab_leads_past_the_menu(page: Page, live_server: Any, watch: Watch) -> None:
    make_article("عنوان")
    page.goto(live_server.url)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"


def test_a_reader_comments_without_script_and_a_moderator_approves(
    browser: Browser, page: Page, live_server: Any, watch: Watch
) -> None:
    article = make_article("عنوان المقال")
    moderator = make_user("moderator")
    reader = browser.new_context(java_script_enabled=False).new_page()

    reader.goto(live_server.url + article.get_absolute_url())
    reader.focus("#id_text")
    reader.keyboard.type("تعليق كتب بلوحة المفاتيح")
    reader.keyboard.press("Tab")
    reader.keyboard.type("سعاد")
    reader.keyboard.press("Tab")
    reader.keyboard.type("souad@example.ma")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/comments/received/**")
    assert "تعليق كتب بلوحة المفاتيح" in reader.inner_text("#content")
    reader.goto(live_server.url + article.get_absolute_url())
    assert reader.locator("li[data-comment]").count() == 0

    log_in(page, live_server.url, moderator.username)
    page.goto(f"{live_server.url}/admin/comments/comment/{Comment.objects.get().pk}/change/")
    page.focus("[name=_step_approve]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/comments/comment/")

    reader.goto(live_server.url + article.get_absolute_url())
    assert reader.locator("li[data-comment]").count() == 1
    assert "souad" not in reader.content()
    reader.context.close()
