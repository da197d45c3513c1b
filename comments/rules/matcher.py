"""All word rules as one structure: what a text costs does not grow with their number."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from articles.arabic import FoldedText, fold
from comments.rules.affixes import AFTER_ARTICLE, ARTICLE, FEMININE, LONGEST, ORDINARY, Split, splits
from comments.rules.lookalikes import unmask
from comments.rules.readings import HAMZA, Reader, Reading, soften

ANY_HAMZA = re.compile("[أإؤئء\ufe80-\ufe8c\u0654\u0655]")
LEAST_IN_RUN = 3  # letters that a word must have to be looked for inside a run of letters
LEAST_MASKED, MOST_MASKED = 3, 12  # letters
LEAST_GLUED = 6
MOST_CLITICS = 4  # letters before a word
_REPEATED = re.compile(r"(.)\1")
_RUN = re.compile(r"(.)\1+")
_LONG_RUN = re.compile(r"(.)\1{2,}")


class Rule(NamedTuple):
    """A word rule as the matcher knows it. `key` is that of the stored one."""

    key: int
    phrase: str
    action: str = ""
    allowed: tuple[str, ...] = ()
    article: int | None = None
    category: int | None = None
    until: datetime | None = None

    def in_force(self, article: int | None, category: int | None, now: datetime) -> bool:
        """Whether it counts for a comment under `article`, whose main category is `category`, at `now`."""
        in_scope = self.article in (None, article) and self.category in (None, category)
        return in_scope and (self.until is None or self.until > now)


class Hit(NamedTuple):
    """A rule and what it met: `text[start:end]` of the text as it was written."""

    rule: Rule
    start: int
    end: int


class Form(NamedTuple):
    """A spelling of a word of a rule."""

    word: int
    letters: str
    is_stem: bool = False  # without its ة: only with an ending that has its ت
    has_hamza: bool = False  # folded away here, so that the text must show one
    has_article: bool = False  # taken off here, so that the text must have one

    @property
    def runs(self) -> list[int]:
        return _runs(self.letters)


class RuleSet:
    """Rules, compiled. `hits(text)` finds them behind clitics, endings and disguises, and in no other word."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._numbers: dict[str, int] = {}  # of each word of a rule
        self._forms: defaultdict[str, list[Form]] = defaultdict(list)
        self._squeezed: defaultdict[str, list[Form]] = defaultdict(list)
        self._masked: defaultdict[str, set[int]] = defaultdict(set)
        self._phrases: defaultdict[int, list[tuple[tuple[int, ...], Rule]]] = defaultdict(list)  # by their first word
        self._allowed: dict[int, list[list[str]]] = {}
        for rule in rules:
            self._add(rule)
        self._lengths = sorted({len(each) for each in [*self._forms, *self._squeezed] if len(each) >= LEAST_IN_RUN})

    def hits(self, text: str) -> list[Hit]:
        """What the rules meet in `text`, in its order; each place once for each rule."""
        if not self._forms:
            return []
        reader = Reader(text)
        met: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
        for first, last, word in self._words_in(reader):
            met[first].add((last, word))
        places = [
            (*reader.span(first, last), rule)
            for first in met
            for rule, last in self._rules_at(met, first)
            if not self._is_allowed(rule, reader, first, last)
        ]
        return sorted(_apart(places), key=lambda hit: (hit.start, hit.rule.key))

    # Compiling

    def _add(self, rule: Rule) -> None:
        text = unmask(rule.phrase)
        words = [(each.folded, text[each.start : each.end]) for each in FoldedText(text).words()]
        if not words:
            return
        numbers = tuple(self._number(folded, written) for folded, written in words)
        self._phrases[numbers[0]].append((numbers, rule))
        glued = "".join(folded for folded, _written in words)
        if len(words) > 1 and LEAST_GLUED <= len(glued) <= LONGEST:
            number = self._number(glued, glued)
            self._phrases[number].append(((number,), rule))
        allowed = [fold(unmask(each)).split() for each in rule.allowed]
        self._allowed[rule.key] = [each for each in allowed if each]

    def _number(self, folded: str, written: str) -> int:
        """The number of a word, its forms stored."""
        name = f"{folded}\n{'ء' * bool(ANY_HAMZA.search(written))}"
        if name not in self._numbers:
            self._numbers[name] = number = len(self._numbers)
            for form in _forms(number, folded, written):
                self._forms[form.letters].append(form)
                self._squeezed[_squeeze(form.letters)].append(form)
                for key in _masks(form):
                    self._masked[key].add(number)
        return self._numbers[name]

    # Meeting

    def _words_in(self, reader: Reader) -> Iterator[tuple[int, int, int]]:
        for reading in reader.readings():
            for first, last, form in self._met(reading):
                if not form.has_hamza or ANY_HAMZA.search(reader.text, *reader.span(first, last)):
                    yield first, last, form.word
        for reading in reader.masked():
            for word in self._masked.get(reading.word, ()):
                yield reading.first, reading.last, word

    def _met(self, reading: Reading) -> Iterator[tuple[int, int, Form]]:
        if reading.is_run:
            yield from self._met_within(reading)
        if reading.is_loose and not self._may_be_met(reading.word):
            return
        for form in self._met_in(reading.word, reading.is_loose):
            yield reading.first, reading.last, form

    def _may_be_met(self, word: str) -> bool:
        """A quick look before a thorough one: pieces can be put together in many ways."""
        squeezed = _squeeze(word)
        return any(squeezed[start:] in self._squeezed for start in range(MOST_CLITICS + 1))

    def _met_in(self, word: str, is_loose: bool) -> Iterator[Form]:
        for spelling in _shortened(word):
            for split in splits(spelling):
                for form in self._forms.get(spelling[split.start : split.end], ()):
                    if _fits(form, split, is_loose):
                        yield form
        if _REPEATED.search(word) and word not in ORDINARY:
            yield from self._met_squeezed(word, is_loose)

    def _met_squeezed(self, word: str, is_loose: bool) -> Iterator[Form]:
        """Forms some of whose letters are repeated here: iddiioot."""
        squeezed, runs = _squeeze(word), _runs(word)
        for split in splits(squeezed):
            letters, own = squeezed[split.start : split.end], runs[split.start : split.end]
            for form in self._squeezed.get(letters, ()):
                if _fits(form, split, is_loose) and _is_stretched(form, own) and _stretch(letters, own) not in ORDINARY:
                    yield form

    def _met_within(self, reading: Reading) -> Iterator[tuple[int, int, Form]]:
        """Words anywhere in a run of single letters."""
        word = reading.word
        squeezed, runs = _squeeze(word), _runs(word)
        places = [0]
        for run in runs:
            places.append(places[-1] + run)
        for length in self._lengths:
            for start in range(len(squeezed) - length + 1):
                for form in self._squeezed.get(squeezed[start : start + length], ()):
                    if not (form.is_stem or form.has_article) and _is_stretched(form, runs[start : start + length]):
                        yield reading.first + places[start], reading.first + places[start + length], form

    def _rules_at(self, met: dict[int, set[tuple[int, int]]], first: int) -> Iterator[tuple[Rule, int]]:
        """The rules whose words follow each other from the piece `first` on."""
        for last, word in met[first]:
            for numbers, rule in self._phrases.get(word, ()):
                ends = {last}
                for number in numbers[1:]:
                    ends = {end for at in ends if at in met for end, other in met[at] if other == number}
                yield from ((rule, end) for end in ends)

    def _is_allowed(self, rule: Rule, reader: Reader, first: int, last: int) -> bool:
        """Whether what was met stands in one of the rule's allowed words or phrases."""
        for words in self._allowed.get(rule.key, ()):
            for start in range(max(0, last - len(words)), first + 1):
                pieces = reader.pieces[start : start + len(words)]
                if len(pieces) == len(words) and all(map(_is_spelt, [each.folded for each in pieces], words)):
                    return True
        return False


