"""What changed between two texts: first by paragraphs, then by words; of the text, not of its tags.

The cost stays bounded whatever the texts are. What both begin and end with goes first, then words
that each holds once are taken as landmarks; only what lies between is compared in every way, as
long as the work is not used up. What is left then counts as taken out and put in.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise, zip_longest

from articles.html import plain_text

SAME, TAKEN, PUT = "same", "taken", "put"
WORK = 400_000  # pairs of words or paragraphs that one comparison looks at
SMALL = 40_000  # pairs that one gap between two landmarks may have
SHOWN = 300  # paragraphs of one text
ALIKE = 0.3  # the share of words
AROUND = 1  # unchanged paragraphs that stand beside a change
# White space, marks that stand alone, and what lies between them: no letter is cut from its marks.
MARKS = r"،؛؟,.:;!?«»“”\"()\[\]…–—"
WORD = re.compile(rf"\s+|[{MARKS}]|[^\s{MARKS}]+")
Span = tuple[int, int, int, int]  # from–until in the first, from–until in the second


@dataclass(frozen=True)
class Piece:
    """A run of text: in both, only in the former, or only in the latter."""

    kind: str
    text: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph with its pieces, or the number of unchanged ones that are left out here."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0


@dataclass(frozen=True)
class Difference:
    """The paragraphs that tell it; `unshown` changed ones more, and whether only tags differ."""

    paragraphs: tuple[Paragraph, ...]
    unshown: int = 0
    only_looks: bool = False


class _Budget:
    def __init__(self, work: int) -> None:
        self.left = work

    def take(self, work: int) -> bool:
        """Whether there was that much left."""
        if work > min(self.left, SMALL):
            return False
        self.left -= work
        return True


def compare_html(before: str, after: str) -> Difference:
    """The difference of two bodies, which are cleaned HTML."""
    if before == after:
        return Difference(())
    texts = [[line.strip() for line in plain_text(html).splitlines() if line.strip()] for html in (before, after)]
    if texts[0] == texts[1]:
        return Difference((), only_looks=True)
    return _difference(*texts)


def compare_text(before: str, after: str) -> Difference:
    """The difference of two plain texts."""
    return _difference(before.splitlines(), after.splitlines()) if before != after else Difference(())


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """The difference of two paragraphs, word by word."""
    return tuple(_words(before, after, _Budget(WORK)))


def _difference(before: list[str], after: list[str]) -> Difference:
    """Changed paragraphs with their neighbours; the rest is counted."""
    budget = _Budget(WORK)
    rows = list(_rows(before, after, budget))
    changed = [place for place, (old, new) in enumerate(rows) if old != new]
    kept = {near for place in changed[:SHOWN] for near in range(place - AROUND, place + AROUND + 1)}
    end = changed[SHOWN] if len(changed) > SHOWN else len(rows)
    shown: list[Paragraph] = []
    skipped = 0
    for place, (old, new) in enumerate(rows[:end]):
        if place not in kept:
            skipped += 1
            continue
        if skipped:
            shown.append(Paragraph(skipped=skipped))
        skipped = 0
        shown.append(Paragraph(tuple(_words(old, new, budget))))
    if skipped and end == len(rows):
        shown.append(Paragraph(skipped=skipped))
    return Difference(tuple(shown), unshown=len(changed[SHOWN:]))


def _rows(before: list[str], after: list[str], budget: _Budget) -> Iterator[tuple[str, str]]:
    """Paragraphs side by side; one that stands on one side alone has nothing on the other."""
    for same, (start, end, new_start, new_end) in _spans(before, after, budget):
        if same:
            yield from ((text, text) for text in before[start:end])
            continue
        for old, new in zip_longest(before[start:end], after[new_start:new_end], fillvalue=""):
            if not old or not new or _alike(old, new):
                yield old, new
            else:
                yield old, ""
                yield "", new


def _alike(before: str, after: str) -> bool:
    """Whether they share enough words to be read as one paragraph that was changed."""
    olds, news = (Counter(word for word in WORD.findall(text) if word.strip()) for text in (before, after))
    return (olds & news).total() >= ALIKE * max(olds.total(), news.total())


def _words(before: str, after: str, budget: _Budget) -> list[Piece]:
    if before == after:
        return [Piece(SAME, before)]
    olds, news = WORD.findall(before), WORD.findall(after)
    pieces: list[Piece] = []
    for same, (start, end, new_start, new_end) in _spans(olds, news, budget):
        taken, put = "".join(olds[start:end]), "".join(news[new_start:new_end])
        pieces += [Piece(SAME, taken)] if same else [Piece(TAKEN, taken), Piece(PUT, put)]
    return _joined(pieces)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Runs of one kind become one, and so do changes with nothing but a space between them."""
    runs = [
        Piece(SAME, "".join(piece.text for piece in run)) if same else list(run)
        for same, run in groupby((piece for piece in pieces if piece.text), lambda piece: piece.kind == SAME)
    ]
    found: list[Piece] = []
    taken = put = ""
    for place, run in enumerate(runs):
        if isinstance(run, list):
            taken += "".join(piece.text for piece in run if piece.kind == TAKEN)
            put += "".join(piece.text for piece in run if piece.kind == PUT)
        elif not run.text.strip() and 0 < place < len(runs) - 1:
            taken, put = taken + run.text, put + run.text
        else:
            found += [Piece(TAKEN, taken), Piece(PUT, put), run]
            taken = put = ""
    found += [Piece(TAKEN, taken), Piece(PUT, put)]
    return [piece for piece in found if piece.text]


