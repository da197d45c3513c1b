"""Latin punctuation in Arabic sentences.

A mark follows the words on both sides of it: between two Latin words it is theirs, and a number
between marks asks what stands behind the number.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from articles.pasting.scripts import ARABIC, Edit

MARKS = {",": "،", ";": "؛", "?": "؟"}
# A number takes the marks inside it along: 1,5 and 14:30.
TOKEN = re.compile(
    f"(?P<arabic>[{ARABIC}ـ]+)|(?P<latin>[A-Za-z\u00c0-\u024f]+)|\\d+(?:[.,:/]\\d+)*"
    '|(?P<mark>[,;?])|(?P<quote>["“”„])|(?P<line>\n)'
)


class _Mark(NamedTuple):
    """A punctuation mark with the scripts of the words before and behind it, "" at the ends of a line."""

    place: int
    text: str
    before: str
    behind: str


def _marks(text: str, kind: str) -> list[_Mark]:
    """The marks of one kind; a line's end is given as one that says “\\n”."""
    marks: list[_Mark] = []
    open_ones: list[int] = []  # the marks since the last word, which do not know yet what follows
    script = ""
    for found in TOKEN.finditer(text):
        met = found.lastgroup
        if met == kind:
            open_ones.append(len(marks))
            marks.append(_Mark(found.start(), found[0], script, ""))
        elif met == "line":
            open_ones, script = [], ""
            marks.append(_Mark(found.start(), "\n", "", ""))
        elif met in ("arabic", "latin"):
            script = met
            for place in open_ones:
                marks[place] = marks[place]._replace(behind=met)
            open_ones = []
    return marks


def change_marks(text: str) -> Iterator[Edit]:
    """, ; ? beside Arabic words become ، ؛ ؟."""
    for mark in _marks(text, "mark"):
        if mark.text == "\n":
            continue
        # A question mark belongs to what was asked, the others part what stands on both sides.
        sides = (mark.before,) if mark.text == "?" else (mark.before, mark.behind)
        if "arabic" in sides:
            yield Edit("punctuation", mark.place, mark.place + 1, MARKS[mark.text])


def change_quotes(text: str) -> Iterator[Edit]:
    """Pairs of straight or curly quotation marks round Arabic words, or in an Arabic sentence, become «»."""
    edits = []
    for opening, closing in _pairs(text):
        inside = opening.behind
        if inside == "arabic" or (opening.before == "arabic" and closing.behind != "latin"):
            edits.append(Edit("quotes", opening.place, opening.place + 1, "«"))
            edits.append(Edit("", closing.place, closing.place + 1, "»"))
    return iter(sorted(edits, key=lambda edit: edit.start))


def _pairs(text: str) -> Iterator[tuple[_Mark, _Mark]]:
    """Marks that belong together, also inside each other; an inch and a lone mark belong to none."""
    standing: list[_Mark] = []
    for mark in _marks(text, "quote"):
        before, behind = text[mark.place - 1 : mark.place], text[mark.place + 1 : mark.place + 2]
        if mark.text == "\n":
            standing = []
        elif standing and before and not before.isspace():
            yield standing.pop(), mark
        elif behind and not behind.isspace() and not before.isdigit():
            standing.append(mark)