def _apart(places: list[tuple[int, int, Rule]]) -> Iterator[Hit]:
    """For each rule, the shortest of places that overlap."""
    reached: dict[int, int] = {}
    for start, end, rule in sorted(places, key=lambda place: (place[1], -place[0])):
        if start >= reached.get(rule.key, 0):
            reached[rule.key] = end
            yield Hit(rule, start, end)


def has_letters(phrase: str) -> bool:
    """Whether anything of `phrase` is left to be compared."""
    return bool(fold(unmask(phrase)))


def _forms(number: int, folded: str, written: str) -> list[Form]:
    soft = soften(written) if HAMZA.search(written) else folded
    # رئيس may be ريس for many, but سيئ is not the سي of «سي محمد».
    has_hamza = bool(HAMZA.search(written)) or (len(folded) < 3 and bool(ANY_HAMZA.search(written)))
    forms = [Form(number, folded, has_hamza=has_hamza)]
    if soft != folded:
        forms.append(Form(number, soft))
    if folded.startswith(ARTICLE) and len(folded) >= len(ARTICLE) + 3 and folded not in ORDINARY:
        forms += [each._replace(letters=each.letters[len(ARTICLE) :], has_article=True) for each in forms]
    stems = [each._replace(letters=each.letters[:-1], is_stem=True) for each in forms if each.letters.endswith("ه")]
    return forms + [each for each in stems if len(each.letters) > 2]


def _masks(form: Form) -> Iterator[str]:
    """The word with stars for some letters within it."""
    letters = form.letters
    if not LEAST_MASKED <= len(letters) <= MOST_MASKED or form.is_stem or form.has_article:
        return
    for start in range(1, len(letters) - 1):
        for end in range(start + 1, len(letters)):
            yield letters[:start] + "*" * (end - start) + letters[end:]


def _fits(form: Form, split: Split, is_loose: bool) -> bool:
    if is_loose and split.ending:
        return False
    if form.letters.startswith(ARTICLE) and split.ending not in AFTER_ARTICLE:
        return False
    return (not form.is_stem or split.ending in FEMININE) and (not form.has_article or split.has_article)


def _is_stretched(form: Form, runs: list[int]) -> bool:
    """Whether each letter stands at least as often as in the word."""
    return all(map(int.__ge__, runs, form.runs))


def _is_spelt(folded: str, word: str) -> bool:
    """Whether it is `word`, as it stands or behind clitics."""
    return folded == word or any(folded[each.start :] == word for each in splits(folded) if not each.ending)


def _shortened(word: str) -> list[str]:
    """`word` as it is; where a letter stands three times or more, with that letter once, and twice."""
    if not _LONG_RUN.search(word):
        return [word]
    return [_LONG_RUN.sub(r"\1", word), _LONG_RUN.sub(r"\1\1", word)]


def _squeeze(word: str) -> str:
    return _RUN.sub(r"\1", word)


def _runs(word: str) -> list[int]:
    return [len(list(run)) for _letter, run in groupby(word)]


def _stretch(word: str, runs: list[int]) -> str:
    return "".join(map(str.__mul__, word, runs))
