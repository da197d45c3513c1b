"""python -m tests.bench.writers: comments posted at the same moment, with the gate before SQLite and without it.

Each writer is a process of its own that posts through the real views to a SQLite file.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.bench.console import table

START_UP = 15  # seconds, in which every writer gets ready


def run(database: Path, gate: str, writers: int, posts: int) -> list[dict[str, Any]]:
    """What all writers were answered."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}", "GATE": gate}
    command = [sys.executable, "-m", "tests.posting"]
    subprocess.run([*command, "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL)
    environment["START"] = str(time.time() + START_UP)
    running = [
        subprocess.Popen([*command, "crowd", "1", str(posts)], env=environment, stdout=subprocess.PIPE, text=True)
        for _ in range(writers)
    ]
    outputs = [writer.communicate()[0] for writer in running]
    return [json.loads(line) for output in outputs for line in output.splitlines()]


def figures(answers: list[dict[str, Any]]) -> list[str]:
    times = sorted(answer["ms"] for answer in answers)
    hundredths = statistics.quantiles(times, n=100)
    failed = sum(answer["status"] != 303 for answer in answers)
    return [str(len(answers)), str(failed), *(f"{each:.0f}" for each in (hundredths[49], hundredths[98], times[-1]))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--posts", type=int, default=40)
    arguments = parser.parse_args()
    columns = []
    for gate in ("off", "on"):
        with tempfile.TemporaryDirectory(prefix="newsroom-writers-") as folder:
            answers = run(Path(folder) / "news.sqlite3", gate, arguments.writers, arguments.posts)
            columns.append(figures(answers))
    names = ("posts", "not accepted", "median, ms", "99 of 100 took at most, ms", "the slowest took, ms")
    table((f"{arguments.writers} writers", "without the gate", "with it"), list(zip(names, *columns, strict=True)))


if __name__ == "__main__":
    main()
