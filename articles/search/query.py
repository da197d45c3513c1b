"""What a reader typed, as the stems to look for. Nothing in it is an operator but quotation marks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from articles.arabic import fold, stem
from articles.models import Synonym

# What is longer says nothing more: the rest is left out, and the page says so.
MAX_LETTERS = 1_000
MAX_WORDS = 16
LONGEST_SYNONYM = 6  # words
PHRASES = re.compile(r"«([^«»]*)»|“([^“”]*)”|„([^„“”]*)[“”]|\"([^\"]*)\"")

Stems = tuple[str, ...]
Alternatives = tuple[Stems, ...]


@dataclass(frozen=True)
class Query:
    """What every article found must hold: of each term, one of its alternatives, as a run of stems."""

    terms: tuple[Alternatives, ...] = ()
    words: tuple[str, ...] = field(default=(), compare=False)
    """The folded words that were typed, in their order."""
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def has_phrases(self) -> bool:
        return any(len(run) > 1 for term in self.terms for run in term)


def parse(text: str, thesaurus: "Thesaurus | None" = None) -> Query:
    """The query that `text` means; an empty one where it holds no letter. Never raises."""
    pieces = list(_pieces(text[:MAX_LETTERS]))
    words = [word for piece, _quoted in pieces for word in piece]
    terms: list[Alternatives] = []
    room = MAX_WORDS
    for piece, quoted in pieces:
        run = tuple(map(stem, piece[:room]))
        room -= len(run)
        if quoted:
            terms += [(run,)] if run else []
        else:
            terms += (thesaurus or Thesaurus([])).expand(run)
    is_cut = len(words) > MAX_WORDS or len(text) > MAX_LETTERS
    return Query(tuple(dict.fromkeys(terms)), tuple(words[:MAX_WORDS]), is_cut)


def _pieces(text: str) -> Iterable[tuple[list[str], bool]]:
    """The folded words of `text`, by what stands in quotation marks and what does not."""
    end = 0
    for match in PHRASES.finditer(text):
        yield fold(text[end : match.start()]).split(), False
        yield fold(match[match.lastindex or 0]).split(), True
        end = match.end()
    yield fold(text[end:]).split(), False


class Thesaurus:
    """Which runs of stems mean the same."""

    def __init__(self, groups: Iterable[Iterable[Stems]]) -> None:
        self._meanings: dict[Stems, dict[Stems, None]] = {}
        for group in groups:
            members = dict.fromkeys(group)
            for member in members:
                self._meanings.setdefault(member, {member: None}).update(members)

    @classmethod
    def load(cls) -> "Thesaurus":
        """The one that editors keep."""
        return cls(synonym.alternatives() for synonym in Synonym.objects.order_by("pk"))

    def expand(self, run: Stems) -> list[Alternatives]:
        """A term for each word of `run`, or for several where together they mean something."""
        terms, at = [], 0
        while at < len(run):
            lengths = range(min(LONGEST_SYNONYM, len(run) - at), 0, -1)
            length = next((length for length in lengths if run[at : at + length] in self._meanings), 1)
            part = run[at : at + length]
            terms.append(tuple(self._meanings.get(part, (part,))))
            at += length
        return terms
