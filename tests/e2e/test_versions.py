"""Versions, preview and the list in a browser: by keyboard, at a phone's width, under our policy."""

from typing import Any

import pytest
from playwright.sync_api import Page

from articles.choices import Status
from articles.models import Article
from tests.e2e.conftest import ARTIFACTS, Watch, log_in, violations
from tests.factories import make_article, make_category, make_picture, make_user

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = pytest.mark.parametrize("width", [390, 1280])


def check(page: Page, watch: Watch, context: str) -> None:
    """Nothing wider than the screen, and nothing serious for axe."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    faults_so_far = list(watch.faults)
    faults = violations(page, context=context)
    assert [(fault["id"], fault["nodes"][0]["html"][:150]) for fault in faults] == []
    watch.faults = faults_so_far  # axe scrolls by writing styles, which the policy stops


def edited() -> Article:
    article = make_article(
        "العنوان الأول", status=Status.DRAFT, title_fr="Premier titre", body="<p>زار الوزير مدينة فاس يوم الأحد.</p>"
    )
    article.title_ar, article.title_fr = "العنوان الثاني", "Deuxième titre"
    article.body_ar = "<p>زار الوالي مدينة مكناس يوم الأحد.</p>"
    article.save()
    article.tags.set(["ماء"])
    return article


@WIDTHS
def test_an_older_version_is_read_and_restored_by_keyboard(
    page: Page, live_server: Any, watch: Watch, width: int
) -> None:
    editor, article = make_user("editor"), edited()
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server.url, editor.username)

    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/history/")
    page.screenshot(path=ARTIFACTS / f"versions-{width}.png", full_page=True)
    check(page, watch, "#content")
    page.focus("tbody tr:last-child a:last-child")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/**")
    page.screenshot(path=ARTIFACTS / f"difference-{width}.png", full_page=True)
    check(page, watch, "#content")
    assert page.locator(".difference del").first.inner_text().endswith("الأول")
    assert page.evaluate("getComputedStyle(document.querySelector('.difference__text')).direction") == "rtl"
    page.focus("form[action*='/restore/'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist .success")

    back = Article.objects.get(pk=article.pk)
    assert (back.title_ar, back.title_fr) == ("العنوان الأول", "Premier titre")
    assert list(back.tags.names()) == []


def open_preview(page: Page, watch: Watch, width: int) -> Page:
    """Press the shortcut of the preview, and watch the page that opens as the first one is watched."""
    with page.context.expect_page() as opened:
        page.keyboard.press("Alt+Shift+KeyP")
    preview = opened.value
    preview.on("console", lambda message: message.type == "error" and watch.faults.append(message.text))
    preview.on("request", watch.request)
    preview.set_viewport_size({"width": width, "height": 900})
    preview.reload()  # what was said before it was watched is said again
    preview.wait_for_selector("iframe")
    return preview


@WIDTHS
def test_unsaved_text_is_previewed_by_keyboard_as_on_a_phone(
    page: Page, live_server: Any, watch: Watch, width: int
) -> None:
    journalist, category = make_user("journalist"), make_category("أخبار")
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server.url, journalist.username)
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.focus("#id_title_ar")
    page.keyboard.type("عنوان لم يحفظ")
    page.focus(".field-body_ar .tiptap")
    page.keyboard.type("فقرة لم تحفظ.")
    page.select_option("#id_category", str(category.pk))

    preview = open_preview(page, watch, width)
    frame = preview.frame_locator("iframe")
    assert frame.locator("h1.article__title").inner_text() == "عنوان لم يحفظ"
    assert frame.locator(".article__body").inner_text().strip() == "فقرة لم تحفظ."
    assert frame.locator("body").evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(255, 253, 249)"
    preview.screenshot(path=ARTIFACTS / f"preview-desktop-{width}.png")
    check(preview, watch, ".preview__bar")
    preview.focus("#width-desktop")
    preview.keyboard.press("ArrowUp")
    assert preview.is_checked("#width-phone")
    assert frame.locator("html").evaluate("() => innerWidth") == min(390, width - 34)
    preview.screenshot(path=ARTIFACTS / f"preview-phone-{width}.png")

    assert preview.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not Article.objects.exists()
    assert page.input_value("#id_title_ar") == "عنوان لم يحفظ"


@WIDTHS
def test_the_list_is_tidy(page: Page, live_server: Any, watch: Watch, width: int) -> None:
    editor = make_user("editor")
    make_article("قطار جديد بين فاس ووجدة", kicker="نقل", picture=make_picture(), title_fr="Un train", is_hot=True)
    make_article("ميزانية الماء في الجنوب", status=Status.IN_REVIEW, owner=make_user("journalist"))
    returned = make_article("مسودة عادت إلى صاحبها", status=Status.IN_REVIEW)
    returned.return_to_draft(by=editor, note="ينقص المصدر")
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server.url, editor.username)

    page.goto(f"{live_server.url}/admin/articles/article/")
    page.screenshot(path=ARTIFACTS / f"list-{width}.png", full_page=True)
    check(page, watch, "#changelist-form")
    check(page, watch, ".listing-tabs")
    page.focus(".listing-tabs a[href='?desk=waiting']")
    page.keyboard.press("Enter")
    page.wait_for_url("**desk=waiting")

    assert page.locator("#result_list tbody tr").count() == 1
    assert "ميزانية الماء" in page.locator("#result_list tbody").inner_text()


@WIDTHS
def test_a_link_is_made_copied_and_opened_without_an_account(
    page: Page, live_server: Any, watch: Watch, width: int
) -> None:
    editor, article = make_user("editor"), edited()
    page.set_viewport_size({"width": width, "height": 900})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    log_in(page, live_server.url, editor.username)

    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/preview/links/")
    page.focus("#id_name")
    page.keyboard.type("المصدر")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-copy-from]")
    page.screenshot(path=ARTIFACTS / f"preview-links-{width}.png", full_page=True)
    check(page, watch, "#content")
    page.click("[data-copy-from]")
    page.wait_for_selector(".preview-links [role=status]:not(:empty)")
    address = page.evaluate("navigator.clipboard.readText()")
    page.context.clear_cookies()
    page.goto(address)
    page.screenshot(path=ARTIFACTS / f"preview-link-{width}.png")

    assert page.inner_text("h1.article__title") == "العنوان الثاني"
    check(page, watch, "main")
    page.click(".languages a[lang=fr]")
    assert page.inner_text("h1.article__title") == "Deuxième titre"
