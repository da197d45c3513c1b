"""What was found, in the letters of the article: the words marked, and the passage that holds most."""

from collections.abc import Sequence
from typing import NamedTuple

from articles.arabic import FoldedText, Word, stem
from articles.search.query import Query, Stems

SNIPPET = 32  # words
BEFORE = 6  # words shown before the first that is marked
LOOKED_THROUGH = 20_000  # letters


class Piece(NamedTuple):
    """A piece of a text, and whether it is what was looked for."""

    text: str
    is_match: bool


def highlight(text: str, query: Query) -> list[Piece]:
    """`text` in pieces, whole: what matches, spelt as it stands there, and what lies between."""
    words = FoldedText(text).words()
    return _pieces(text, words, _matches(words, query), 0, len(text))


def snippet(text: str, query: Query) -> list[Piece]:
    """The passage of `text` that holds most of what was looked for, in pieces; its beginning if nothing."""
    text = text[:LOOKED_THROUGH]
    words = FoldedText(text).words()
    if not words:
        return []
    marked = _matches(words, query)
    first = _densest(marked)
    last = min(first + SNIPPET, len(words)) - 1
    start = words[first].start if first else 0
    end = words[last].end if last < len(words) - 1 else len(text)
    pieces = _pieces(text, words, marked, start, end)
    opening = [Piece("… ", False)] if first else []
    closing = [Piece(" …", False)] if end < len(text) else []
    return [*opening, *pieces, *closing]


def _matches(words: Sequence[Word], query: Query) -> list[bool]:
    """For each word, whether it belongs to a run of stems that the query asks for."""
    stems = [stem(word.folded) for word in words]
    marked = [False] * len(words)
    for run in {run for term in query.terms for run in term}:
        for at in _places(stems, run):
            marked[at : at + len(run)] = [True] * len(run)
    return marked


def _places(stems: list[str], run: Stems) -> list[int]:
    return [at for at, each in enumerate(stems) if each == run[0] and tuple(stems[at : at + len(run)]) == run]


def _densest(marked: list[bool]) -> int:
    """Where the passage begins: a little before the word from which on most are marked."""
    counts = [sum(marked[at : at + SNIPPET - BEFORE]) if is_marked else 0 for at, is_marked in enumerate(marked)]
    best = max(range(len(counts)), key=counts.__getitem__)
    return max(0, best - BEFORE) if counts[best] else 0


def _pieces(text: str, words: Sequence[Word], marked: list[bool], start: int, end: int) -> list[Piece]:
    pieces: list[Piece] = []
    at = start
    for word, is_marked in zip(words, marked, strict=True):
        if is_marked and at <= word.start and word.end <= end:
            pieces += [Piece(text[at : word.start], False), Piece(text[word.start : word.end], True)]
            at = word.end
    pieces.append(Piece(text[at:end], False))
    return [piece for piece in pieces if piece.text]
