"""What the text engine is measured by: pairs of words and spelling variants, from `data/arabic.toml`."""

import tomllib
from pathlib import Path

_lists = tomllib.loads((Path(__file__).parent / "data" / "arabic.toml").read_text(encoding="utf-8"))


def _pairs(name: str) -> list[tuple[str, str]]:
    return [(one, other) for one, other in (line.split() for line in _lists[name].strip().splitlines())]


SAME = _pairs("same")
DIFFERENT = _pairs("different")
VARIANTS: list[tuple[str, str]] = [(variant["query"], variant["written"]) for variant in _lists["variant"]]
