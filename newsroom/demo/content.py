"""The demo's texts, read from the data files beside this module."""

import tomllib
from html import escape
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "content"
ARTICLE_FILES = ("national", "government_world", "regions", "kinds")


def read(name: str) -> dict[str, Any]:
    """The data file `name`."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def articles() -> list[dict[str, Any]]:
    """Every article, the oldest first."""
    rows = [row for name in ARTICLE_FILES for row in read(name)["article"]]
    return sorted(rows, key=lambda row: -row["hours_ago"])


def to_html(text: str) -> str:
    """HTML from paragraphs parted by empty lines; `## `, `> `, `- `, `| ` mark headings, quotations, lists, rows."""
    return "".join(_block(block.strip()) for block in text.strip().split("\n\n") if block.strip())


def _block(block: str) -> str:
    if block.startswith("## "):
        return f"<h2>{escape(block[3:])}</h2>"
    if block.startswith("> "):
        words = " ".join(line.removeprefix("> ").strip() for line in block.splitlines())
        return f"<blockquote><p>{escape(words)}</p></blockquote>"
    if block.startswith("- "):
        items = "".join(f"<li><p>{escape(line[2:].strip())}</p></li>" for line in block.splitlines())
        return f"<ul>{items}</ul>"
    if block.startswith("| "):
        head, *rows = ([cell.strip() for cell in line.strip("| ").split("|")] for line in block.splitlines())
        return f"<table><tbody>{_row('th', head)}{''.join(_row('td', row) for row in rows)}</tbody></table>"
    return f"<p>{escape(' '.join(block.split()))}</p>"


def _row(name: str, cells: list[str]) -> str:
    return f"<tr>{''.join(f'<{name}><p>{escape(cell)}</p></{name}>' for cell in cells)}</tr>"
