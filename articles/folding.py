"""What folded words serve beside search: lists that find every spelling, and their alphabetical order."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.db import models

from articles.arabic import FoldedText, fold, stems

KEY_LENGTH = 200
# Of a search term; a condition for each of a thousand words is more than SQLite takes.
MOST_LETTERS, MOST_WORDS = 500, 16
BARE_ALIFS = "اٱ"
ARTICLE = "ال"
# Nouns of roots in ل that have the letters of an article of their own, and no hamza to tell.
BORN_SO = frozenset(
    fold("التزام التحاق التماس التهاب التفات التقاء التباس التواء التحام التهام التئام التجاء التصاق التفاف").split()
)


def fold_all(texts: Iterable[str]) -> str:
    """The folded words of all `texts`; one of signs alone stands for itself."""
    return " ".join(dict.fromkeys(fold(text) or text.strip() for text in texts))


def search_words(term: str) -> list[str]:
    """The words of a search term as `fold_all` writes them; none in one of invisible characters alone."""
    words = fold_all([term[:MOST_LETTERS]]).split()
    return [word for word in dict.fromkeys(words) if word.isprintable()][:MOST_WORDS]


def sort_key(name: str) -> str:
    """What `name` is put in alphabetical order by: its folded words without their article."""
    words = (_without_article(name[word.start : word.end], word.folded) for word in FoldedText(name).words())
    return (" ".join(words) or name.strip())[:KEY_LENGTH]


def make_opening(name: str) -> str:
    """The stems of the first two words of `name`, by which a text finds it."""
    return " ".join(stems(name)[:2])[:KEY_LENGTH]


def _without_article(written: str, folded: str) -> str:
    """`folded` without ال, unless it is the word's own: that of ألمانيا bears a hamza."""
    rest = folded.removeprefix(ARTICLE)
    if rest == folded or len(rest) < 2 or unicodedata.normalize("NFKC", written)[0] not in BARE_ALIFS:
        return folded
    return folded if folded.removesuffix("ات") in BORN_SO else rest


class SortKeyField(models.CharField):
    """A column of `sort_key` values, in the order of their code points on every database."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": KEY_LENGTH, "default": "", "editable": False, **options})

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"  # that of the server may pass over spaces, or put Latin last
        return parameters
