"""The writing form in a browser: by keyboard from empty to published, and nothing typed is lost."""

import uuid
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page

from articles.choices import Status
from articles.models import Article, EditLock, WorkingCopy
from tests.admin_forms import form_data
from tests.e2e.conftest import ARTIFACTS, Watch, log_in, violations
from tests.factories import make_article, make_author, make_category, make_picture, make_user

pytestmark = pytest.mark.django_db(transaction=True)

ADD = "/admin/articles/article/add/"
KEPT = ".writing-foot__status[data-kind=kept]"
SURFACE = ".field-body_ar .tiptap"


def change(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/change/"


def open_form(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(SURFACE)


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until the element is in focus, as someone without a mouse does."""
    for _press in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def choose(page: Page, words: str) -> None:
    """In a field that completes what is typed: open it, type, take the first answer."""
    page.keyboard.press("Enter")
    page.wait_for_selector(".select2-search__field")
    page.keyboard.type(words)
    page.wait_for_selector(
        ".select2-results__option--highlighted[role=option], .select2-results__option[aria-selected]"
    )
    page.keyboard.press("Enter")


def test_an_editor_goes_from_an_empty_form_to_a_published_article_by_keyboard_alone(
    page: Page, live_server: Any, watch: Watch
) -> None:
    category, picture = make_category("مجتمع"), make_picture(alt="محطة وجدة", credit="الجريدة")
    make_author("سميرة المريني")
    log_in(page, live_server.url, make_user("editor").username)
    open_form(page, f"{live_server.url}{ADD}")

    tab_to(page, "#id_title_ar")
    page.keyboard.type("عودة القطار إلى وجدة")
    tab_to(page, "#id_summary_ar")
    page.keyboard.type("بعد توقف دام سنة كاملة.")
    tab_to(page, SURFACE)
    page.keyboard.type("وصل القطار صباح اليوم.")
    tab_to(page, "#id_category")
    page.keyboard.press("ArrowDown")
    tab_to(page, ".field-picture .select2-selection")
    choose(page, "محطة")
    page.wait_for_selector(".picture-field__thumb:not([hidden])")
    tab_to(page, "[name=_step_publish]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/articles/article/")

    article = Article.objects.get()
    assert (article.title, article.summary) == ("عودة القطار إلى وجدة", "بعد توقف دام سنة كاملة.")
    assert (article.body, article.category) == ("<p>وصل القطار صباح اليوم.</p>", category)
    assert (article.picture, article.is_visible) == (picture, True)
    assert not WorkingCopy.objects.exists()


def test_the_tabs_are_walked_by_arrows_and_say_what_they_hold(page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article("عنوان", title_fr="Titre")
    log_in(page, live_server.url, make_user("editor").username)
    open_form(page, f"{live_server.url}{change(article)}")

    page.focus("#tab-ar")
    page.keyboard.press("ArrowLeft")

    assert page.evaluate("document.activeElement.id") == "tab-fr"
    assert page.is_visible("#id_title_fr")
    assert not page.is_visible("#id_title_ar")
    marks = page.eval_on_selector_all(".language-tabs__mark--text", "all => all.map(mark => !mark.hidden)")
    assert marks == [True, True, False]
    page.keyboard.press("End")
    assert page.get_attribute("#tab-en", "aria-selected") == "true"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "tab-ar"


def test_an_error_in_a_hidden_language_opens_its_tab(page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article()
    log_in(page, live_server.url, make_user("editor").username)
    open_form(page, f"{live_server.url}{change(article)}")

    page.click("#tab-fr")
    page.evaluate("document.querySelector('#id_title_fr').removeAttribute('maxlength')")
    page.fill("#id_title_fr", "t" * 501)
    page.click("#tab-ar")
    page.click("[name=_save]")
    page.wait_for_selector(".errornote")

    assert page.get_attribute("#tab-fr", "aria-selected") == "true"
    assert page.input_value("#id_title_fr") == "t" * 501
    assert page.is_visible("#tab-fr .language-tabs__mark--error")


def test_a_killed_browser_loses_nothing_of_a_new_article(browser: Browser, live_server: Any) -> None:
    journalist, category = make_user("journalist"), make_category("أخبار")
    context = browser.new_context()
    page = context.new_page()
    log_in(page, live_server.url, journalist.username)
    open_form(page, f"{live_server.url}{ADD}")
    page.select_option("#id_category", str(category.pk))
    page.fill("#id_title_ar", "نص لم يحفظ بعد")
    page.focus(SURFACE)
    page.keyboard.type("فقرة كتبت قبل انقطاع الكهرباء.")
    page.wait_for_selector(KEPT, timeout=5000)
    context.close()

    page = browser.new_context().new_page()
    log_in(page, live_server.url, journalist.username)
    open_form(page, f"{live_server.url}{ADD}")
    page.screenshot(path=ARTIFACTS / "unsaved-notice.png")
    assert page.evaluate("document.activeElement.id") == "id_title_ar"  # never a button that discards
    assert "نص لم يحفظ بعد" in page.inner_text(".writing-notices")
    page.click(".writing-notices a")
    page.wait_for_url("**?unsaved=*")
    page.wait_for_selector(SURFACE)
    assert page.input_value("#id_title_ar") == "نص لم يحفظ بعد"
    assert page.inner_text(SURFACE).strip() == "فقرة كتبت قبل انقطاع الكهرباء."
    page.click("[name=_save]")
    page.wait_for_url("**/admin/articles/article/")

    article = Article.objects.get()
    assert (article.title, article.category) == ("نص لم يحفظ بعد", category)
    assert article.body == "<p>فقرة كتبت قبل انقطاع الكهرباء.</p>"
    assert not WorkingCopy.objects.exists()
    page.context.close()


def test_a_connection_lost_before_saving_is_told_and_the_save_goes_through_later(page: Page, live_server: Any) -> None:
    article = make_article("عنوان قديم")
    log_in(page, live_server.url, make_user("editor").username)
    open_form(page, f"{live_server.url}{change(article)}")
    page.context.set_offline(True)

    page.fill("#id_title_ar", "عنوان كتب دون اتصال")
    page.click("[name=_save]")
    page.wait_for_selector(".writing-foot__status[data-kind=problem]")
    page.screenshot(path=ARTIFACTS / "no-connection.png")
    assert page.input_value("#id_title_ar") == "عنوان كتب دون اتصال"
    assert "عنوان كتب دون اتصال" in page.evaluate("Object.values(localStorage).join()")

    page.context.set_offline(False)
    page.wait_for_selector(KEPT, timeout=10000)
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('newsroom'))") == []
    page.click("[name=_save]")
    page.wait_for_url("**/admin/articles/article/")
    article.refresh_from_db()
    assert article.title == "عنوان كتب دون اتصال"


def test_who_comes_second_is_told_and_takes_over_knowingly(
    page: Page, browser: Browser, live_server: Any, watch: Watch
) -> None:
    article, first, second = make_article(), make_user("editor", first_name="سعاد"), make_user("editor")
    log_in(page, live_server.url, first.username)
    open_form(page, f"{live_server.url}{change(article)}")
    page.wait_for_timeout(500)
    other = browser.new_context().new_page()
    log_in(other, live_server.url, second.username)

    open_form(other, f"{live_server.url}{change(article)}")
    other.screenshot(path=ARTIFACTS / "held.png")
    assert "سعاد" in other.inner_text(".writing-notice--held")
    assert other.evaluate("document.querySelector('fieldset.language').inert")
    other.click(".writing-notice--held button")
    other.wait_for_selector(SURFACE)
    assert not other.evaluate("document.querySelector('fieldset.language').inert")

    assert EditLock.objects.get().user == second
    page.fill("#id_title_ar", "عنوان في نافذة من سبق")
    page.wait_for_selector(".writing-notice--held")
    other.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_fits_and_axe_finds_nothing_serious(page: Page, live_server: Any, watch: Watch, width: int) -> None:
    text = "<p>" + "وصل القطار صباح اليوم إلى محطة وجدة قادما من فاس. " * 12 + "</p>"
    picture, category = make_picture(), make_category("أخبار")
    article = make_article("عودة القطار إلى وجدة", title_fr="Le train", body=text, picture=picture, category=category)
    page.set_viewport_size({"width": width, "height": 900})
    log_in(page, live_server.url, make_user("editor").username)
    open_form(page, f"{live_server.url}{change(article)}")
    page.wait_for_selector(".checklist:not([hidden])")
    page.screenshot(path=ARTIFACTS / f"form-{width}.png")
    page.screenshot(path=ARTIFACTS / f"form-{width}-full.png", full_page=True)

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    foot = page.locator(".writing-foot").bounding_box()
    assert foot
    assert foot["y"] + foot["height"] <= 901
    assert foot["height"] < 200
    faults_so_far = list(watch.faults)
    found = violations(page, context="#content-main")
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in serious] == []
    watch.faults = faults_so_far  # axe scrolls by writing styles, which the policy stops


def test_enter_in_a_field_saves_and_neither_discards_nor_takes_a_step(
    page: Page, live_server: Any, watch: Watch
) -> None:
    editor = make_user("editor")
    article = make_article("عنوان", status=Status.DRAFT)
    WorkingCopy.keep(editor, article, uuid.uuid4(), {"title_ar": ["نص غير محفوظ"]})
    log_in(page, live_server.url, editor.username)
    open_form(page, f"{live_server.url}{change(article)}")

    page.fill("#id_title_ar", "عنوان جديد")
    page.press("#id_title_ar", "Enter")
    page.wait_for_selector(".messagelist .success")

    article.refresh_from_db()
    assert (article.title, article.status) == ("عنوان جديد", Status.DRAFT)
    assert WorkingCopy.objects.get().fields == {"title_ar": ["نص غير محفوظ"]}


def test_a_refused_save_shows_both_versions_and_keeps_the_text(page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article("عنوان أول", body="<p>نص أول كتب في الصباح.</p>")
    log_in(page, live_server.url, make_user("editor").username)
    open_form(page, f"{live_server.url}{change(article)}")
    article.title = "عنوان من زميلة"
    article.save()

    page.fill("#id_title_ar", "عنوان من نافذة قديمة")
    page.click("[name=_step_withdraw]")
    page.wait_for_selector(".writing-notice--conflict")
    page.set_viewport_size({"width": 390, "height": 900})
    page.screenshot(path=ARTIFACTS / "conflict-390.png")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.input_value("#id_title_ar") == "عنوان من نافذة قديمة"
    assert "عنوان من زميلة" in page.inner_text(".writing-notice--conflict")
    page.click("[name=_overwrite]")
    page.wait_for_url("**/admin/articles/article/")
    article.refresh_from_db()
    assert (article.title, article.status) == ("عنوان من نافذة قديمة", Status.PUBLISHED)


def test_of_two_editors_at_the_very_same_time_one_wins_and_the_other_is_told(live_server: Any) -> None:
    article, start = make_article(), Barrier(2)
    told: dict[str, int] = {}

    def send(title: str, desk: Client, form: dict[str, Any]) -> None:
        start.wait()
        told[title] = desk.post(change(article), form | {"title_ar": title}).status_code
        connections.close_all()

    desks = {title: Client() for title in ("عنوان الأولى", "عنوان الثاني")}
    for desk in desks.values():
        desk.force_login(make_user("editor"))
    forms = {title: form_data(desk.get(change(article))) for title, desk in desks.items()}
    threads = [Thread(target=send, args=(title, desks[title], forms[title])) for title in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    article.refresh_from_db()
    assert sorted(told.values()) == [200, 302]
    assert told[article.title] == 302
