"""A text set into a box: as large as it fits, on as many lines as there are, cut only where it must be."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import ImageDraw, ImageFont

from articles.wording import shorten

FONT = Path(__file__).resolve().parents[1] / "data" / "fonts" / "cards.ttf"
LEADING = 1.5  # Arabic has marks above and below its lines
STEP = 16  # pixels: lines need not be more alike
LONGEST = 600  # characters that are looked at: no headline has more
# Pictographs, variation selectors and the like: the font has none of them, and an empty box says nothing.
TIED = re.compile(r"(?<=«) | (?=[»:;!?%])")  # French spaces that end no line
FOREIGN = {"So", "Sk", "Cs", "Co", "Cn", "Cc"}


@dataclass(frozen=True)
class Lettering:
    """Lines of one size, in one direction."""

    lines: tuple[str, ...]
    size: int
    rtl: bool

    @property
    def leading(self) -> int:
        return round(self.size * LEADING)

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)

    def draw(self, board: ImageDraw.ImageDraw, start: int, top: int, fill: Any) -> None:
        """Write the lines from `start`: their right edge in Arabic, their left edge otherwise."""
        for number, line in enumerate(self.lines):
            place = (start, top + number * self.leading + self.leading // 2)
            board.text(place, line, fill, font(self.size), anchor="rm" if self.rtl else "lm", **_way(self.rtl))


def fit(text: str, width: int, sizes: tuple[int, ...], lines: tuple[int, ...], rtl: bool) -> Lettering:
    """`text` in the first of `sizes` in which it takes no more than that many of `lines`.

    Too long even for the last size, it ends there with an ellipsis after a whole word or a whole grapheme.
    """
    text = drawable(text)[:LONGEST]
    for size, most in zip(sizes, lines, strict=True):
        found = wrap(text, width, size, rtl)
        if len(found) <= most:
            return Lettering(tuple(_balanced(text, width, size, rtl, found)), size, rtl)
    low, high = 1, len(text)
    while low < high - 1:
        middle = (low + high) // 2
        if len(wrap(shorten(text, middle), width, size, rtl)) <= most:
            low = middle
        else:
            high = middle
    return Lettering(tuple(wrap(shorten(text, low), width, size, rtl)[:most]), size, rtl)


def _balanced(text: str, width: int, size: int, rtl: bool, lines: list[str]) -> list[str]:
    """`text` in as many lines, of like lengths: no last word stands alone."""
    low, high = width // 2, width
    while lines and high - low > STEP:
        middle = (low + high) // 2
        found = wrap(text, middle, size, rtl)
        if len(found) == len(lines):
            high, lines = middle, found
        else:
            low = middle
    return lines


def wrap(text: str, width: int, size: int, rtl: bool) -> list[str]:
    """`text` in lines no wider than `width`; a word that is wider goes on in the next line."""
    lines: list[str] = []
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined, size, rtl) <= width:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, width, size, rtl))
    return lines


def measure(text: str, size: int, rtl: bool) -> float:
    """The width of a line in pixels."""
    return font(size).getlength(text, **_way(rtl))


def drawable(text: str) -> str:
    """`text` without what the font has no shape for."""
    kept = "".join(
        " " if unicodedata.category(each) in FOREIGN and each not in "°©®" else each
        for each in text
        if each < "\U00010000"
    )
    return TIED.sub("\u00a0", " ".join(kept.split()))


@lru_cache(maxsize=32)
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.RAQM)


def _pieces(word: str, width: int, size: int, rtl: bool) -> list[str]:
    """`word`, cut between graphemes into pieces that fit."""
    pieces = []
    while word and measure(word, size, rtl) > width:
        low, high = 1, len(word)
        while low < high - 1:
            middle = (low + high) // 2
            low, high = (middle, high) if measure(word[:middle], size, rtl) <= width else (low, middle)
        piece = shorten(word, low + 1)[:-1] or word[:low]
        pieces.append(piece)
        word = word[len(piece) :]
    return [*pieces, word] if word else pieces


def _way(rtl: bool) -> dict[str, Any]:
    return {"direction": "rtl" if rtl else "ltr"}
