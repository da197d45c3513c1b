"""python -m tests.bench.lighthouse [page …]: Lighthouse's verdict on the demo, as a phone of the cheap sort sees it.

It needs chromium, and node with the packages that `make tools` brings. The exit code says whether every page
has all points, paints its largest part within a second and never moves what the reader looks at.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from tests.bench.console import progress, table
from tests.demo import ROOT, demo
from tests.e2e.conftest import QUIET

PROGRAM = ROOT / "var" / "tools" / "node_modules" / ".bin" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
UNCOUNTED = {("search", "seo")}  # what is found is no page for search engines: it says noindex
PAINT = "largest-contentful-paint"
MOST_PAINT, MOST_SHIFT = 1000, 0  # milliseconds; share of the screen
PATIENCE = 120  # seconds for one page
RUNS = 3  # of which the middle one counts: what else the machine does only makes a page look slower
ATTEMPTS = 4  # on a busy machine the trace of a page is lost now and then
ARTICLE, CATEGORY = (re.compile(rf'<a[^>]*href="(/{part}/[^"]+)"') for part in (r"news/\d+", "category"))


def main(names: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as (address, _passwords):
        pages = {name: path for name, path in addresses(address).items() if not names or name in names}
        reports = {}
        for number, (name, path) in enumerate(pages.items(), start=1):
            runs = [examine(address + path, Path(folder) / f"{name}.json") for _run in range(RUNS)]
            reports[name] = sorted(runs, key=lambda run: run["audits"][PAINT]["numericValue"])[RUNS // 2]
            progress("pages", number, len(pages))
    heading = ("page", *CATEGORIES, "largest paint", "shift", "bytes", "requests")
    table(heading, [(name, *figures(report)) for name, report in reports.items()])
    faults = [fault for name, report in reports.items() for fault in faults_of(name, report)]
    print("\n".join(["", *faults]))
    return 1 if faults else 0


def addresses(address: str) -> dict[str, str]:
    """The pages that count; article and category are the first that the front page leads to."""
    front = urlopen(address).read().decode()  # noqa: S310 (the demo on this machine)
    article, category = ARTICLE.search(front), CATEGORY.search(front)
    assert article, "the demo's front page leads to no article"
    assert category, "the demo's front page leads to no category"
    found = f"/search/?q={quote('المغرب')}"
    return {"article": article[1], "front": "/", "category": category[1], "search": found}


def examine(address: str, report: Path) -> dict[str, Any]:
    """Lighthouse's report on the page at `address`, loaded once before so that its pictures are made."""
    urlopen(address).read()  # noqa: S310 (the demo on this machine)
    command = [str(PROGRAM), address, "--quiet", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(['--headless=new', *QUIET])}"]
    environment = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
    for _attempt in range(ATTEMPTS):
        report.unlink(missing_ok=True)
        subprocess.run(command, env=environment, timeout=PATIENCE, cwd=report.parent, stderr=subprocess.DEVNULL)
        found = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {"runtimeError": None}
        if "runtimeError" not in found:
            return found
    raise RuntimeError(f"lighthouse could not load {address}: {found['runtimeError']}")


def figures(report: dict[str, Any]) -> tuple[str, ...]:
    """The cells of a page's row."""
    audits = report["audits"]
    points = [f"{report['categories'][name]['score'] * 100:.0f}" for name in CATEGORIES]
    paint, shift = (audits[name]["numericValue"] for name in (PAINT, "cumulative-layout-shift"))
    requests = audits["network-requests"]["details"]["items"]
    sent = sum(each.get("transferSize", 0) for each in requests)
    return (*points, f"{paint:.0f} ms", f"{shift:.3f}", f"{sent:,}", str(len(requests)))


def faults_of(name: str, report: dict[str, Any]) -> list[str]:
    """What keeps the page `name` from all points, each in a line."""
    audits, faults = report["audits"], []
    for category in CATEGORIES:
        if report["categories"][category]["score"] < 1 and (name, category) not in UNCOUNTED:
            faults += [f"{name}: {category}: {each}" for each in _lost(report, category)]
    paint, shift = (audits[each]["numericValue"] for each in (PAINT, "cumulative-layout-shift"))
    if paint >= MOST_PAINT:
        faults.append(f"{name}: the largest paint comes after {paint:.0f} ms")
    if shift > MOST_SHIFT:
        faults.append(f"{name}: the page moves by {shift:.4f}")
    return faults


def _lost(report: dict[str, Any], category: str) -> list[str]:
    """The audits of `category` that cost points."""
    lost = []
    for each in report["categories"][category]["auditRefs"]:
        audit = report["audits"][each["id"]]
        if each["weight"] and audit["scoreDisplayMode"] != "notApplicable" and (audit["score"] or 0) < 1:
            lost.append(f"{audit['title']} {audit.get('displayValue', '')}{_where(audit)}")
    return lost


def _where(audit: dict[str, Any]) -> str:
    """The first places in the page that an audit names."""
    items = (audit.get("details") or {}).get("items") or []
    places = [str(item["node"].get("snippet", ""))[:160] for item in items if isinstance(item.get("node"), dict)]
    return "".join(f"\n    {place}" for place in places[:3])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
