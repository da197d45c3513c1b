"""What the learner sees of a comment: its words, and what stands within them, folded.

A piece is written as a person would read it: «كلمه» is the word itself, «كلم…» how a word begins,
«…لمه» how one ends, «…لم…» what stands inside.
"""

import math
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple
from zlib import crc32

from articles.arabic import fold

SIZES = (3, 4, 5)  # letters of what is taken from within a word
MAX_PIECES = 300
MAX_WORDS = 200  # of these, at most
LONGEST_WORD = 24  # letters; what is longer is an address, or beaten keys
EVERYTHING = ""  # the piece that stands for the comments themselves
REPEATED = re.compile(r"(.)\1{2,}")
DIGIT = re.compile(r"\d")
PULL = 4.0  # how many comments of the usual kinds each piece is taken to have been seen in
SIGNS = 3


class Counts(NamedTuple):
    """In how many approved and how many refused comments something was seen."""

    approved: int
    refused: int


class Weight(NamedTuple):
    """What the learner thinks: `score` from 0, like the approved, to 1, like the refused; and why."""

    score: float
    signs: list[dict[str, str | float]]


def pieces(text: str) -> list[str]:
    """The distinct pieces of `text`, at most MAX_PIECES, sorted; the same ones for the same text.

    Of a long text those are taken whose checksums are smallest: two texts that share a piece tend
    to keep it both. Digits count as one digit, so no number that somebody gave away is learnt.
    """
    words = set(DIGIT.sub("0", REPEATED.sub(r"\1", fold(text))).split())
    chosen = _smallest((word for word in words if 1 < len(word) <= LONGEST_WORD), MAX_WORDS)
    chosen += _smallest({piece for word in words for piece in _within(word)}, MAX_PIECES - len(chosen))
    return sorted(chosen)


def weigh(seen: Mapping[str, Counts], lessons: Counts) -> Weight:
    """What pieces that were `seen` before say together, of a learner that had `lessons`, some of each kind.

    Naive Bayes, with additive smoothing towards the usual share of refusals, so that a piece which
    was never seen says nothing. The prior is left out, as it changes no order; and since pieces of
    one word repeat each other, their sum counts by the root of their number.
    """
    weights = {piece: _weight(counts, lessons) for piece, counts in seen.items()}
    score = 1 / (1 + math.exp(-sum(weights.values()) / math.sqrt(len(weights) or 1)))
    return Weight(round(score, 4), _signs(weights, refused=score >= 0.5))


def _weight(counts: Counts, lessons: Counts) -> float:
    """The logarithm of how much likelier the piece is in a refused comment than in an approved one."""
    usual = PULL / sum(lessons)
    refused = counts.refused / lessons.refused + usual
    approved = counts.approved / lessons.approved + usual
    return math.log(refused / approved)


def _signs(weights: Mapping[str, float], *, refused: bool) -> list[dict[str, str | float]]:
    """The strongest reasons for the score, none of them a part of another."""
    strongest = sorted(weights, key=lambda piece: (weights[piece] * (-1 if refused else 1), "…" in piece, piece))
    signs: list[str] = []
    for piece in strongest[:50]:
        letters = piece.strip("…")
        says_so = weights[piece] > 0 if refused else weights[piece] < 0
        if says_so and not any(letters in sign or sign.strip("…") in letters for sign in signs):
            signs.append(piece)
    return [{"piece": sign, "weight": round(weights[sign], 2)} for sign in signs[:SIGNS]]


def _within(word: str) -> Iterable[str]:
    """The runs of letters of `word`, which may be of any length, that are shorter than it."""
    last = len(word)
    for size in SIZES:
        for start in range(last - size + 1) if size < last else ():
            end = start + size
            yield f"{'…' if start else ''}{word[start:end]}{'…' if end < last else ''}"


def _smallest(found: Iterable[str], count: int) -> list[str]:
    ordered = sorted(found, key=lambda piece: (crc32(piece.encode()), piece))
    return list(islice(ordered, count))