def _spans(before: Sequence[str], after: Sequence[str], budget: _Budget) -> Iterator[tuple[bool, Span]]:
    """The two sequences cut into spans that are the same and spans that are not, in their order."""
    start = _common(before, after)
    tail = _common(before[start:][::-1], after[start:][::-1])
    ends = len(before) - tail, len(after) - tail
    if start:
        yield True, (0, start, 0, start)
    landmarks = _landmarks(before, after, (start, ends[0], start, ends[1]))
    for (old, new), (next_old, next_new) in pairwise([(start - 1, start - 1), *landmarks, ends]):
        yield from _gap(before, after, (old + 1, next_old, new + 1, next_new), budget)
        if (next_old, next_new) != ends:
            yield True, (next_old, next_old + 1, next_new, next_new + 1)
    if tail:
        yield True, (ends[0], len(before), ends[1], len(after))


def _gap(before: Sequence[str], after: Sequence[str], span: Span, budget: _Budget) -> Iterator[tuple[bool, Span]]:
    start, end, new_start, new_end = span
    if start == end and new_start == new_end:
        return
    if start == end or new_start == new_end or not budget.take((end - start) * (new_end - new_start)):
        yield False, span
        return
    matcher = SequenceMatcher(None, before[start:end], after[new_start:new_end], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        yield kind == "equal", (start + i, start + j, new_start + k, new_start + m)


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """How many they begin with alike."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((place for place, (old, new) in pairs if old != new), min(len(before), len(after)))


def _landmarks(before: Sequence[str], after: Sequence[str], span: Span) -> list[tuple[int, int]]:
    """Places of what stands once in each, as many as keep their order: the longest rising row."""
    start, end, new_start, new_end = span
    olds, news = Counter(before[start:end]), Counter(after[new_start:new_end])
    places = {text: place for place, text in enumerate(after[new_start:new_end], new_start) if news[text] == 1}
    pairs = [
        (place, places[text])
        for place, text in enumerate(before[start:end], start)
        if olds[text] == 1 and text in places
    ]
    tails: list[int] = []  # the smallest last place of a row of each length
    at: list[int] = []  # the pair that it belongs to
    earlier: list[int] = []
    for number, (_old, new) in enumerate(pairs):
        length = bisect_left(tails, new)
        earlier.append(at[length - 1] if length else -1)
        tails[length : length + 1] = [new]
        at[length : length + 1] = [number]
    row, number = [], at[-1] if at else -1
    while number >= 0:
        row.append(pairs[number])
        number = earlier[number]
    return row[::-1]
