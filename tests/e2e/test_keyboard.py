"""A reader with a keyboard alone, and without JavaScript; that all is reached stands in `readers/`."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from comments.models import Comment
from tests.e2e.conftest import Watch, log_in
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_search_works_by_keyboard_from_any_page(page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article("وزارة الصحة تعلن", body="<p>نص</p>")
    page.goto(live_server.url)

    page.focus("#search-box")
    page.keyboard.type("للوزارات")
    page.keyboard.press("Enter")
    page.wait_for_selector("ol#results")
    marked = page.inner_text("ol#results mark")
    page.focus("ol#results h2 a")
    page.keyboard.press("Enter")
    page.wait_for_selector("article[data-article]")

    assert marked == "وزارة"
    assert page.get_attribute("article[data-article]", "data-article") == str(article.pk)


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
