"""A text as somebody reads it who looks through disguises: which words may stand where."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from articles.arabic import FoldedText, fold
from comments.rules.affixes import COMMON, LONGEST, ORDINARY, is_arabic
from comments.rules.lookalikes import unmask

MOST_PIECES = 6  # of one word, where some of them have several letters
MOST_PUT_TOGETHER = 3_000  # in a text; nobody's comment may cost more than its length
LEAST_IN_HALVES = 4
SENTENCE = re.compile(r"[,،;؛:؟?!()«»“”\"/\n]")
APOSTROPHE = re.compile("^['’‘ʼ´`]$")
ELIDED = frozenset(["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu"])
# Words of one letter. In Darija the prepositions are written apart: «كل ب طريقتو» is nobody's كلب.
CONJUNCTION = "و"
PREPOSITIONS = frozenset("بفلدكع")
ALONE = frozenset("ayo")

# Symbols and digits that stand for letters.
SYMBOLS = str.maketrans({"@": "a", "$": "s", "€": "e", "£": "l", "!": "i", "|": "i", "¡": "i", "§": "s"})
SYMBOL = re.compile(r"[@$€£!|¡§]")
TOKEN = re.compile(r"[^\s,،;؛:؟?()«»“”\"/]+")
LEET = tuple(
    str.maketrans({"0": "o", "1": one, "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"})
    for one in "il"
)
ARABIC_LEET = (
    str.maketrans({"1": "ا", "5": "ه", "9": "و"}),
    str.maketrans({"2": "ا", "3": "ع", "5": "خ", "6": "ط", "7": "ح", "8": "غ", "9": "ق"}),
)
DIGITS = str.maketrans("", "", "0123456789")
LATIN_OF_ARABIC = str.maketrans({"ا": "i", "ه": "o", "و": "g"})
HAMZA = re.compile("[ئؤ\ufe85-\ufe86\ufe89-\ufe8c\u0654]")
SOFT = str.maketrans("ئؤ", "يو")
_LATIN = re.compile("[a-z]")


class Reading(NamedTuple):
    """A word that the pieces from `first` up to `last`, without it, may stand for."""

    first: int
    last: int
    word: str
    is_loose: bool = False  # put together from pieces of several letters: only the bare word counts
    is_run: bool = False  # of single letters: a word may begin and end anywhere within


class Reader:
    """A text taken to pieces. Places are those of the text as it was written."""

    def __init__(self, text: str) -> None:
        self.text = unmask(text)
        self.pieces = FoldedText(self.text).words()
        starts, ends = [each.start for each in self.pieces], [each.end for each in self.pieces]
        self.gaps = [self.text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
        self.single = [len(set(each.folded)) == 1 for each in self.pieces]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where those pieces stand in the text."""
        return self.pieces[first].start, self.pieces[last - 1].end

    def readings(self) -> Iterator[Reading]:
        """Every word that may be read, in no order."""
        for number, piece in enumerate(self.pieces):
            for word in self._words(number, piece.folded):
                yield Reading(number, number + 1, word)
        yield from self._with_symbols()
        yield from self._runs()
        yield from islice(self._put_together(), MOST_PUT_TOGETHER)
        yield from self._halves()

    def masked(self) -> Iterator[Reading]:
        """Words some of whose letters are stars: m*rde."""
        for number, gap in enumerate(self.gaps):
            if gap and set(gap) == {"*"}:
                left, right = self.pieces[number], self.pieces[number + 1]
                yield Reading(number, number + 2, left.folded + gap + right.folded)

    def _words(self, number: int, folded: str) -> Iterator[str]:
        yield folded
        written = self.text[self.pieces[number].start : self.pieces[number].end]
        if HAMZA.search(written):
            yield soften(written)
        if not folded.isalpha() or not (folded.isascii() or is_arabic(folded)):
            yield from _with_digits(folded)
        if not folded.isascii() and _LATIN.search(folded):
            yield from _of_two_scripts(folded)

    def _with_symbols(self) -> Iterator[Reading]:
        if not SYMBOL.search(self.text):
            return
        for match in TOKEN.finditer(self.text):
            token = match[0].strip("!¡")
            if len(token) <= LONGEST and SYMBOL.search(token):
                yield from self._symbols(token, match.start() + match[0].index(token))

    def _symbols(self, token: str, start: int) -> Iterator[Reading]:
        inside = [n for n in self._from(start) if self.pieces[n].end <= start + len(token)]
        word = "".join(fold(token.translate(SYMBOLS)).split())
        if inside and word:
            yield Reading(inside[0], inside[-1] + 1, word)
            for each in _with_digits(word) if not word.isalpha() else ():
                yield Reading(inside[0], inside[-1] + 1, each)

    def _from(self, start: int) -> Iterator[int]:
        """The pieces from a place on, as many as one word may have."""
        first = bisect_left(self.pieces, start, key=attrgetter("start"))
        return iter(range(first, min(first + LONGEST, len(self.pieces))))

    def _runs(self) -> Iterator[Reading]:
        """Letters that stand one by one: ك.ل.ب, i d i o t."""
        first = 0
        while first < len(self.pieces):
            last = first
            while last < len(self.pieces) and self.single[last]:
                last += 1
            if last - first > 1:
                word = "".join([self.pieces[n].folded[0] for n in range(first, last)])
                yield Reading(first, last, word, is_run=True)
                for each in _same_length(word):
                    yield Reading(first, last, each, is_run=True)
            first = max(last, first + 1)

    def _put_together(self) -> Iterator[Reading]:
        """Words cut in two or more, some of whose pieces have several letters: id-iot, ح مار."""
        joined = [self._may_join(left) for left in range(len(self.gaps))]
        for first in range(len(self.pieces) - 1):
            word, singles, spaced = self.pieces[first].folded, self.single[first], False
            for last in range(first + 1, min(first + MOST_PIECES, len(self.pieces))):
                if not joined[last - 1] or len(word) > LONGEST:
                    break
                word += self.pieces[last].folded
                singles, spaced = singles and self.single[last], spaced or _is_space(self.gaps[last - 1])
                if not singles and self._is_word(first, last, word, spaced):
                    yield Reading(first, last + 1, word, is_loose=True)

    def _halves(self) -> Iterator[Reading]:
        """Words cut in two by white space, where neither half is a word that people use: حم ار."""
        is_half = [
            not (single or each.folded in COMMON or each.folded in ORDINARY)
            for each, single in zip(self.pieces, self.single, strict=True)
        ]
        for first in range(len(self.pieces) - 1):
            word = self.pieces[first].folded + self.pieces[first + 1].folded
            if is_half[first] and is_half[first + 1] and self.gaps[first].isspace() and len(word) >= LEAST_IN_HALVES:
                yield Reading(first, first + 2, word, is_loose=True)

    def _may_join(self, left: int) -> bool:
        """Whether the pieces on both sides of a gap may be one word."""
        gap, one, other = self.gaps[left], self.pieces[left].folded, self.pieces[left + 1].folded
        if APOSTROPHE.match(gap) and one in ELIDED:
            return other not in ORDINARY
        if SENTENCE.search(gap) and not (self.single[left] and self.single[left + 1]):
            return False  # «كل، ب»
        if _is_space(gap):
            return (self.single[left] or self.single[left + 1]) and CONJUNCTION not in (one, other)
        return not SENTENCE.search(gap)

    def _is_word(self, first: int, last: int, word: str, spaced: bool) -> bool:
        if not spaced:
            return True
        head, tail = self.pieces[first].folded, self.pieces[last].folded
        if word.isascii():
            return (
                len(word) >= 5
                and head not in ALONE
                and not (len(head) == 1 and self.pieces[first + 1].folded in ORDINARY)
            )
        is_preposition = tail in PREPOSITIONS and not self.single[last - 1]
        return len(word) >= 3 and not (is_preposition and self._goes_on(last))

    def _goes_on(self, last: int) -> bool:
        return last < len(self.gaps) and self.gaps[last].isspace()


def _is_space(gap: str) -> bool:
    return any(map(str.isspace, gap))


def soften(written: str) -> str:
    """خاين for خائن."""
    return fold(unicodedata.normalize("NFKC", written).translate(SOFT)).replace(" ", "")


def _with_digits(word: str) -> Iterator[str]:
    """What is left without digits, and what the digits stand for."""
    yield word.translate(DIGITS)
    yield from _same_length(word)


def _same_length(word: str) -> Iterator[str]:
    if word.isalpha() or word.isdigit():
        return
    for table in ARABIC_LEET if is_arabic(word) else LEET:
        yield word.translate(table)


def _of_two_scripts(word: str) -> Iterator[str]:
    yield "".join([each for each in word if not each.isascii()])
    yield "".join([each for each in word if each.isascii()])
    yield word.translate(LATIN_OF_ARABIC)
