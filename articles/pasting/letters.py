"""Rules for pasted text: which characters a newsroom writes otherwise.

A rule finds edits in a text; a `Passage` makes them, and knows where each piece of the text ends up.
Addresses, code in `backticks` and entities are hidden from all rules.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from articles.pasting.punctuation import change_marks, change_quotes
from articles.pasting.scripts import ARABIC, Edit
from articles.pasting.tally import Cleaned, Tally

Rule = Callable[[str], Iterator[Edit]]
_ENDS = r"\s<>\"«»،؛؟“”„`\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
PROTECTED = re.compile(
    rf"(?i)(?:https?://|www\.)[^{_ENDS}]*[^{_ENDS}().,;:!?…]"
    r"|[\w.+-]{1,64}@[a-z0-9][a-z0-9.-]*[a-z0-9]|`[^`\n]+`|&(?:[a-z]{1,20}|\#x?[0-9a-f]{1,7});"
)
CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufff9-\uffff\ud800-\udfff\ufdd0-\ufdef"
# Marks of direction, which a field needs none of, and what joins or parts nothing. ARABIC.md keeps
# the joiners (U+200C, U+200D) where they stand behind a letter.
_SILENT = f"{CONTROLS}\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_JOINERS = "\u200c\u200d"
INVISIBLE = re.compile(
    f"(?<![^\\s\x00-\x7f٠-٩۰-۹٪])[{_SILENT}{_JOINERS}]+|[{_SILENT}][{_SILENT}{_JOINERS}]*|(?<=[{_JOINERS}])[{_SILENT}{_JOINERS}]+"
)
BLANK = re.compile(f"[\\s{_SILENT}{_JOINERS}]*")
# Honorifics, signs of recitation, ornate brackets and the sign of the rial are no letters in disguise.
KEPT = "\ufd3e-\ufd4f\ufdcf\ufdf0\ufdf1\ufdfa-\ufdff\ufbb2-\ufbc2"
_FORM = f"(?![{KEPT}\ufdd0-\ufdef])[\ufb50-\ufdff\ufe70-\ufefc]"
# Whole words, letters between the forms included; the bound keeps it linear.
FORMS = re.compile(f"(?:[{ARABIC}]{{0,20}}{_FORM})+")
# Arabic typesetters used the forms of Persian letters that look alike.
OWN_LETTERS = {
    "\ufbfc": "ى",
    "\ufbfd": "ى",
    "\ufbfe": "ي",
    "\ufbff": "ي",
    **dict.fromkeys("\ufb8e\ufb8f\ufb90\ufb91", "ك"),
}
# ﷲ is often typed behind an alef that it has already.
DOUBLE_ALEF = re.compile("[اﺍﺎ](?=ﷲ)")
TATWEEL = re.compile("ـ+")
LETTER = re.compile(f"[{ARABIC}]")
# «الـ20», «بـ«Le Monde»», «1447 هـ»: a letter that stands before what is no Arabic letter, stretched to show so.
CLITIC = re.compile(f"(?<![{ARABIC}ـ])(?:[وف]?(?:[بكل]?ال|لل|[بلك])|[ء-ي])\\Z")
DIGITS = re.compile("[٠-٩۰-۹]+(?:[٫٬][٠-٩۰-۹]+)*٪?|٪")
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬٪", "01234567890123456789,.%")
WIDE = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
NO_BREAK = re.compile(f"[{WIDE}\t\v\f]")
# In French they stand before tall marks, inside quotation marks and between digits.
NO_BREAK_FR = re.compile(
    f"(?<![«\\d])[{WIDE}](?![;:!?»%€$])|(?<=\\d)[{WIDE}](?![\\d;:!?»%€$])|[\t\v\f]|(?<=«)[{WIDE}](?=[{WIDE}])"
)
DOUBLED = re.compile(" {2,}")
AT_LINE_ENDS = re.compile(" +(?=\n)|(?<=\n) +")
_CLOSING = r"(?<=\S)(?<!\d(?= *: *\d)) +(?=[{}]+(?:[\s»\"“”„)\]]|$))|(?<=\S) +(?=[{}])|(?<=[{}]) +(?=\S)"
BEFORE_MARKS = {
    "ar": re.compile(_CLOSING.format("،؛؟,;?!:.…", r"»)\]", r"«(\[")),
    "fr": re.compile(_CLOSING.format(",.…", r")\]", r"(\[")),
    "en": re.compile(_CLOSING.format(",;?!:.…", r")\]", r"(\[")),
}
WORD_END, WORD_START = re.compile(r"\S{1,15}\Z"), re.compile(r"\S{0,20}")
LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")


class Passage:
    """A text in pieces, which keep their words apart while rules see it whole."""

    def __init__(self, pieces: list[str]) -> None:
        self.text = "".join(pieces)
        self._ends: list[int] = []
        for piece in pieces:
            self._ends.append((self._ends[-1] if self._ends else 0) + len(piece))

    def pieces(self) -> list[str]:
        starts = [0, *self._ends[:-1]]
        return [self.text[start:end] for start, end in zip(starts, self._ends, strict=True)]

    def make(self, edits: list[Edit]) -> None:
        """Make `edits`, which are in order and do not overlap."""
        kept: list[str] = []
        ends: list[int] = []
        waiting, position, length = iter(self._ends), 0, 0
        end = next(waiting, None)
        for edit in edits:
            while end is not None and end <= edit.start:
                ends.append(length + end - position)
                end = next(waiting, None)
            kept += [self.text[position : edit.start], edit.replacement]
            length += edit.start - position + len(edit.replacement)
            position = edit.end
            while end is not None and end < edit.end:  # what is replaced across an end stays before it
                ends.append(length)
                end = next(waiting, None)
        while end is not None:
            ends.append(length + end - position)
            end = next(waiting, None)
        self.text = "".join([*kept, self.text[position:]])
        self._ends = ends

    def clean(self, language: str, tally: Tally) -> None:
        """Let every rule of `language` do its work, and count what it did."""
        for rule in RULES.get(language, RULES["en"]):
            edits = list(rule(PROTECTED.sub(_hidden, self.text)))
            if edits:
                _tell(self.text, edits, tally)
                self.make(edits)


def clean_text(text: str, language: str) -> Cleaned:
    """Plain `text` as it is written in `language`; its lines stay."""
    tally, passage = Tally(), Passage([LINE_ENDS.sub("\n", text)])
    passage.clean(language, tally)
    return Cleaned(passage.text, tally.changes())


def _hidden(found: re.Match[str]) -> str:
    """As many letters as no rule touches; joiners may stand behind them."""
    return "é" * len(found[0])


def _tell(text: str, edits: list[Edit], tally: Tally) -> None:
    """Count `edits`, and show some in the words that they stand in."""
    told_until = 0
    for place, edit in enumerate(edits):
        if not edit.kind:  # the other half of a pair
            continue
        tally.count(edit.kind)
        if edit.kind == "spaces" or edit.start < told_until or not tally.wants(edit.kind):
            continue
        if edit.kind == "invisible":
            tally.show(edit.kind, f"U+{ord(text[edit.start]):04X}", "")
            continue
        behind = WORD_END.search(text, max(0, edit.start - 15), edit.start)
        start = behind.start() if behind else edit.start
        told_until = edit.end + len(WORD_START.match(text, edit.end)[0])  # type: ignore[index]
        word = Passage([text[start:told_until]])
        near = [other for other in edits[place : place + 8] if other.end <= told_until]
        word.make([other._replace(start=other.start - start, end=other.end - start) for other in near])
        tally.show(edit.kind, text[start:told_until], word.text)


def _replacing(kind: str, pattern: re.Pattern[str], write: Callable[[str], str]) -> Rule:
    """The rule that writes anew whatever `pattern` finds."""

    def rule(text: str) -> Iterator[Edit]:
        for found in pattern.finditer(text):
            replacement = write(found[0])
            if replacement != found[0]:
                yield Edit(kind, found.start(), found.end(), replacement)

    return rule


def _letters(forms: str) -> str:
    return "".join(map(_letter, DOUBLE_ALEF.sub("", forms)))


def _letter(form: str) -> str:
    """The letters of one form; marks that stand alone come with a space or a stroke to stand on."""
    if form < "\ufb50":
        return form
    letters = OWN_LETTERS.get(form) or unicodedata.normalize("NFKC", form)
    return letters.replace(" ", "").replace("ـ", "") if letters[0] in " ـ" else letters


def _unstretched(text: str) -> Iterator[Edit]:
    """Tatweel goes from words. It stays behind a clitic, and where it stands for a dash."""
    for found in TATWEEL.finditer(text):
        start, end = found.span()
        behind, before = LETTER.match(text, start - 1) if start else None, LETTER.match(text, end)
        if behind and not before and CLITIC.search(text, max(0, start - 6), start):
            replacement = "ـ"
        elif behind or (before and (not start or text[start - 1].isspace())):
            replacement = ""
        else:
            continue
        if replacement != found[0]:
            yield Edit("tatweel", start, end, replacement)


def _nothing(_found: str) -> str:
    return ""


def _space(_found: str) -> str:
    return " "


_SPACES: tuple[Rule, ...] = (
    _replacing("spaces", DOUBLED, _space),
    _replacing("spaces", AT_LINE_ENDS, _nothing),
)
_INVISIBLE = _replacing("invisible", INVISIBLE, _nothing)
_ANY_SPACE = _replacing("spaces", NO_BREAK, _space)
RULES: dict[str, tuple[Rule, ...]] = {
    "ar": (
        _INVISIBLE,
        _replacing("presentation", FORMS, _letters),
        _unstretched,
        _replacing("digits", DIGITS, lambda found: found.translate(WESTERN)),
        _ANY_SPACE,
        *_SPACES,
        _replacing("spaces", BEFORE_MARKS["ar"], _nothing),
        change_marks,
        change_quotes,
    ),
    "fr": (
        _INVISIBLE,
        _replacing("spaces", NO_BREAK_FR, _space),
        *_SPACES,
        _replacing("spaces", BEFORE_MARKS["fr"], _nothing),
    ),
    "en": (_INVISIBLE, _ANY_SPACE, *_SPACES, _replacing("spaces", BEFORE_MARKS["en"], _nothing)),
}
