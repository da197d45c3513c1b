"""What an article weighs on its way to the reader."""

import gzip
import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import pytest
import rcssmin

from tests.e2e.readers.content import Paper
from tests.e2e.readers.kinds import KINDS

pytestmark = pytest.mark.django_db

TOP = Path(__file__).resolve().parents[3]
STATIC = TOP / "newsroom/static/newsroom"
LIGHT = 20 * 1024  # bytes of an article's HTML and CSS, compressed
SCRIPTS = 10 * 1024  # bytes, compressed


def fetch(url: str) -> bytes:
    try:
        with urllib.request.urlopen(quote(url, safe=":/?=&%")) as response:  # noqa: S310 (our own server)
            return response.read()
    except HTTPError as error:  # a page as well
        return error.read()


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def test_an_article_is_light(address: str, paper: Paper) -> None:
    page = fetch(address + KINDS["article-corrected"].path(paper, "ar"))
    sheet = rcssmin.cssmin("".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("css/*.css"))))

    assert packed(page) + packed(sheet.encode()) <= LIGHT


def test_scripts_are_small_and_nothing_waits_for_them(address: str, paper: Paper) -> None:
    page = fetch(address + KINDS["article-corrected"].path(paper, "ar")).decode()
    scripts = [STATIC / "site.js", TOP / "comments/static/comments/reader.js"]

    assert sum(packed(path.read_bytes()) for path in scripts) <= SCRIPTS
    assert page.count("<script src=") == page.count("defer></script>") == len(scripts)
