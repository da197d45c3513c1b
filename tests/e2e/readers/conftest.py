"""One paper, one server and one window for all of these tests: they read, and change nothing."""

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests.e2e.readers.checks import COUNT_SHIFTS
from tests.e2e.readers.content import Paper, fill_paper


@pytest.fixture(scope="package")
def paper(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Paper]:
    """What stands in the database until the last of these tests."""
    with django_db_blocker.unblock(), override_settings(ROOT_URLCONF="tests.e2e.readers.urls"):
        assert connection.settings_dict["NAME"] != settings.BASE_DIR / "db.sqlite3"  # what follows empties it
        call_command("flush", verbosity=0, interactive=False)
        with translation.override("ar"):
            paper = fill_paper()
        yield paper
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def address(paper: Paper) -> Iterator[str]:
    """Of the server. Not pytest-django's own, after which each test empties the database."""
    server = LiveServer("localhost")
    logging.getLogger("django.request").setLevel(logging.CRITICAL)  # the pages that fail are meant to
    yield server.url
    logging.getLogger("django.request").setLevel(logging.NOTSET)
    server.stop()


@pytest.fixture(scope="package")
def window(browser: Browser) -> Iterator[Page]:
    """The page of one browser context, which counts how far what it shows moves by itself."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.add_init_script(COUNT_SHIFTS)
    yield page
    context.close()
