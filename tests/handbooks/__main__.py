"""Takes the pictures of the handbooks from a demo of its own: `python -m tests.handbooks [name …]`."""

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.demo import ROOT, demo
from tests.e2e.conftest import QUIET
from tests.handbooks.scenes import SCENES, Scene

IMAGES = ROOT / "docs" / "handbooks" / "images"


def main(names: list[str]) -> None:
    """Take the pictures named, or all of them."""
    wanted = [scene for scene in SCENES if not names or scene.name in names]
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as (address, passwords), sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for number, scene in enumerate(wanted, start=1):
            take(browser, address, passwords, scene)
            print(f"{number} of {len(wanted)}: {scene.name}", flush=True)
        browser.close()


def take(browser: Browser, address: str, passwords: dict[str, str], scene: Scene) -> None:
    """Log in as the scene's role, go there, and keep what is to be seen."""
    width, height = scene.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="ar")
    page = context.new_page()
    if scene.role:
        log_in(page, address, scene.role, passwords[scene.role])
    page.goto(address + scene.path)
    page.wait_for_load_state("networkidle")
    if scene.prepare:
        scene.prepare(page)
    shot = page.locator(scene.part).screenshot() if scene.part else page.screenshot()
    Image.open(BytesIO(shot)).convert("RGB").save(IMAGES / f"{scene.name}.webp", quality=80, method=6)
    context.close()


def log_in(page: Page, address: str, username: str, password: str) -> None:
    page.goto(f"{address}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/admin/")


if __name__ == "__main__":
    main(sys.argv[1:])
