"""The journalist's form in a browser: the editor under our policy."""

from typing import Any

import pytest
from playwright.sync_api import Page

from articles.models import Article
from tests.e2e.conftest import ARTIFACTS, Watch, log_in, violations
from tests.factories import make_article, make_category, make_tag, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_journalist_writes_and_submits_by_keyboard(page: Page, live_server: Any, watch: Watch) -> None:
    journalist, category = make_user("journalist"), make_category("أخبار")
    log_in(page, live_server.url, journalist.username)

    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.focus("#id_title_ar")
    page.keyboard.type("عنوان من لوحة المفاتيح")
    page.focus(".field-body_ar .tiptap")
    page.keyboard.type("فقرة أولى فيها  مسافتان.")
    page.keyboard.press("Enter")
    page.keyboard.type("فقرة ثانية.")
    page.select_option("#id_category", str(category.pk))
    page.focus("[name=_step_submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/articles/article/")

    article = Article.objects.get()
    assert article.status == Article.Status.IN_REVIEW
    assert article.body == "<p>فقرة أولى فيها  مسافتان.</p><p>فقرة ثانية.</p>"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_writing_surface_has_its_name_and_fits(page: Page, live_server: Any, watch: Watch, width: int) -> None:
    editor = make_user("editor")
    make_category("أخبار")
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server.url, editor.username)

    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.wait_for_selector(".field-body_ar .tiptap")
    page.screenshot(path=ARTIFACTS / f"writing-{width}.png", full_page=True)

    surfaces = page.eval_on_selector_all(".tiptap", "all => all.map(e => [e.lang, e.dir, e.ariaLabel !== null])")
    assert surfaces == [["ar", "rtl", True], ["fr", "ltr", True], ["en", "ltr", True]]
    faults_so_far = list(watch.faults)
    faults = violations(page, context=".field-body_ar .tiptap")
    assert [(fault["id"], fault["nodes"][0]["html"][:150]) for fault in faults] == []
    watch.faults = faults_so_far  # axe scrolls by writing styles, which the policy stops
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.get_attribute("html", "dir") == "rtl"


def test_a_tag_that_the_text_speaks_of_is_offered_and_added_by_keyboard(
    page: Page, live_server: Any, watch: Watch
) -> None:
    journalist, category = make_user("journalist"), make_category("أخبار")
    make_tag("المياه", merged_into=make_tag("الماء"))
    make_tag("أخنوش")
    log_in(page, live_server.url, journalist.username)

    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.focus("#id_title_ar")
    page.keyboard.type("دعم جديد للمياه")
    page.focus(".field-body_ar .tiptap")
    page.keyboard.type("طلب لأخنوش والحكومة.")
    page.wait_for_selector(".tag-offers button >> nth=1")
    assert page.locator(".tag-offers button").all_inner_texts() == ["الماء", "أخنوش"]
    page.focus("#id_tags")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "أخنوش"
    page.keyboard.press("Space")
    assert page.input_value("#id_tags") == "الماء، أخنوش"
    assert page.locator(".tag-offers button").count() == 0
    page.select_option("#id_category", str(category.pk))
    page.click("[name=_save]")
    page.wait_for_url("**/admin/articles/article/")

    assert set(Article.objects.get().tags.names()) == {"الماء", "أخنوش"}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_offers_fit_and_say_what_they_are(page: Page, live_server: Any, watch: Watch, width: int) -> None:
    for name in ("الدار البيضاء سطات", "السكك الحديدية", "الميزانية", "أخنوش", "Office chérifien des phosphates"):
        make_tag(name)
    text = "ميزانية السكك الحديدية في جهة الدار البيضاء سطات، حسب أخنوش وOffice chérifien des phosphates"
    article = make_article("ميزانية جديدة", body=f"<p>{text}</p>")
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server.url, make_user("editor").username)

    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/change/")
    page.wait_for_selector(".tag-offers button >> nth=4")
    page.locator(".field-tags").screenshot(path=ARTIFACTS / f"offers-{width}.png")

    assert page.get_attribute(".tag-offers", "aria-live") == "polite"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    faults_so_far = list(watch.faults)
    faults = violations(page, context=".tag-offers")
    assert [(fault["id"], fault["nodes"][0]["html"][:150]) for fault in faults] == []
    watch.faults = faults_so_far  # axe scrolls by writing styles, which the policy stops
