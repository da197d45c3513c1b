"""Whether two texts are nearly the same, and marks by which such texts find each other (MinHash)."""

import random
import re
from zlib import crc32

from articles.arabic import fold

SIZE = 5  # letters of a shingle
MOST = 512  # shingles of one text that are looked at
BANDS = 10
ROWS = 2  # numbers of a signature in one band
ALIKE = 0.55  # what two texts share of all that either has
REPEATED = re.compile(r"(.)\1+")
WORD = (1 << 64) - 1
POSITIVE = (1 << 63) - 1  # as a column of the database holds it
_chance = random.Random("comments.learning.likeness")  # noqa: S311 (the same numbers in every process, no secret)
_MIXERS = [(_chance.getrandbits(64) | 1, _chance.getrandbits(64)) for _ in range(BANDS * ROWS)]


def shingles(text: str) -> frozenset[int]:
    """Checksums of every run of SIZE letters of `text`, folded, without spaces and repeated letters.

    Of a long text the smallest MOST of them, so that two long texts are compared by the same part.
    """
    letters = REPEATED.sub(r"\1", fold(text).replace(" ", "")) or text
    found = {crc32(letters[at : at + SIZE].encode()) for at in range(max(len(letters) - SIZE + 1, 1))}
    return frozenset(sorted(found)[:MOST]) if len(found) > MOST else frozenset(found)


def are_alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether two texts, given by their shingles, are nearly the same."""
    return len(one & other) >= ALIKE * len(one | other)


def bands(text: str) -> list[int]:
    """The marks of `text`: the more alike two texts are, the surer they share one."""
    own = shingles(text)
    signature = [min([(factor * each + offset) & WORD for each in own]) >> 16 for factor, offset in _MIXERS]
    return [_band(number, signature[number * ROWS : (number + 1) * ROWS]) for number in range(BANDS)]


def _band(number: int, rows: list[int]) -> int:
    mixed = number + 1
    for row in rows:
        mixed = (mixed * 0x9E3779B97F4A7C15 + row) & WORD
    return (mixed ^ mixed >> 29) & POSITIVE
