"""Takes the pictures of the handbooks from a demo of its own: `python -m tests.handbooks [name …]`."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.conftest import QUIET
from tests.handbooks.scenes import SCENES, Scene
from tests.postman import free_port

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "handbooks" / "images"
ACCOUNT = re.compile(r"^  ([a-z]+) {2,}([a-z2-7]{16})$", re.MULTILINE)
PATIENCE = 30  # seconds until the server answers


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


@contextmanager
def demo(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A demo in `folder`, served: its address, and the password of each role."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}"}
    environment |= {f"{name}_ROOT": str(folder / name.lower()) for name in ("MEDIA", "STATIC", "VAR")}
    command = [sys.executable, "manage.py", "demo", "--no-serve"]
    told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
    port = free_port()
    serve = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "newsroom.wsgi:application"]
    server = subprocess.Popen(serve, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://localhost:{port}"
        wait_for(address)
        yield address, dict(ACCOUNT.findall(told))
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    """Return when the server answers; TimeoutError after PATIENCE."""
    for _second in range(PATIENCE):
        try:
            urlopen(address)  # noqa: S310 (the demo on this machine)
        except URLError:
            time.sleep(1)
        else:
            return
    raise TimeoutError(address)


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
