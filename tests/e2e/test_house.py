"""Writing to the newsroom in a browser: by keyboard, on a phone, and the frame of every page."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from newsroom.choices import LetterKind, PageKind
from newsroom.models import MenuLink, ReaderLetter, SocialAccount
from tests.e2e.conftest import Watch, log_in, violations
from tests.factories import make_article, make_letter, make_page, make_picture, make_site, make_user

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def serious(page: Page, watch: Watch) -> list[str]:
    faults_so_far = list(watch.faults)
    # select2, which Django brings, puts a box without a name inside its own named one
    found = violations(page, context={"exclude": [[".select2-selection__rendered"]]})
    watch.faults = faults_so_far  # axe scrolls by writing styles, which the policy stops
    bad = [each for each in found if each["impact"] in ("serious", "critical")]
    return [f"{each['id']}: {node['html'][:300]}" for each in bad for node in each["nodes"]]


def is_narrow(page: Page) -> bool:
    """Whether the page needs no scrolling sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def type_into(page: Page, name: str, text: str) -> None:
    """Go on by tabulator to the field called `name`, and type."""
    for _press in range(60):
        if page.evaluate("document.activeElement.name") == name:
            page.keyboard.type(text)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {name}")


def test_a_message_is_sent_by_keyboard_on_a_phone(page: Page, live_server: Any, watch: Watch) -> None:
    make_page("اتصل بنا", slug="contact", kind=PageKind.CONTACT)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/page/contact/")
    assert serious(page, watch) == []
    assert is_narrow(page)

    page.locator("main").focus()
    type_into(page, "name", "سعيد")
    type_into(page, "email", "said@example.ma")
    type_into(page, "text", "متى تفتح الجريدة أبوابها للزوار؟")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url("**/contact/received/")
    expect(page.get_by_role("status")).to_be_visible()
    assert ReaderLetter.objects.get().kind == LetterKind.CONTACT
    assert serious(page, watch) == []


def test_an_error_is_reported_by_keyboard_on_a_phone(page: Page, live_server: Any, watch: Watch) -> None:
    article = make_article("قطار الشرق")
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + article.get_absolute_url())
    page.locator(".article__error a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/error/")
    assert serious(page, watch) == []
    assert is_narrow(page)

    page.locator("main").focus()
    for _press in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "radio":
            break
    page.keyboard.press("ArrowDown")
    type_into(page, "text", "نطلب نشر ردنا.")
    type_into(page, "email", "coop@example.ma")
    page.keyboard.press("Enter")

    page.wait_for_url("**/error/received/")
    letter = ReaderLetter.objects.get()
    assert (letter.kind, letter.article) == (LetterKind.REPLY, article)


def test_menu_foot_and_logo_stand_on_a_phone(page: Page, live_server: Any, watch: Watch) -> None:
    site = make_site(logo=make_picture())
    about = make_page("من نحن", slug="about")
    MenuLink.objects.create(site=site, label_ar="عن الجريدة", page=about, place="menu")
    SocialAccount.objects.create(site=site, network="x", address="https://x.example/atlas")
    page.set_viewport_size(PHONE)

    page.goto(live_server.url)

    expect(page.locator("nav#menu").get_by_role("link", name="عن الجريدة")).to_be_visible()
    expect(page.locator("footer").get_by_role("link", name="من نحن")).to_be_visible()
    expect(page.locator("header img")).to_have_attribute("alt", "بريد الأطلس")
    assert serious(page, watch) == []
    assert is_narrow(page)


@pytest.mark.parametrize(
    "address", ["sitesettings/add/", "page/add/", "redirect/import/", "brokenlink/", "readerletter/"]
)
def test_the_pages_of_the_admin_are_sound_on_a_phone(page: Page, live_server: Any, watch: Watch, address: str) -> None:
    make_letter(article=make_article())
    log_in(page, live_server.url, make_user("", is_superuser=True).username)
    page.set_viewport_size(PHONE)

    page.goto(f"{live_server.url}/admin/newsroom/{address}")
    page.wait_for_load_state("networkidle")

    assert serious(page, watch) == []
    assert is_narrow(page)


def test_an_editor_answers_a_letter(page: Page, live_server: Any, watch: Watch) -> None:
    letter = make_letter(article=make_article())
    log_in(page, live_server.url, make_user("editor").username)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_server.url}/admin/newsroom/readerletter/{letter.pk}/change/")
    assert serious(page, watch) == []
    assert is_narrow(page)

    page.fill("[name='answer-text']", "شكرا، صححنا الخطأ.")
    page.locator("[name='answer-text']").press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist .success")).to_be_visible()
    letter.refresh_from_db()
    assert letter.state == "answered"
