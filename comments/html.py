"""The safe HTML of a comment: plain text in, paragraphs and links out."""

import re
from functools import partial
from typing import Any

from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner
from django.utils.html import escape

PARAGRAPH_BREAK = re.compile(r"\n\s*\n")
# An address ends before white space, quotation marks and Arabic punctuation, and never with a
# punctuation mark: bleach's own pattern swallows «،» and «»».
_INSIDE = r"[^\s<>\"'«»،؛؟“”‘’`{}|\\^\[\]]"
_LAST = r"[^\s<>\"'«»،؛؟“”‘’`{}|\\^\[\]().,;:!?…*_~]"
ADDRESS = re.compile(rf"(?i)(?<![\w@/])(?:https?://|www\.)(?:{_INSIDE}*{_LAST})")


def _mark_as_foreign(attributes: dict[Any, str], new: bool = False) -> dict[Any, str]:
    attributes[(None, "rel")] = "nofollow ugc noopener"
    attributes[(None, "dir")] = "ltr"
    return attributes


_cleaner = Cleaner(
    tags={"p", "br", "a"},
    attributes={"a": ["href", "rel", "dir"], "p": ["dir"]},
    protocols={"http", "https"},
    filters=[partial(LinkifyFilter, callbacks=[_mark_as_foreign], url_re=ADDRESS)],
)


def comment_html(text: str) -> str:
    """`text` escaped, in paragraphs that each find their own direction, its web addresses linked."""
    paragraphs = (escape(part.strip()).replace("\n", "<br>") for part in PARAGRAPH_BREAK.split(text))
    return _cleaner.clean("".join(f'<p dir="auto">{part}</p>' for part in paragraphs if part))
