"""The second factor in a browser: an app by keyboard, a passkey by Chromium's virtual authenticator."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import CDPSession, Page

from newsroom.models import SiteSettings
from newsroom.staff.links import INVITATION
from tests.e2e.conftest import Watch, log_in, violations
from tests.factories import make_totp, make_user, totp_code

pytestmark = pytest.mark.django_db(transaction=True)

ACCOUNT = "/admin/account/"
PHONE = {"width": 390, "height": 800}
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def person(live_server: Any) -> User:
    return make_user("editor")


@pytest.fixture
def device(page: Page) -> Iterator[CDPSession]:
    """A device that holds passkeys and whose owner's finger is on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield session
    session.detach()


def type_password(page: Page, address: str, person: User) -> None:
    page.goto(f"{address}/admin/login/")
    page.wait_for_selector("#id_username:focus")
    page.keyboard.type(person.username)
    page.keyboard.press("Tab")
    page.keyboard.type("password")
    page.keyboard.press("Enter")


def faults(page: Page, watch: Watch) -> list[str]:
    before = list(watch.faults)
    found = violations(page)
    watch.faults = before  # axe scrolls by writing styles, which the policy stops
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


def is_wide(page: Page) -> bool:
    """Whether the page must be moved sideways."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_role_demands_an_app_which_is_set_up_and_used_by_keyboard(
    page: Page, live_server: Any, watch: Watch, person: User
) -> None:
    SiteSettings.objects.create(name="الجريدة").two_factor_groups.set(Group.objects.filter(name="editor"))
    type_password(page, live_server.url, person)
    page.wait_for_url("**/second-factor/app/**")
    secret = page.inner_text(".account__key").replace(" ", "")
    page.wait_for_selector("#id_code:focus")

    page.keyboard.type(totp_code(secret))
    page.keyboard.press("Enter")

    page.wait_for_url("**/recovery-codes/**")
    code = page.locator("#codes code").first.inner_text()
    page.keyboard.press("Tab")
    page.focus("#codes-form [type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/admin/")
    page.click("#logout-form button")
    type_password(page, live_server.url, person)
    page.wait_for_selector("#id_code:focus")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/admin/")


def test_a_passkey_is_added_and_opens_the_desk_alone_and_after_the_password(
    page: Page, live_server: Any, watch: Watch, person: User, device: CDPSession
) -> None:
    log_in(page, live_server.url, person.username)
    page.goto(f"{live_server.url}{ACCOUNT}passkeys/add/")
    page.fill("#id_name", "مفتاح المكتب")
    page.keyboard.press("Enter")
    page.wait_for_url("**/recovery-codes/**")
    page.click("#codes-form [type=submit]")
    page.goto(live_server.url + ACCOUNT)
    listed = page.inner_text(".account__list")

    page.click("#logout-form button")
    page.goto(f"{live_server.url}/admin/login/?next=/admin/articles/article/")
    page.click("#passkey-form button")
    page.wait_for_url(f"{live_server.url}/admin/articles/article/")
    page.click("#logout-form button")
    type_password(page, live_server.url, person)
    page.wait_for_url("**/second-factor/**")
    page.click("#passkey-form button")
    page.wait_for_url(f"{live_server.url}/admin/")

    assert "مفتاح المكتب" in listed


def test_a_passkey_that_is_not_given_is_told_and_the_password_remains(
    page: Page, live_server: Any, person: User, device: CDPSession
) -> None:
    page.goto(f"{live_server.url}/admin/login/")
    page.click("#passkey-form button")

    page.wait_for_selector(".account__failed:visible", timeout=70_000)
    log_in(page, live_server.url, person.username)


def test_the_passkey_of_a_person_at_rest_opens_nothing(
    page: Page, live_server: Any, watch: Watch, person: User, device: CDPSession
) -> None:
    log_in(page, live_server.url, person.username)
    page.goto(f"{live_server.url}{ACCOUNT}passkeys/add/")
    page.click("#passkey-form button")
    page.wait_for_url("**/recovery-codes/**")
    User.objects.filter(pk=person.pk).update(is_active=False)

    page.goto(f"{live_server.url}/admin/login/")
    page.click("#passkey-form button")

    page.wait_for_selector(".errornote[role=alert]:visible")
    page.goto(f"{live_server.url}/admin/")
    assert page.url.startswith(f"{live_server.url}/admin/login/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_right_on_a_phone(page: Page, live_server: Any, watch: Watch, person: User, scheme: Any) -> None:
    invited = make_user("journalist")
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=scheme)
    secret = make_totp(make_user("editor", username="with-app"))
    found = []

    def look(address: str = "") -> None:
        if address:
            page.goto(live_server.url + address)
        found.extend([f"{page.url} {fault}" for fault in faults(page, watch)])
        found.extend([f"{page.url} is wide"] if is_wide(page) else [])

    for address in ("/admin/login/", f"{ACCOUNT}forgotten/", f"{ACCOUNT}forgotten/sent/", INVITATION.path(invited)):
        look(address)
    type_password(page, live_server.url, User.objects.get(username="with-app"))
    page.wait_for_selector("#id_code")
    look()
    page.fill("#id_code", totp_code(secret))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/admin/")
    for address in (ACCOUNT, f"{ACCOUNT}passkeys/add/", f"{ACCOUNT}recovery-codes/renew/"):
        look(address)
    page.click("#renew-form [type=submit]")
    page.wait_for_selector("#codes")
    look()
    page.context.clear_cookies()
    log_in(page, live_server.url, person.username)
    look(f"{ACCOUNT}second-factor/app/")

    assert found == []
