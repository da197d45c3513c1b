"""python -m tests.bench.pages: what the demo's pages send before they can be read, and how much it weighs."""

import gzip
import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from tests.bench.console import table
from tests.bench.lighthouse import addresses
from tests.demo import demo

MOST_REQUESTS, MOST_BYTES, MOST_SCRIPT = 4, 20 * 1024, 10 * 1024
SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
SCRIPT = re.compile(r'<script src="([^"]+)"( defer)?>')
LEAD = re.compile(r'<img[^>]*fetchpriority="high"')


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as (address, _passwords):
        rows = [(name, *weigh(address + path)) for name, path in addresses(address).items()]
    shown = [(name, *(f"{figure:,}" for figure in figures)) for name, *figures in rows]
    table(("page", "requests before readable", "blocking scripts", "HTML", "CSS", "HTML + CSS", "JS"), shown)
    return 0 if holds(*{name: figures for name, *figures in rows}["article"]) else 1


def holds(requests: int, blocking: int, _page: int, _sheets: int, both: int, scripts: int) -> bool:
    """Whether an article stays within what was promised of it."""
    return requests <= MOST_REQUESTS and not blocking and both <= MOST_BYTES and scripts <= MOST_SCRIPT


def weigh(url: str) -> tuple[int, ...]:
    """Requests before the page can be read, scripts that hold it up, and bytes as they were sent."""
    sent, page = fetch(url)
    sheets, scripts = SHEET.findall(page), SCRIPT.findall(page)
    sheet_bytes, script_bytes = total(url, sheets), total(url, (name for name, _defer in scripts))
    blocking = sum(not defer for _name, defer in scripts)
    requests = 1 + len(sheets) + blocking + bool(LEAD.search(page))
    return requests, blocking, sent, sheet_bytes, sent + sheet_bytes, script_bytes


def total(url: str, names: Iterable[str]) -> int:
    return sum(fetch(urljoin(url, name))[0] for name in names)


def fetch(url: str) -> tuple[int, str]:
    """How many bytes came, and what they say."""
    with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as response:  # noqa: S310 (the demo on this machine)
        content = response.read()
        is_packed = response.headers.get("Content-Encoding") == "gzip"
    return len(content), (gzip.decompress(content) if is_packed else content).decode()


if __name__ == "__main__":
    sys.exit(main())
