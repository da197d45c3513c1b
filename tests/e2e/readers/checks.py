"""What holds on every page that readers meet; each check gives its findings in words, none where all is well."""

import json
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

# Every rule of axe but those of level AAA, which ask what no site of many colours can give.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"]
# Without preloading: axe would fetch imported sheets at addresses that do not exist.
OPTIONS: dict[str, Any] = {
    "resultTypes": ["violations"],
    "preload": False,
    "runOnly": {"type": "tag", "values": TAGS},
}
CONTRAST: dict[str, Any] = OPTIONS | {"runOnly": ["color-contrast", "link-in-text-block"]}
COUNT_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
        if (entry.hadRecentInput) continue;
        const moved = entry.sources.map(({node}) => node?.outerHTML?.slice(0, 120) ?? node?.nodeName);
        window.shifts.push([entry.value, ...moved]);
    }
}).observe({type: "layout-shift", buffered: true});
"""
# Down the page and up again, a screen at a time, so that what loads late does.
SCROLL = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const steps = Math.min(12, Math.ceil(document.documentElement.scrollHeight / innerHeight));
    for (let step = 1; step <= steps; step += 1) { scrollTo(0, step * innerHeight); await frame(); }
    scrollTo(0, document.documentElement.scrollHeight); await frame();
    scrollTo(0, 0); await frame();
}"""
SIDEWAYS = """() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const isOut = (each) => {
        const box = each.getBoundingClientRect();
        return box.right > root.clientWidth + 1 || box.left < -1;
    };
    const out = [...document.body.querySelectorAll("*")].filter(isOut).slice(0, 3);
    return [`${root.scrollWidth} px wide`, ...out.map((each) => each.outerHTML.slice(0, 120))];
}"""
axe = Axe()


@dataclass
class Notes:
    """What the browser said since the page was opened."""

    host: str
    status: int
    faults: list[str] = field(default_factory=list)
    is_over: bool = False

    def listen(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("pageerror", self._error)
        page.on("console", self._message)

    def _request(self, request: Request) -> None:
        if not self.is_over and not request.url.startswith((self.host, "data:", "blob:")):
            self.faults.append(f"foreign request: {request.url}")

    def _error(self, error: object) -> None:
        if not self.is_over:
            self.faults.append(f"page error: {error}")

    def _message(self, message: ConsoleMessage) -> None:
        is_own_status = self.status >= 400 and f"status of {self.status}" in message.text
        if not self.is_over and not is_own_status and message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text} {message.location.get('url', '')}")


def shifts(page: Page) -> list[str]:
    """What moved by itself while the page loaded and while somebody scrolled through it."""
    page.evaluate(SCROLL)
    return [f"moved: {json.dumps(each, ensure_ascii=False)}" for each in page.evaluate("window.shifts")]


def sideways(page: Page) -> list[str]:
    """What makes the page wider than the window."""
    return [f"scrolls sideways: {each}" for each in page.evaluate(SIDEWAYS)]


def accessibility(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    """What axe finds, of any level."""
    found = axe.run(page, options=options).response["violations"]
    return [f"axe {fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"][:3]]
