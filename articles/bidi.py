"""Text of one direction inside text of another."""

import re

# Embeddings, overrides and isolates (U+202A–202E, U+2066–2069) and the three direction marks: with
# them a name can rewrite what stands beside it. Joiners (ZWJ, ZWNJ) belong to the spelling.
CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def drop_controls(text: str) -> str:
    """`text` without characters that change the direction of what surrounds it."""
    return CONTROLS.sub("", text)


def one_line(text: object) -> str:
    """`text` with single blanks for what breaks lines, and without characters that order others."""
    return " ".join(drop_controls(str(text)).split())


def isolate(text: object) -> str:
    """A name or title for a place in other plain text, where neither changes the order of the other.

    For what has no elements: `<title>`, titles of feeds, messages. In HTML `<bdi>` does the same.
    """
    return f"{FIRST_STRONG_ISOLATE}{drop_controls(str(text))}{POP_ISOLATE}"
