"""A demo in a folder of its own, served as `make demo` serves it: for pictures and for measuring."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.postman import free_port

ROOT = Path(__file__).resolve().parents[1]
ACCOUNT = re.compile(r"^  ([a-z]+) {2,}([a-z2-7]{16})$", re.MULTILINE)
PATIENCE = 30  # seconds until the server answers


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
