"""The rich editor in a browser: structure by keyboard, dialogues, and what is pasted."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.e2e.conftest import ARTIFACTS, Watch, log_in, violations
from tests.factories import make_article, make_category, make_picture, make_user

pytestmark = pytest.mark.django_db(transaction=True)

BODY = ".field-body_ar .tiptap"
NOTE = ".field-body_ar .paste-note"
VIDEO = "https://www.youtube.com/watch?v=abc"
WORD = (
    "<html><head><style>p.MsoNormal{}</style></head><body><!--StartFragment-->"
    "<p class=MsoNormal style='mso-x:1'><b>ﻗﺎل</b> <span style='color:red'>اﻟﻮزﻳﺮ, نعم.</span><o:p></o:p></p>"
    '<img src="https://example.org/a.png"><!--EndFragment--></body></html>'
)
CLEAN = "<p><strong>قال</strong> الوزير، نعم.</p>"
PASTE = """([selector, text, html]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  if (html) data.setData("text/html", html);
  const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(paste);
}"""


@pytest.fixture
def form(page: Page, live_server: Any, watch: Watch) -> Page:
    """The form of a new article, as a journalist has it, at the width of a telephone."""
    make_category("أخبار")
    page.set_viewport_size({"width": 390, "height": 900})
    log_in(page, live_server.url, make_user("journalist").username)
    page.goto(f"{live_server.url}/admin/articles/article/add/")
    page.wait_for_selector(BODY)
    page.fill("#id_title_ar", "عنوان")
    page.select_option("#id_category", index=1)
    return page


def stored(page: Page) -> str:
    page.click("[name=_save]")
    page.wait_for_url("**/admin/articles/article/")
    return Article.objects.get().body


def press_button(page: Page, name: str) -> None:
    """Reach a button of the surface's menu as the keyboard does, and press it."""
    button = page.locator(f".field-body_ar .prose-menubar [data-name='{name}']").first
    button.focus()
    page.keyboard.press("Enter")


def faults(page: Page, context: str, watch: Watch) -> list[Any]:
    so_far = list(watch.faults)
    found = violations(page, context=context)
    watch.faults = so_far  # axe scrolls by writing styles, which the policy stops
    return [(fault["id"], fault["nodes"][0]["html"][:150]) for fault in found if fault["impact"] != "minor"]


def test_heading_table_and_bare_link_are_made_by_keyboard(form: Page, watch: Watch, client: Any) -> None:
    form.focus(BODY)
    form.keyboard.type("عنوان فرعي")
    form.keyboard.press("Control+Alt+Digit2")
    form.keyboard.press("Enter")
    press_button(form, "table")
    dialog = form.locator("dialog")
    expect(dialog).to_have_attribute("aria-label", re.compile("."))
    assert dialog.locator("select").input_value() == "Yes"
    form.screenshot(path=ARTIFACTS / "table-dialog-390.png")
    assert faults(form, "dialog", watch) == []
    for _field in range(3):
        form.keyboard.press("Tab")
    form.keyboard.press("Enter")
    form.keyboard.type("السنة")
    form.keyboard.press("Tab")
    form.keyboard.type("العدد")
    form.focus(BODY)
    form.keyboard.press("Control+End")
    form.keyboard.press("ArrowDown")
    form.keyboard.press("Enter")
    form.keyboard.type(VIDEO)
    form.keyboard.press("Enter")
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")

    body = stored(form)

    assert body.startswith("<h2>عنوان فرعي</h2>")
    assert re.search("<th><p>السنة</p></th><th><p>العدد</p></th>", body)
    assert f">{VIDEO}</a></p>" in body


def test_a_cancelled_dialogue_gives_the_focus_back(form: Page) -> None:
    form.focus(BODY)
    press_button(form, "figure")
    form.wait_for_selector("dialog[open]")
    form.screenshot(path=ARTIFACTS / "figure-dialog-390.png")
    form.keyboard.press("Escape")
    form.wait_for_selector("dialog", state="detached")

    assert form.evaluate("document.activeElement.matches('.tiptap')")


