"""The Arabic text engine: one way of comparing words, for tags, search, rules and repeats."""

import unicodedata

HAMZA_CARRIERS = dict.fromkeys("ؤئء", "")
LETTERS = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    **dict.fromkeys("کگݣڭ", "ك"),
    **dict.fromkeys("ڤڥ", "ف"),
    "پ": "ب",
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
    that is neither letter nor digit separates words by one space. `fold(fold(x)) == fold(x)`.
    """
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    # Only now apart: ؤ must be dropped whole, not left as و by losing its hamza.
    apart = unicodedata.normalize("NFKD", composed.translate(_TABLE))
    return " ".join(apart.translate(_TABLE).split())
