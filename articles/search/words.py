"""The words that published articles hold, and the nearest of them to one that none holds."""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone

from articles.arabic import FoldedText, bare, fold, spelling
from articles.models import SearchWord

logger = logging.getLogger(__name__)

SHORTEST = 4  # letters of a word worth remembering, once its article is off
SHORTEST_CORRECTED = 5
LONGEST = 30
# From this length on, two letters may be wrong.
LONG = 8
OFFERED = 12
BATCH = 500
# Letters that stand for one sound in some mouth, or side by side on the keyboard's ring finger:
# a word that differs in these is nearer than one that differs in others.
CONFUSED = [set(group) for group in ("ضظد", "ذدز", "ثتس", "صسز", "طت", "قكغ", "حهخ", "عا")]


def new_words(language: str, text: str, since: datetime, known: set[tuple[str, str]]) -> Iterator[SearchWord]:
    """The words of `text`, to be known from `since` on, that are not in `known`, which learns them.

    `known` holds pairs of a language and a folded word.
    """
    if all((language, word) in known for word in fold(text).split()):
        return
    folded, start = FoldedText(text), 0
    for word in folded.folded.split():
        end = start + len(word)
        if (language, word) not in known:
            known.add((language, word))
            core = bare(word)
            if SHORTEST <= len(core) <= LONGEST and core.isalpha():
                begin, stop = folded.origin(end - len(core), end)
                yield _row(language, core, spelling(text[begin:stop]), since)
        start = end + 1


def _row(language: str, core: str, written: str, since: datetime) -> SearchWord:
    # A ligature may stand for more than this word; its plain letters then serve.
    written = written if fold(written) == core else core
    return SearchWord(
        language=language,
        word=core,
        spelling=written[:60],
        head=core[:2],
        tail=core[-2:],
        length=len(core),
        since=since,
    )


def learn(words: Iterable[SearchWord]) -> None:
    """Remember `words` where they are not known yet, in the transaction that is under way."""
    # In one order for everybody, so that who learns at once waits, if at all, in one direction.
    rows = sorted(words, key=lambda row: (row.language, row.word))
    for start in range(0, len(rows), BATCH):
        _learn(rows[start : start + BATCH])


def _learn(rows: list[SearchWord]) -> None:
    # Both columns, so that their index is used: without the language every known word is read.
    languages, words = {row.language for row in rows}, [row.word for row in rows]
    standing = SearchWord.objects.filter(language__in=languages, word__in=words)
    known = {(row.language, row.word): row for row in standing}
    new = [row for row in rows if (row.language, row.word) not in known]
    sooner = [row for row in rows if row.since < known.get((row.language, row.word), row).since > timezone.now()]
    try:
        with transaction.atomic():
            SearchWord.objects.bulk_create(new, ignore_conflicts=True)
            for row in sooner:
                again = SearchWord.objects.filter(language=row.language, word=row.word)
                again.update(since=row.since, spelling=row.spelling)
    except OperationalError:
        # PostgreSQL ends a deadlock with another who learns new words: an article is worth more than they.
        logger.warning("%d words of an article were not learnt for search", len(new), exc_info=True)


class Guess(NamedTuple):
    """A known word that a mistyped one may have been meant to be. The smaller, the nearer."""

    distance: int
    strangeness: int
    spelling: str


def nearest(language: str, word: str) -> list[Guess]:
    """The known words that are nearest to the folded `word`, nearest first, at most OFFERED.

    Empty for words of fewer than SHORTEST_CORRECTED letters. What stood before the word (و, ال)
    stands before each guess.
    """
    core = bare(word)
    if len(word) < SHORTEST_CORRECTED or not SHORTEST <= len(core) <= LONGEST or not core.isalpha():
        return []
    most = 2 if len(core) >= LONG else 1
    ends = Q(head=core[:2]) | Q(tail=core[-2:])
    shown = SearchWord.objects.filter(ends, language=language, since__lte=timezone.now())
    near = shown.filter(length__range=(len(core) - most, len(core) + most))
    beginning = word[: len(word) - len(core)]
    guesses = [
        Guess(distance, _strangeness(core, known), beginning + written)
        for known, written in near.exclude(word=core).values_list("word", "spelling")
        if (distance := edits(core, known, most)) <= most
    ]
    return sorted(guesses)[:OFFERED]


def edits(one: str, other: str, most: int) -> int:
    """How many letters must be put in, left out, replaced or swapped with their neighbour.

    More than `most` is told as `most + 1`. The optimal string alignment distance (Damerau, 1964).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    line = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        further, before, line = before, line, [row]
        for column, facing in enumerate(other, start=1):
            cost = min(before[column] + 1, line[-1] + 1, before[column - 1] + (letter != facing))
            if further and column > 1 and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, further[column - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
    return min(line[-1], most + 1)


def _strangeness(one: str, other: str) -> int:
    """How many letters differ that are not often taken for each other; swaps and gaps count once."""
    if len(one) != len(other):
        return 1
    pairs = [{a, b} for a, b in zip(one, other, strict=True) if a != b]
    return sum(not any(pair <= group for group in CONFUSED) for pair in pairs)