def test_what_word_brings_is_cleaned_told_and_undone(form: Page, watch: Watch) -> None:
    form.focus(BODY)
    form.evaluate(PASTE, [BODY, "ﻗﺎل اﻟﻮزﻳﺮ, نعم.", WORD])
    form.wait_for_selector(f"{NOTE} button")

    assert form.input_value("#id_body_ar") == CLEAN
    assert form.locator(f"{NOTE} li").count() >= 4
    form.click(f"{NOTE} summary")
    form.locator(".field-body_ar").screenshot(path=ARTIFACTS / "paste-note-390.png")
    assert faults(form, NOTE, watch) == []
    form.focus(f"{NOTE} button")
    form.keyboard.press("Enter")
    assert form.input_value("#id_body_ar") == "<p><strong>ﻗﺎل</strong> اﻟﻮزﻳﺮ, نعم.</p>"
    assert form.locator(f"{NOTE} button").count() == 0
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_title_is_cleaned_where_the_caret_stands(form: Page) -> None:
    form.fill("#id_title_ar", "قبل بعد")
    form.evaluate("document.querySelector('#id_title_ar').setSelectionRange(4, 4)")
    form.focus("#id_title_ar")
    form.evaluate(PASTE, ["#id_title_ar", "عـــاجل,\nنعم ", ""])
    form.wait_for_selector(".field-title_ar .paste-note button")

    assert form.input_value("#id_title_ar") == "قبل عاجل، نعم بعد"
    form.click(".field-title_ar .paste-note button")
    assert form.input_value("#id_title_ar") == "قبل عـــاجل, نعم بعد"


def test_without_the_server_the_plain_text_goes_in_and_the_line_says_so(form: Page, watch: Watch) -> None:
    form.route("**/clean-paste/", lambda route: route.abort())
    form.focus(BODY)
    form.evaluate(PASTE, [BODY, "ﻗﺎل, نعم", WORD])
    form.wait_for_selector(f"{NOTE} span")

    assert form.input_value("#id_body_ar") == "<p>ﻗﺎل, نعم</p>"
    assert form.locator(f"{NOTE} button").count() == 0
    watch.faults = [fault for fault in watch.faults if "ERR_FAILED" not in fault]  # the lost request itself


def test_an_address_pasted_over_words_links_them(form: Page) -> None:
    form.focus(BODY)
    form.keyboard.type("المصدر")
    form.keyboard.press("Control+A")
    form.evaluate(PASTE, [BODY, VIDEO, ""])

    assert f'href="{VIDEO}"' in form.input_value("#id_body_ar")
    assert ">المصدر</a>" in form.input_value("#id_body_ar")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_reader_sees_card_and_table(page: Page, live_server: Any, watch: Watch, width: int) -> None:
    cells = "".join(f"<td>قيمة طويلة نسبيا {number}</td>" for number in range(9))
    body = (
        f"<p>نص</p><p>{VIDEO}</p><table><tbody><tr>{cells}</tr></tbody></table><h2>عنوان</h2><h3>فرعي</h3><h4>أصغر</h4>"
    )
    article = make_article(body=body)
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"{live_server.url}{article.get_absolute_url()}")
    page.locator(".article__body").screenshot(path=ARTIFACTS / f"body-{width}.png")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".embed__link").bounding_box()["height"] >= 44  # type: ignore[index]
    assert faults(page, ".article__body", watch) == []


def test_a_figure_gets_picture_description_and_caption(form: Page, watch: Watch) -> None:
    address = make_picture().file.url
    form.focus(BODY)
    press_button(form, "figure")
    form.wait_for_selector("dialog[open]")
    # The library, which opens in a window of its own, writes into this field.
    form.evaluate("address => document.querySelector('dialog [name=imageUrl]').value = address", address)
    form.fill("dialog [name=altText]", "قطار في محطة وجدة")
    form.fill("dialog [name=caption]", "وصل القطار ليلا.")
    directions = "all => all.map(input => [input.name, input.dir])"
    assert form.eval_on_selector_all("dialog input", directions) == [
        ["imageUrl", "ltr"],
        ["altText", "rtl"],
        ["caption", "rtl"],
    ]
    form.focus("dialog [type=submit]")
    form.keyboard.press("Enter")
    form.wait_for_selector(f"{BODY} figcaption")
    assert form.evaluate("document.activeElement.matches('.tiptap')")
    form.locator(".field-body_ar").screenshot(path=ARTIFACTS / "figure-390.png")

    figure = f'<figure><img src="{address}" alt="قطار في محطة وجدة"><figcaption>وصل القطار ليلا.</figcaption></figure>'
    assert stored(form).removesuffix("<p></p>") == figure


def test_the_buttons_of_a_table_are_there_while_one_writes_in_it(form: Page, watch: Watch) -> None:
    form.focus(BODY)
    press_button(form, "table")
    form.focus("dialog [type=submit]")
    form.keyboard.press("Enter")
    form.wait_for_selector(f"{BODY} table")
    form.keyboard.type("السنة")
    press_button(form, "table:addColumnAfter")
    press_button(form, "table:deleteRow")
    form.keyboard.press("Shift+ArrowDown")
    form.locator(".field-body_ar").screenshot(path=ARTIFACTS / "table-390.png")
    named = "all => all.filter(button => !button.classList.contains('hidden')).every(button => button.ariaLabel)"

    assert form.eval_on_selector_all(".field-body_ar [data-name^='table:']", named)
    assert form.locator(f"{BODY} tr").count() == 2
    assert form.locator(f"{BODY} tr").first.locator("td, th").count() == 4
