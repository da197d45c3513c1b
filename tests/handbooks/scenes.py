"""The pictures of the handbooks: whose desk, which page, and what is done before the picture is taken.

A scene may leave traces in the demo (an unsaved text, a link), but none that a later picture shows.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

ARTICLES = "/admin/articles/article/"
BODY = ".field-body_ar .tiptap"
# A reporter's notes as a word processor and a telephone bring them: letter shapes, stretched words, Latin marks.
PLAIN = "أﻓﺎد مصدر من الجماعة, اليوم الثلاثاء, أن الأشغـــال انتهت."
STYLED = f"<p class=MsoNormal style='mso-x:1'><b>{PLAIN}</b><o:p></o:p></p>"
PASTE = """([selector, text, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  data.setData("text/html", html);
  const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(paste);
}"""
PHONE = (390, 780)


@dataclass(frozen=True)
class Scene:
    """One picture. `name` is its file in docs/handbooks/images/, without ending."""

    name: str
    role: str
    path: str
    prepare: Callable[[Page], None] | None = None
    part: str = ""  # the element that is shown; the window, unless told
    size: tuple[int, int] = (1280, 860)


def follow(page: Page, selector: str) -> None:
    """Go where the first such link leads, in the same window."""
    address = page.locator(selector).first.evaluate("link => link.href")
    page.goto(address)
    page.wait_for_load_state("networkidle")


def show(page: Page, selector: str) -> None:
    """Scroll until the element stands near the upper edge."""
    page.locator(selector).first.evaluate("each => window.scrollTo(0, each.getBoundingClientRect().top + scrollY - 24)")
    page.wait_for_timeout(300)  # pictures further down load as they come into sight


def first_article(page: Page) -> None:
    """Open the first article of the list."""
    follow(page, "#result_list th a")


def written_form(page: Page) -> None:
    """The form of an article, from its tabs on."""
    first_article(page)
    show(page, "[role=tablist]")


def checklist(page: Page) -> None:
    """What is missing in an article that was just begun."""
    page.fill("#id_title_ar", "افتتاح مكتبة جديدة في حي المسيرة")
    page.locator(BODY).click()
    page.keyboard.type("فتحت المكتبة أبوابها صباح اليوم.")
    page.wait_for_timeout(1500)  # the list follows the typing
    page.keyboard.press("Tab")


def pasted(page: Page) -> None:
    """What the line below the text says after a paste."""
    page.locator(BODY).click()
    page.evaluate(PASTE, [BODY, PLAIN, STYLED])
    page.wait_for_selector(".field-body_ar .paste-note button")
    page.locator(".field-body_ar .paste-note summary").click()
    show(page, ".field-body_ar")


def unsaved(page: Page) -> None:
    """An article whose writer comes back to a text that was never saved."""
    first_article(page)
    page.focus("#id_title_ar")
    page.keyboard.press("End")
    page.keyboard.type(" قبل متم السنة")
    page.wait_for_selector(".writing-foot__status:not(:empty)")
    page.wait_for_timeout(4000)  # until the server keeps it
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(page.url)
    page.wait_for_selector(".writing-notice a.button")


def preview(page: Page) -> None:
    """The article as it will look on a phone."""
    first_article(page)
    page.goto(page.url.replace("/change/", "/preview/"))
    page.locator("label[for=width-phone]").click()
    page.wait_for_load_state("networkidle")


def compared(page: Page) -> None:
    """What an editor's change of the summary looks like beside what stood there."""
    first_article(page)
    summary = page.locator("#id_summary_ar")
    summary.fill(summary.input_value().replace("على مدار الساعة", "ليلا ونهارا") + " تبدأ العملية الأسبوع المقبل.")
    with page.expect_navigation():
        page.locator(".submit-row [name=_continue]").click()
    page.goto(page.url.replace("/change/", "/history/"))
    follow(page, ".versions__table tbody tr:nth-child(2) td:last-child a:last-child")


def focal_point(page: Page) -> None:
    """A picture with its point, and what is cut around it."""
    follow(page, "#result_list th a, .library a[href*='/change/']")


def this_day(page: Page) -> None:
    """The month from the week of today on."""
    show(page, "#today")


def director(page: Page) -> None:
    """What a director sees behind the link that an editor has made."""
    first_article(page)
    page.goto(page.url.replace("/change/", "/approval/"))
    page.fill("#id_name", "المدير")
    page.locator("#approval-form [type=submit]").click()
    page.goto(page.locator("#new-link").input_value())
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.wait_for_load_state("networkidle")


def first_sender(page: Page) -> None:
    """Open the sender of the first card."""
    follow(page, "a[data-key='KeyB']")
    page.locator("#content details summary").first.click()


SCENES = (
    # The journalist's.
    Scene("login", "", "/admin/login/", size=(1000, 620)),
    Scene("second-factor", "journalist", "/admin/account/second-factor/app/", size=(1000, 800)),
    Scene("journalist-index", "journalist", "/admin/"),
    Scene("article-list", "journalist", ARTICLES),
    Scene("article-form", "journalist", f"{ARTICLES}?q=تادلة", written_form),
    Scene("paste", "journalist", f"{ARTICLES}add/", pasted, ".field-body_ar", (390, 1000)),
    Scene("checklist", "journalist", f"{ARTICLES}add/", checklist, ".checklist", (800, 800)),
    Scene("unsaved", "journalist", f"{ARTICLES}?q=العيون&status__exact=draft", unsaved),
    Scene("preview", "journalist", f"{ARTICLES}?q=تادلة", preview),
    Scene("pictures", "journalist", "/admin/articles/picture/"),
    Scene("focal-point", "editor", "/admin/articles/picture/", focal_point, ".focus"),
    Scene("statistics", "journalist", "/admin/articles/statistics/"),
    # The editor's.
    Scene("editor-index", "editor", "/admin/"),
    Scene("calendar", "editor", "/admin/articles/calendar/?view=month", this_day),
    Scene("board", "editor", "/admin/articles/board/"),
    Scene("versions", "editor", f"{ARTICLES}?q=الثلوج&status__exact=in_review", compared),
    Scene("director", "editor", f"{ARTICLES}?q=كلميم&status__exact=in_review", director, "#decision"),
    Scene("letters", "editor", "/admin/newsroom/readerletter/"),
    # The moderator's.
    Scene("desk", "moderator", "/admin/comments/desk/?queue=first", size=(1280, 1000)),
    Scene("desk-phone", "moderator", "/admin/comments/desk/", size=PHONE),
    Scene("desk-sender", "moderator", "/admin/comments/desk/", first_sender),
)
