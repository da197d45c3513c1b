"""Commenting in a browser: in place where there is script, all the same where there is none."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from articles.models import Article
from comments.choices import Status
from comments.models import Comment, Report, WithdrawalRequest
from tests.e2e.conftest import ARTIFACTS, Watch, violations
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db(transaction=True)

FORM = "#comment-form"
TEXT = "تعليق كُتب في الصفحة"


def open_article(page: Page, address: str, article: Article) -> str:
    path = address + article.get_absolute_url()
    page.goto(path)
    return path


def fill(page: Page, text: str = TEXT, name: str = "سعاد", email: str = "souad@example.ma") -> None:
    page.fill("#id_text", text)
    page.fill("#id_name", name)
    page.fill("#id_email", email)


def press_send(page: Page) -> None:
    page.click(f"{FORM} .comment-form__send button")


def forget(watch: Watch, code: str) -> None:
    """The browser logs each answer that is not a success; this one was asked for."""
    watch.faults = [fault for fault in watch.faults if code not in fault]


def test_a_comment_is_sent_without_leaving_the_page(page: Page, live_server: Any, watch: Watch) -> None:
    path = open_article(page, live_server.url, make_article())
    fill(page)

    press_send(page)

    receipt = page.locator(".receipt-in-place")
    expect(receipt).to_contain_text(TEXT)
    assert page.url == path
    assert page.evaluate("document.activeElement.matches('.receipt-in-place h2')")
    assert page.locator(FORM).count() == 0
    assert Comment.objects.get().status == Status.PENDING
    receipt.locator("h2 a").first.click()
    page.wait_for_url("**/comments/received/**")


def test_impatient_clicks_send_it_once(page: Page, live_server: Any, watch: Watch) -> None:
    open_article(page, live_server.url, make_article())
    fill(page)
    posts: list[str] = []
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))

    page.eval_on_selector(".comment-form__send button", "button => { button.click(); button.click(); button.click(); }")
    expect(page.locator(".receipt-in-place")).to_be_visible()

    assert len(posts) == 1


def test_what_is_wrong_is_said_beside_the_field_and_focused(page: Page, live_server: Any, watch: Watch) -> None:
    path = open_article(page, live_server.url, make_article())
    fill(page, email="souad@")

    press_send(page)

    expect(page.locator("#id_email_error")).to_be_visible()
    expect(page.locator("#id_email")).to_be_focused()
    assert page.get_attribute("#id_email", "aria-invalid") == "true"
    assert "id_email_error" in (page.get_attribute("#id_email", "aria-describedby") or "")
    assert page.locator(".form-errors[role=alert] a").get_attribute("href") == "#id_email"
    assert (page.input_value("#id_text"), page.url) == (TEXT, path)
    forget(watch, "422")
    page.fill("#id_email", "souad@example.ma")
    press_send(page)
    expect(page.locator(".receipt-in-place")).to_be_visible()


def test_a_lost_connection_loses_no_word(page: Page, live_server: Any, watch: Watch) -> None:
    open_article(page, live_server.url, make_article())
    fill(page)
    page.route("**/comments/", lambda route: route.abort())

    press_send(page)

    expect(page.locator(".comment-form__status")).not_to_be_empty()
    assert page.input_value("#id_text") == TEXT
    page.unroute("**/comments/")
    forget(watch, "ERR_FAILED")
    press_send(page)
    expect(page.locator(".receipt-in-place")).to_be_visible()


def test_a_busy_server_loses_no_word(page: Page, live_server: Any, watch: Watch) -> None:
    open_article(page, live_server.url, make_article())
    fill(page)

    def refuse(route: Route) -> None:
        route.fulfill(status=503, content_type="text/html", body="<main id=content><h1>لاحقا</h1></main>")

    page.route("**/comments/", refuse)
    press_send(page)

    expect(page.locator(".comment-form__status")).to_have_text("لاحقا")
    assert page.input_value("#id_text") == TEXT
    forget(watch, "503")


def test_an_answer_is_written_under_its_comment(page: Page, live_server: Any, watch: Watch) -> None:
    comment = make_comment(name="كريم")
    path = open_article(page, live_server.url, comment.article)
    answer = page.locator(f"#comment-{comment.pk} .comment__answer")

    answer.click()
    expect(page.locator("#id_text")).to_be_focused()
    assert page.locator(f"#comment-{comment.pk} {FORM} h2").inner_text().count("كريم") == 1
    page.locator("[data-cancel] a").click()
    expect(answer).to_be_focused()
    assert page.locator(f"#comment-{comment.pk} {FORM}").count() == 0
    assert page.input_value("[name=parent]") == ""
    answer.click()
    fill(page)
    press_send(page)

    expect(page.locator(f"#comment-{comment.pk} .receipt-in-place")).to_contain_text(TEXT)
    assert page.url == path
    assert Comment.objects.get(name="سعاد").parent == comment


def test_an_answer_with_an_error_stays_an_answer(page: Page, live_server: Any, watch: Watch) -> None:
    comment = make_comment(name="كريم")
    open_article(page, live_server.url, comment.article)
    page.locator(".comment__answer").click()

    press_send(page)

    expect(page.locator("#id_text")).to_be_focused()
    assert page.input_value(f"#comment-{comment.pk} [name=parent]") == str(comment.pk)
    page.locator("[data-cancel] a").click()
    assert page.input_value("[name=parent]") == ""
    forget(watch, "422")


def test_name_and_address_are_remembered_only_if_asked(page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article()
    open_article(page, live_server.url, article)
    fill(page)
    press_send(page)
    expect(page.locator(".receipt-in-place")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0

    page.reload()
    assert (page.input_value("#id_name"), page.is_checked("#remember-me")) == ("", False)
    fill(page, "تعليق ثان")
    page.check("#remember-me")
    press_send(page)
    expect(page.locator(".receipt-in-place")).to_be_visible()

    page.reload()
    remembered = (page.input_value("#id_name"), page.input_value("#id_email"), page.is_checked("#remember-me"))
    assert remembered == ("سعاد", "souad@example.ma", True)
    page.uncheck("#remember-me")
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_a_draft_outlives_the_page_and_not_the_sending(page: Page, live_server: Any, watch: Watch) -> None:
    open_article(page, live_server.url, make_article())
    page.fill("#id_text", TEXT)

    page.reload()
    assert page.input_value("#id_text") == TEXT
    assert page.locator(".comment-form__count").inner_text().startswith(str(len(TEXT)))
    fill(page)
    press_send(page)
    expect(page.locator(".receipt-in-place")).to_be_visible()

    page.reload()
    assert page.input_value("#id_text") == ""


def test_a_keyboard_is_enough(page: Page, live_server: Any, watch: Watch) -> None:
    comment = make_comment()
    open_article(page, live_server.url, comment.article)
    page.focus(".comment__answer")

    page.keyboard.press("Enter")
    for words in (TEXT, "سعاد", "souad@example.ma"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.is_checked("#remember-me")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".receipt-in-place")).to_be_visible()
    assert Comment.objects.get(name="سعاد").parent == comment


@pytest.fixture
def plain(browser: Browser) -> Any:
    """A page in a browser without script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_script_everything_is_there(plain: Page, live_server: Any) -> None:
    comment = make_comment(name="كريم")
    open_article(plain, live_server.url, comment.article)

    plain.click(".comment__answer")
    assert "كريم" in plain.inner_text(f"{FORM} h2")
    plain.fill("#id_text", TEXT)
    plain.fill("#id_name", "سعاد")
    plain.fill("#id_email", "souad@example.ma")
    press_send(plain)
    plain.wait_for_url("**/comments/received/**")
    plain.click("#asked summary")
    plain.fill("#id_note", "كتبته على عجل")
    plain.click("button[value=withdraw]")
    plain.wait_for_url("**asked=request**")
    open_article(plain, live_server.url, comment.article)
    plain.click(".comment__report")
    plain.check("input[value=insult]")
    plain.click("#report-form button")
    plain.wait_for_url("**sent=1")

    assert Comment.objects.get(name="سعاد").parent == comment
    assert WithdrawalRequest.objects.get().note == "كتبته على عجل"
    assert Report.objects.get().comment == comment


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_pages_fit_and_are_accessible(
    browser: Browser, live_server: Any, width: int, scheme: Any, prefix: str
) -> None:
    article = make_article("عنوان", title_fr="Le titre")
    opener = make_comment(article, name="قارئة", text="تعليق طويل " * 30)
    make_comment(article, parent=opener, staff=True, name="الجريدة", text="شكرا لكم.")
    make_comment(article, edited=True, text="نص *** عدّله المشرف")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )
    page = context.new_page()
    page.goto(f"{live_server.url}{prefix}/news/{article.pk}/comments/")
    _look(page, f"comments{prefix[1:]}-{width}-{scheme}")
    press_send(page)
    expect(page.locator("#id_text")).to_be_focused()
    _look(page, f"comment-errors{prefix[1:]}-{width}-{scheme}")
    fill(page)
    press_send(page)
    expect(page.locator(".receipt-in-place")).to_be_visible()
    _look(page, f"receipt-in-place{prefix[1:]}-{width}-{scheme}")
    page.locator(".receipt-in-place h2 a").first.click()
    page.wait_for_url("**/comments/received/**")
    _look(page, f"receipt{prefix[1:]}-{width}-{scheme}")
    page.goto(f"{live_server.url}{prefix}/comments/{opener.pk}/report/")
    _look(page, f"report{prefix[1:]}-{width}-{scheme}")
    context.close()


def _look(page: Page, name: str) -> None:
    page.screenshot(path=ARTIFACTS / f"{name}.png", full_page=True)
    faults = violations(page, context="#content")
    assert [(fault["id"], fault["nodes"][0]["html"][:150]) for fault in faults] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
