"""The Arabic text engine: one way of comparing words, for tags, search, rules and repeats."""

import re
import tomllib
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

# The longest that one character becomes: U+FDFA is a phrase of eighteen.
MAX_GROWTH = 18
HAMZA_CARRIERS = dict.fromkeys("ؤئء", "")
LETTERS = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    **dict.fromkeys("کگݣڭ", "ك"),
    **dict.fromkeys("ڤڥ", "ف"),
    "پ": "ب",
    # Letters of other languages in Arabic script, and of French.
    **dict.fromkeys("ھہۀۃە", "ه"),
    **dict.fromkeys("ےې", "ي"),
    "ڨ": "ك",
    "ژ": "ز",
    "œ": "oe",
    "æ": "ae",
    **HAMZA_CARRIERS,
}
# Quranic small letters and default-ignorable code points that Unicode files among letters or
# leaves unassigned, so the categories miss them (Unicode 15, Default_Ignorable_Code_Point).
INVISIBLE = {
    *map(ord, "\u06e5\u06e6\u115f\u1160\u17b4\u17b5\u2065\u3164\uffa0"),
    *range(0xFFF0, 0xFFF9),
    *range(0xE0000, 0xE1000),
}
TATWEEL = "ـ"
IGNORED = {"Mn", "Me", "Cf"}
# Vowels and tails of Korean syllables: letters, but each composes with the letter before it.
HANGUL_TAILS = range(0x1160, 0x1200)
WORD = re.compile(r"[^ ]+")
# Normal forms put the marks of a letter in order, which costs the square of their number: as Unicode's
# stream-safe text has it, no letter needs more than thirty.
MOST_MARKS = 30
ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def _stack_of(marks: list[str]) -> re.Pattern[str]:
    each = "[" + "".join(map(re.escape, marks)) + "]"
    return re.compile(f"({each}{{{MOST_MARKS}}}){each}+")


# Those that combine, and those that are letters but fall apart into marks.
_MARKS = [*filter(unicodedata.combining, map(chr, range(0x300, 0x1EA00))), *"\u0f73\u0f75\u0f81\uff9e\uff9f"]
_STACK = _stack_of([mark for mark in _MARKS if mark < "\U00010000"])
_ANY_STACK = _stack_of(_MARKS)
MAX_CLUSTERS = 20_000


class _FoldTable(dict[int, str]):
    """A table for `str.translate` that learns a code point when it first meets it."""

    def __missing__(self, point: int) -> str:
        self[point] = folded = _fold_character(chr(point))
        return folded


