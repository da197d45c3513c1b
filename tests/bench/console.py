"""What a measuring command shows while it works, and when it is done."""

import sys

WIDTH = 30


def progress(what: str, done: int, count: int) -> None:
    """A bar on the error stream, so that the table alone can be kept."""
    filled = WIDTH * done // count
    sys.stderr.write(f"\r{'█' * filled}{'·' * (WIDTH - filled)} {done} of {count} {what} ")
    sys.stderr.write("\n" if done == count else "")
    sys.stderr.flush()


def table(heading: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """A Markdown table on the output."""
    for row in (heading, tuple("---" for _ in heading), *rows):
        print("| " + " | ".join(row) + " |")
