"""What Arabic, French and Arabizi hang on a word: where the word itself may begin and end."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from articles.arabic import fold

LONGEST = 40  # letters; what is longer is no word
ARABIC = re.compile("[\u0621-\u064a]")
ARABIZI = re.compile(r"[a-z][2-9]|[2-9][a-z]")

ARTICLE = "ال"
CONJUNCTIONS = ("", "و", "ف")
POSSESSIVES = ("ه", "ها", "هم", "هما", "هن", "ك", "كم", "كن", "نا", "ي")
# An ending that belongs to a word in ة alone: its ت, and its plural.
FEMININE = frozenset(
    ["ت", "تان", "تين", "ات", *(f"ت{each}" for each in (*POSSESSIVES, "و")), *(f"ات{each}" for each in POSSESSIVES)]
)
# With the article a word takes no possessive: «الكلبي» is somebody's name, «كلبي» is my dog.
AFTER_ARTICLE = ("", "ه", "ات", "ون", "ين", "ان", "تان", "تين")


class Beginning(NamedTuple):
    """Clitics before a word, with the letters that the word must have."""

    letters: str
    least: int
    has_article: bool = False


class Ending(NamedTuple):
    """Letters after a word, with those that the word must have."""

    letters: str
    least: int


class Split(NamedTuple):
    """A way to read a word: `word[start:end]` is the word itself, `ending` is what follows it."""

    start: int
    end: int
    ending: str
    has_article: bool = False


def _beginnings() -> list[Beginning]:
    found = [Beginning("", 1)]
    for conjunction in CONJUNCTIONS:
        found += [Beginning(conjunction + each + ARTICLE, 2, True) for each in ("", "ب", "ك", "ف", "د", "ع", "ه")]
        found += [Beginning(f"{conjunction}لل", 2, True)]
        found += [Beginning(conjunction + each, 3) for each in ("", "ب", "ك", "ل", "ف") if conjunction + each]
        # Of Darija: the article as a bare ل, after a preposition. And س before verbs.
        found += [Beginning(f"{conjunction}{each}ل", 4) for each in ("ب", "ف", "د", "ع")]
        found += [Beginning(f"{conjunction}س", 4)]
        found += [Beginning(f"{conjunction}يا", 3), Beginning(f"{conjunction}ياال", 2, True)]
    return [*found, Beginning("يال", 3)]


BEGINNINGS = _beginnings()
ENDINGS = [
    Ending("", 1),
    *(Ending(each, 2) for each in POSSESSIVES),
    *(Ending(each, 3) for each in ("و", "ون", "ين", "ان", "وا", "ا", *FEMININE)),
]
LATIN_ENDINGS = [Ending("", 1), Ending("s", 3), Ending("e", 4), Ending("es", 4)]
_ARABIZI_ENDINGS = ("a", "i", "o", "k", "at", "in", "ek", "ou", "ha", "na", "hom", "kom", "ine", "ati", "atek")
ARABIZI_ENDINGS = [
    *LATIN_ENDINGS,
    *(Ending(each, 3) for each in _ARABIZI_ENDINGS),
]
# An Arabic article in Latin letters; no French word begins like this.
ARABIZI_BEGINNINGS = ("", *(one + other for one in ("", "w", "b", "f", "d", "y", "ya") for other in ("l", "el", "al")))
VOCATIVES = ("w", "ya", "wel")
ELISIONS = ("l", "d", "qu")  # whose apostrophe was left out
VOWELS = "aeiouyh"


def is_arabic(word: str) -> bool:
    """Whether `word` has an Arabic letter."""
    return bool(ARABIC.search(word))


@lru_cache(maxsize=65536)
def splits(word: str) -> tuple[Split, ...]:
    """All ways to read the folded `word`, itself first; none where it is too long to be one."""
    if not word or len(word) > LONGEST:
        return ()
    return tuple(_arabic_splits(word) if is_arabic(word) else _latin_splits(word))


def _arabic_splits(word: str) -> list[Split]:
    found = []
    for beginning in BEGINNINGS:
        if word.startswith(beginning.letters):
            start = len(beginning.letters)
            ways = (each._replace(has_article=beginning.has_article) for each in _ends(word, start, ENDINGS))
            found += [split for split in ways if _agrees(word, split, beginning)]
    return found


def _agrees(word: str, split: Split, beginning: Beginning) -> bool:
    if split.end - split.start < beginning.least:
        return False
    if split.has_article and split.ending not in AFTER_ARTICLE:
        return False
    if beginning.letters.endswith("س") and word[split.start] not in "يتنا":  # the future of a verb
        return False
    return not (_is_own_ending(word, split) or _is_ordinary(word, split))


def _ends(word: str, start: int, endings: list[Ending]) -> list[Split]:
    found = []
    for ending in endings:
        end = len(word) - len(ending.letters)
        if end - start >= ending.least and word.endswith(ending.letters):
            found.append(Split(start, end, ending.letters))
    return found


def _is_own_ending(word: str, split: Split) -> bool:
    """ت after a long vowel is the word's own: نبات, بيوت."""
    return split.ending == "ت" and word[split.end - 1] in "اوي"


def _is_ordinary(word: str, split: Split) -> bool:
    """Whether a known word begins or ends where an affix seems to be: كلام is not ك and لام."""
    own = word[split.start : split.end]
    if own == word or (split.start == 0 and own in ORDINARY):
        return False
    # From the word itself, and from the clitic's letter before it unless that is an article's.
    starts = {split.start} if split.has_article else {split.start, max(0, split.start - 1)}
    known = {word, *(word[start:end] for start in starts for end in (split.end, len(word)))}
    return not ORDINARY.isdisjoint(known - {own})


def _latin_splits(word: str) -> list[Split]:
    is_arabizi = bool(ARABIZI.search(word))
    endings = ARABIZI_ENDINGS if is_arabizi else LATIN_ENDINGS
    found = _ends(word, 0, endings) + _doubled_feminine(word)
    for beginning in (*ARABIZI_BEGINNINGS[1:], *VOCATIVES):
        start = len(beginning)
        if word.startswith(beginning) and len(word) - start >= 4 and word[start] not in VOWELS:
            found += _ends(word, start, endings)
    for elision in ELISIONS:
        start = len(elision)
        if word.startswith(elision) and len(word) - start >= 5 and word[start] in VOWELS:
            found += _ends(word, start, endings)
    return [split for split in found if split.end - split.start == len(word) or not _is_known(word, split)]


def _doubled_feminine(word: str) -> list[Split]:
    """«conne» of «con»: the last letter doubled before the ending."""
    return [
        Split(0, len(word) - len(ending) - 1, ending)
        for ending in ("e", "es")
        if word.endswith(ending) and len(word) - len(ending) > 3 and word[-len(ending) - 1] == word[-len(ending) - 2]
    ]


def _is_known(word: str, split: Split) -> bool:
    own = word[split.start : split.end]
    return own not in ORDINARY and (word in ORDINARY or word[max(0, split.start - 1) :] in ORDINARY)


def _read(name: str) -> frozenset[str]:
    path = Path(__file__).resolve().parent / "ordinary.toml"
    return frozenset(map(fold, tomllib.loads(path.read_text(encoding="utf-8"))[name].split()))


# Words that seem to be another with an affix or a letter repeated; met only by a rule of their own.
ORDINARY = _read("arabic") | _read("latin")
# Words that are in most comments: a rule for one needs a second thought.
COMMON = _read("common")
