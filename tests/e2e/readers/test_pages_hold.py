"""Every kind of page in a browser: both directions, phone and desk, light and dark, and by keyboard."""

from urllib.parse import unquote, urlsplit

import pytest
from django.urls import get_resolver, resolve
from django.utils import translation
from playwright.sync_api import Page

from tests.e2e.conftest import ARTIFACTS
from tests.e2e.readers.checks import CONTRAST, Notes, accessibility, shifts, sideways
from tests.e2e.readers.content import Paper
from tests.e2e.readers.keyboard import by_keyboard
from tests.e2e.readers.kinds import KINDS, NO_KINDS

# The mark brings the database; what stands in it is stored for all of these tests, before the first.
pytestmark = pytest.mark.django_db

FOLDER = ARTIFACTS / "readers"
TALLEST = 6000  # pixels of a picture; what is below repeats what is above
SIZES = {390: 844, 1280: 900}


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("language", ["ar", "fr"])
@pytest.mark.parametrize("name", KINDS)
def test_a_page_holds(window: Page, address: str, paper: Paper, name: str, language: str, width: int) -> None:
    kind = KINDS[name]
    window.emulate_media(color_scheme="light")
    window.set_viewport_size({"width": width, "height": SIZES[width]})
    notes = Notes(address, kind.status)
    notes.listen(window)

    response = window.goto(address + kind.path(paper, language))
    findings = [*shifts(window), *sideways(window)]
    keep(window, f"{name}-{language}-{width}")
    findings += by_keyboard(window, kind.has_skip_link)
    notes.is_over = True  # axe writes styles, which the policy refuses loudly
    findings += accessibility(window)

    assert response is not None
    assert response.status == kind.status
    findings += notes.faults
    assert not findings, "\n".join(findings)


@pytest.mark.parametrize("name", KINDS)
def test_a_page_is_readable_in_the_dark(window: Page, address: str, paper: Paper, name: str) -> None:
    window.emulate_media(color_scheme="dark")
    window.set_viewport_size({"width": 390, "height": 844})
    window.goto(address + KINDS[name].path(paper, "ar"))

    keep(window, f"{name}-ar-390-dark")
    findings = accessibility(window, CONTRAST)
    assert not findings, "\n".join(findings)


def keep(page: Page, name: str) -> None:
    """A picture of the page, for whoever looks at what CI keeps."""
    size = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    clip = {"x": 0, "y": 0, "width": size[0], "height": min(size[1], TALLEST)}
    # Hiding the caret would be a style of Playwright's own, which the policy refuses loudly.
    page.screenshot(path=FOLDER / f"{name}.jpg", full_page=True, clip=clip, quality=70, caret="initial")  # type: ignore[arg-type]


def test_every_address_of_readers_has_a_kind(paper: Paper) -> None:
    visited = set()
    for kind in KINDS.values():
        if kind.status == 200:
            visited.add(resolve(unquote(urlsplit(kind.path(paper, "ar")).path)).url_name)

    assert names() - visited - NO_KINDS.keys() == set()


def names() -> set[str]:
    """The names of the addresses that have a language, without those of the admin."""
    with translation.override("fr"):
        patterns = get_resolver("newsroom.urls").url_patterns
        for_readers = [each for each in patterns if str(each.pattern) == "fr/"]
        return set(_names(for_readers))


def _names(patterns: list) -> list[str]:
    found = []
    for each in patterns:
        if str(each.pattern).startswith("admin/"):
            continue
        found += _names(each.url_patterns) if hasattr(each, "url_patterns") else [each.name]
    return found
