"""The safe HTML of a comment: plain text in, paragraphs and links out."""

import re
from functools import lru_cache

from bleach.sanitizer import Cleaner
from django.utils.html import escape

PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
# An address ends before white space, quotation marks and Arabic punctuation, and never with a
# punctuation mark: bleach's linkifier swallows «،» and «»», and turns a typed “&lt;” into “<”.
_INSIDE = r"[^\s<>\"'«»،؛؟“”‘’`{}|\\^\[\]]"
_LAST = r"[^\s<>\"'«»،؛؟“”‘’`{}|\\^\[\]().,;:!?…*_~]"
ADDRESS = re.compile(rf"(?i)(?<![\w@/])((?:https?://|www\.){_INSIDE}*{_LAST})")

# What follows makes nothing else; the cleaner stands behind it in case that is ever wrong.
_cleaner = Cleaner(
    tags={"p", "br", "a"},
    attributes={"a": ["href", "rel", "dir"], "p": ["dir"]},
    protocols={"http", "https"},
)


@lru_cache(maxsize=64)  # a comment on its way is prepared more than once
def comment_html(text: str) -> str:
    """`text` escaped, in paragraphs that each find their own direction, its web addresses linked."""
    return _cleaner.clean("".join(f'<p dir="auto">{_linked(part)}</p>' for part in paragraphs(text)))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a comment, without empty ones: each finds its own direction."""
    return [part.strip() for part in PARAGRAPH_BREAK.split(text) if part.strip()]


def _linked(paragraph: str) -> str:
    """Every other piece of the split is an address."""
    pieces = ADDRESS.split(paragraph)
    return "".join(_link(piece) if odd % 2 else _plain(piece) for odd, piece in enumerate(pieces))


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _link(address: str) -> str:
    target = address if "://" in address[:8] else f"https://{address}"
    return f'<a href="{escape(target)}" rel="nofollow ugc noopener" dir="ltr">{escape(address)}</a>'
