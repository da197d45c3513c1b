"""The HTML of every kind of page by the validator, and what an article weighs on its way to the reader."""

import gzip
import os
import shutil
import subprocess
import urllib.request
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import pytest
import rcssmin

from tests.e2e.conftest import ARTIFACTS
from tests.e2e.readers.content import Paper
from tests.e2e.readers.kinds import KINDS

pytestmark = pytest.mark.django_db

TOP = Path(__file__).resolve().parents[3]
STATIC = TOP / "newsroom/static/newsroom"
# Where `make tools` puts it; a machine of one's own may have it elsewhere.
VALIDATOR = Path(os.environ.get("VNU_JAR", TOP / "var/tools/node_modules/vnu-jar/build/dist/vnu.jar"))
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


@pytest.mark.skipif(
    not (VALIDATOR.exists() and shutil.which("java")),
    reason="left out: this machine has no java, or `make tools` has not fetched the HTML validator",
)
def test_the_validator_finds_no_error_in_any_page(address: str, paper: Paper) -> None:
    folder = ARTIFACTS / "readers" / "html"
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in KINDS.items():
        for language in ("ar", "fr", "en"):
            (folder / f"{name}-{language}.html").write_bytes(fetch(address + kind.path(paper, language)))

    command = ["java", "-jar", str(VALIDATOR), "--errors-only", "--format", "text", str(folder)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (found.returncode, found.stderr[-3000:]) == (0, "")


def test_an_article_is_light(address: str, paper: Paper) -> None:
    page = fetch(address + KINDS["article-corrected"].path(paper, "ar"))
    sheet = rcssmin.cssmin("".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("css/*.css"))))

    assert packed(page) + packed(sheet.encode()) <= LIGHT


def test_scripts_are_small_and_nothing_waits_for_them(address: str, paper: Paper) -> None:
    page = fetch(address + KINDS["article-corrected"].path(paper, "ar")).decode()
    scripts = [STATIC / "site.js", TOP / "comments/static/comments/reader.js"]

    assert sum(packed(path.read_bytes()) for path in scripts) <= SCRIPTS
    assert page.count("<script src=") == page.count("defer></script>") == len(scripts)
