"""Tags that a text speaks of, offered while it is written.

One query asks which tags begin with a word or a pair of words of the text, by their stems: its cost
grows with the text, which is bounded, and not with the tags.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from articles.arabic import fold, stem, stems
from articles.models import Tag
from articles.tagging import parse_tags
from articles.validators import drop_forbidden

MOST = 8
READ = 1200  # words of the text; what it is about stands before that
ARTICLE, JOINED_ARTICLE = "ال", "لل"
# One-letter prepositions, with the letters that must remain for the word to be a name.
PREPOSITIONS = {"ل": 3, "ب": 3, "ك": 4, "ف": 4}
# How the first word of a tag was read: as it stands, or a preposition taken off a name with or without article.
PLAIN, WITH_ARTICLE, WITHOUT_ARTICLE = range(3)


class _Name(NamedTuple):
    """A name that a tag goes by, and the tag."""

    written: str
    folded: str
    tag: str
    sort_key: str


def suggest_tags(title: str, text: str, field: str = "") -> list[str]:
    """The names of up to MOST tags that `title` and `text` speak of and the line `field` does not hold.

    Those of the title come first, then what is named most often. Another name of a tag stands for the tag.
    """
    in_title, in_text = _Text(title), _Text(text)
    chosen = {Tag.fold_name(name) for name in parse_tags(drop_forbidden(field))}
    titles, totals, taken = Counter[str](), Counter[str](), set()
    keys: dict[str, str] = {}
    for name in _names(in_title.openings() | in_text.openings(), chosen):
        times = in_title.times(name)
        titles[name.tag] += times
        totals[name.tag] += times + in_text.times(name)
        keys[name.tag] = name.sort_key
        if name.folded in chosen:
            taken.add(name.tag)
    offered = [tag for tag, times in totals.items() if times and tag not in taken]
    return sorted(offered, key=lambda tag: (not titles[tag], -totals[tag], keys[tag]))[:MOST]


def _names(openings: set[str], chosen: set[str]) -> Iterator[_Name]:
    """The names that begin so or are chosen, those of merged tags with the tag that they went into."""
    tags = Tag.objects.filter(Q(opening__in=openings) | Q(folded__in=chosen))
    meant = (Coalesce(F(f"merged_into__{column}"), F(column)) for column in ("name", "sort_key"))
    return (_Name(*row) for row in tags.values_list("name", "folded", *meant))


class _Text:
    """The stems of a text, and where each word and each pair begins."""

    def __init__(self, text: str) -> None:
        words = fold(text[: READ * 20]).split()[:READ]
        self._stems = [stem(word) for word in words]
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, word in enumerate(words):
            for first, reading in _readings(word, self._stems[place]):
                self._places[first].append((place, reading))
                for second in self._stems[place + 1 : place + 2]:
                    self._places[f"{first} {second}"].append((place, reading))

    def openings(self) -> set[str]:
        """All that a tag in this text may begin with."""
        return set(self._places)

    def times(self, name: _Name) -> int:
        """How often `name` stands in this text."""
        found = stems(name.written)
        read_off = WITH_ARTICLE if name.folded.startswith(ARTICLE) else WITHOUT_ARTICLE
        return sum(
            reading in (PLAIN, read_off) and self._stems[place + 2 : place + len(found)] == found[2:]
            for place, reading in self._places.get(" ".join(found[:2]), ())
        )


def _readings(word: str, as_it_stands: str) -> Iterator[tuple[str, int]]:
    """What the first word of a tag may be where `word` stands.

    Which word begins with ب by nature and which by grammar no rule knows; but what is left of بطاقة is
    not الطاقة, so a name with a preposition before it counts only with an article where its tag has one.
    """
    yield as_it_stands, PLAIN
    bare = word.removeprefix("و")
    name = ARTICLE + bare[2:] if bare.startswith(JOINED_ARTICLE) else bare[1:]
    if bare[:1] in PREPOSITIONS and len(name) >= PREPOSITIONS[bare[0]] and stem(name) != as_it_stands:
        yield stem(name), WITH_ARTICLE if name.startswith(ARTICLE) else WITHOUT_ARTICLE
