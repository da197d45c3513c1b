"""The browser of the end-to-end tests: Debian's Chromium, against a live server on this machine."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, Request, sync_playwright

# Playwright's synchronous interface runs an event loop, in which Django would refuse its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
ARTIFACTS = Path(__file__).resolve().parents[2] / "artifacts"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e/" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite in a file: in memory all threads of the server share one cache, whose locks nobody waits for."""
    database = settings.DATABASES["default"]
    if database["ENGINE"] == "newsroom.sqlite":
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("e2e") / "db.sqlite3")


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Started after the database of the tests is made: within Playwright's loop Django has other connections."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("left out: this machine has no chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@dataclass
class Watch:
    """What went wrong in a page since it was opened."""

    host: str
    faults: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.host, "data:", "blob:")):
            self.faults.append(f"foreign request: {request.url}")


@pytest.fixture
def watch(page: Page, live_server: Any) -> Iterator[Watch]:
    """Fails the test at its end if the page logged an error, raised one, or asked a foreign host."""
    watched = Watch(live_server.url)
    page.on("request", watched.request)
    page.on("pageerror", lambda error: watched.faults.append(f"page error: {error}"))
    page.on("console", lambda message: message.type == "error" and watched.faults.append(message.text))
    yield watched
    assert watched.faults == []


def violations(page: Page, context: Any = None) -> list[dict[str, Any]]:
    """What axe finds on the page, or within `context`.

    Without preloading: it would fetch the sheets that a sheet imports at addresses that do not exist.
    """
    return Axe().run(page, context=context, options={"preload": False}).response["violations"]


def log_in(page: Page, address: str, username: str) -> None:
    """Log in at the admin as a person would; passwords come from tests/factories.py."""
    page.goto(f"{address}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", "password")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/admin/")