def _fold_character(character: str) -> str:
    if character in LETTERS:
        return LETTERS[character]
    if character == TATWEEL or ord(character) in INVISIBLE or unicodedata.category(character) in IGNORED:
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    return character if character.isalnum() else " "


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The form of `text` that spelling variants share: for comparing, never for showing.

    Presentation forms and ligatures are unfolded (NFKC), letters that writers interchange become
    one, marks, tatweel and invisible characters vanish, digits become Western, and everything
    that is neither letter nor digit separates words by one space. `fold(fold(x)) == fold(x)`;
    no text grows by more than MAX_GROWTH.
    """
    return " ".join(_fold_loose(text).split())


def without_stacks(text: str) -> str:
    """`text` with at most MOST_MARKS on one letter, so that normal forms cost what it is long."""
    # A class of characters is searched slowly once it holds some beyond the first plane.
    return (_ANY_STACK if ASTRAL.search(text) else _STACK).sub(r"\1", text)


def _fold_loose(text: str) -> str:
    """`text` folded, each separator still a space of its own."""
    text = without_stacks(text)
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # Only now apart: ؤ must be dropped whole, not left as و by losing its hamza.
    apart = unicodedata.normalize("NFKD", composed.translate(_TABLE))
    return apart.translate(_TABLE)


class Word(NamedTuple):
    """A word of a text: its folded form, and where it stands in the text as it was written."""

    folded: str
    start: int
    end: int


class FoldedText:
    """A text folded, knowing for each folded character which of the original's it came from.

    `FoldedText(x).folded == fold(x)`.
    """

    def __init__(self, text: str) -> None:
        self._starts = [at for at, character in enumerate(text) if not at or not _CONTINUES[character]]
        self._ends = [*self._starts[1:], len(text)]
        pieces = [_CLUSTERS[text[start:end]] for start, end in zip(self._starts, self._ends, strict=False)]
        self._reach_over_silent_letters(text, pieces)
        loose = "".join(pieces)
        # For each loosely folded character, the cluster that it came from.
        self._clusters = [number for number, piece in enumerate(pieces) for _ in piece]
        self._matches = list(WORD.finditer(loose))
        self.folded = " ".join([match[0] for match in self._matches])
        lengths = (len(match[0]) + 1 for match in self._matches)
        self._offsets = list(accumulate(lengths, initial=0))

    def _reach_over_silent_letters(self, text: str, pieces: list[str]) -> None:
        """Let a letter's place reach to the end of those behind it that folding drops: ء and tatweel."""
        for number in range(len(pieces) - 2, -1, -1):
            following = number + 1
            if pieces[following] == "" and text[self._starts[following]].isalpha() and pieces[number] != " ":
                self._ends[number] = self._ends[following]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where `folded[start:end]`, which is not empty, stands in the original text."""
        return self._starts[self._cluster_of(start)], self._ends[self._cluster_of(end - 1)]

    def words(self) -> list[Word]:
        """The folded words in their order, with their places in the original."""
        starts, ends, clusters = self._starts, self._ends, self._clusters
        return [
            Word(match[0], starts[clusters[match.start()]], ends[clusters[match.end() - 1]]) for match in self._matches
        ]

    def _cluster_of(self, offset: int) -> int:
        word = bisect_right(self._offsets, offset) - 1
        return self._clusters[self._matches[word].start() + offset - self._offsets[word]]


class _ContinuationTable(dict[str, bool]):
    """Whether a character belongs to the one before it; learns each when it first meets it."""

    def __missing__(self, character: str) -> bool:
        first = unicodedata.normalize("NFKD", character)[0]
        marks = unicodedata.combining(first) or unicodedata.category(first)[0] == "M" or ord(first) in HANGUL_TAILS
        self[character] = continues = bool(marks)
        return continues


class _ClusterTable(dict[str, str]):
    """Pieces of text that normal forms never join with their neighbours, folded; learns as it goes."""

    def __missing__(self, cluster: str) -> str:
        if len(self) > MAX_CLUSTERS:  # nobody's text may fill the memory
            self.clear()
        self[cluster] = folded = _fold_loose(cluster)
        return folded


_CONTINUES = _ContinuationTable()
_CLUSTERS = _ClusterTable()


# Stemming: the affixes of light10 (Larkey, Ballesteros and Connell, “Light Stemming for Arabic
# Information Retrieval”, 2007) and endings of person, each with what must remain of the word.
# Bare ف ب ك ل stay on, because most words that begin with them are born with them.
BEGINNINGS = ("و", "بال", "كال", "فال", "ال", "لل")
REPEATED = ("و", "ال")
JOINED_ARTICLE = "لل"
LEAST = 3
# The longest first. What is left of the last five, and of final ا, is often another word when short.
ENDINGS = (
    *((ending, 3) for ending in ("يتها", "يتهم", "يتنا", "يته")),
    ("هما", 4),
    *((ending, 3) for ending in ("ها", "ات", "ان", "ون", "ين", "يه", "وا")),
    *((ending, 4) for ending in ("هم", "هن", "نا")),
    *((ending, 3) for ending in ("ه", "ي", "ت")),
    ("ا", 4),
)
LONGEST = 40  # letters; what is longer is no word
LONG_VOWELS = "اوي"


def stem(word: str) -> str:
    """What the forms of one word share: `stem(fold("للوزارات")) == stem(fold("وزارة"))`. For search alone.

    `word` is one folded word. In Arabic, conjunction, article and endings go where at least three
    letters remain and the word is not known to be born with them; an article also goes from words
    that are known to be short (`data/whole_words.toml`). Words in Latin letters lose the -s of the plural.
    """
    return _stem(word)


def stems(text: str) -> list[str]:
    """The stems of the words of `text`, which need not be folded, in their order."""
    return [_stem(word) for word in fold(text).split()]


def bare(word: str) -> str:
    """The folded `word` without conjunction and article, its endings in place."""
    return word if word.isascii() or len(word) > LONGEST else _without_beginning(word)


def spelling(text: str) -> str:
    """`text` as one would type it: presentation forms unfolded, marks, tatweel and the invisible gone."""
    composed = unicodedata.normalize("NFKC", text)
    return "".join([each for each in composed if each != TATWEEL and unicodedata.category(each) not in IGNORED])


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    if word.isascii() or len(word) > LONGEST:
        return _without_plural(word)
    return _without_ending(_without_beginning(word))


def _without_plural(word: str) -> str:
    """`word` in French or English without the plural's -s; -ss, -us and -is are no plurals."""
    if len(word) > 4 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-1]
    return word


def _without_beginning(word: str) -> str:
    if not word.startswith(BEGINNINGS) or _is_born_so(word):
        return word
    if word.startswith(JOINED_ARTICLE) and (len(word) - 2 >= LEAST or word[2:] in _SHORT):
        # «للجنة» is ل before an article whose own ل is swallowed by that of the word.
        return word[1:] if _is_born_so(word[1:]) else word[2:]
    for beginning in BEGINNINGS:
        rest = word.removeprefix(beginning)
        if rest != word and (len(rest) >= LEAST or (beginning != "و" and rest in _SHORT)):
            # Once more: a conjunction stands before an article, and الالتزام has what seems to be two.
            return _without_beginning(rest) if beginning in REPEATED else rest
    return word


def _is_born_so(word: str) -> bool:
    return _without_ending(word) in _STARTS


def _without_ending(word: str) -> str:
    """`word` without its endings, one after the other, or as far as a word that is known to be whole."""
    while word not in _ENDS:
        shorter = ""
        for ending, letters in _ENDINGS.get(word[-1], ()):
            if len(word) >= letters and word.endswith(ending) and not _is_own(word, ending):
                form = word[: -len(ending)]
                if form in _ENDS:
                    return form
                shorter = shorter or form
        if not shorter:
            return word
        word = shorter
    return word


def _is_own(word: str, ending: str) -> bool:
    """ت after a long vowel is the word's own: بيروت, بنات."""
    return ending == "ت" and word[-2] in LONG_VOWELS


def _read_words(name: str) -> frozenset[str]:
    path = Path(__file__).resolve().parent / "data" / "whole_words.toml"
    return frozenset(map(fold, tomllib.loads(path.read_text(encoding="utf-8"))[name].split()))


# By their last letter, each with the letters that a word must have to lose it.
_ENDINGS = {
    last: [(ending, len(ending) + least) for ending, least in ENDINGS if ending[-1] == last]
    for last in {ending[-1] for ending, _least in ENDINGS}
}
_ENDS = _read_words("ends")
_SHORT = _read_words("short")
_STARTS = frozenset(map(_without_ending, _read_words("starts")))
