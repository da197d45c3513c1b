"""How journalists write tags in one line."""

import re
from collections.abc import Iterable
from typing import Any

from articles.bidi import drop_controls

SEPARATORS = re.compile(r"[,،;؛\n\r]+")


def parse_tags(text: str) -> list[str]:
    """The names in `text`, in the order written: Arabic and Latin commas, semicolons and lines part them."""
    names = (" ".join(part.split()) for part in SEPARATORS.split(drop_controls(text or "")))
    return list(dict.fromkeys(name for name in names if name))


def join_tags(tags: Iterable[Any]) -> str:
    """The line that `parse_tags` reads back as these tags."""
    return join_names(tag.name for tag in tags)


def join_names(names: Iterable[str]) -> str:
    """The line that `parse_tags` reads back as these names."""
    return "، ".join(names)
