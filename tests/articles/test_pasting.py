"""Pasted text: letters, invisible characters and spaces become those that a newsroom writes."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.pasting import clean_paste
from articles.pasting.letters import LINE_ENDS

LANGUAGES = ["ar", "fr", "en"]
PIECES = [
    "ﻗ",
    "ﺎ",
    "ﷲ",
    "ا",
    "ﷺ",
    "ـ",
    "ب",
    "هـ",
    "ال",
    "\u200c",
    "\u200d",
    "\u200f",
    "\u064b",
    "ﹰ",
    " ",
    "\u00a0",
    "\u202f",
]
PIECES += [
    ",",
    ";",
    "?",
    '"',
    "“",
    "”",
    "«",
    "»",
    "1",
    "٢",
    "٫",
    "،",
    ".",
    ":",
    "(",
    ")",
    "word",
    "https://a.ma/x",
    "`",
    "\n",
]
PIECES += ["a@b.ma", "&amp;", "-", "•", "\t", "\ufeff", "\u2067", "www.a.ma"]
TYPED = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40)


def cleaned(text: str, language: str = "ar") -> str:
    return clean_paste(language, text, rich=False).content


def kinds(text: str, language: str = "ar") -> dict[str, int]:
    return {change.kind: change.number for change in clean_paste(language, text, rich=False).changes}


@pytest.mark.parametrize(
    ("pasted", "written"),
    [
        ("ﻗﺎل اﻟﻮزﻳﺮ", "قال الوزير"),
        ("ﻻ إﻟﻪ", "لا إله"),
        ("اﻟﻮزﯾﺮ ﮐﺘﺐ", "الوزير كتب"),
        ("ﷲ", "الله"),
        ("عبد اﷲ", "عبد الله"),
        ("باﷲ", "بالله"),
        ("وﷲ", "والله"),
        ("كتﹷب ﱠ", "كت\u064eب \u064e\u0651"),
    ],
    ids=[
        "word",
        "ligature",
        "persian-forms",
        "name-of-god",
        "behind-alef",
        "behind-preposition",
        "behind-and",
        "marks",
    ],
)
def test_presentation_forms_become_letters(pasted: str, written: str) -> None:
    assert unicodedata.normalize("NFC", cleaned(pasted)) == unicodedata.normalize("NFC", written)


@pytest.mark.parametrize("sign", ["ﷺ", "ﷻ", "﷽", "﷼", "﴾", "﴿"])
def test_honorifics_and_signs_stay(sign: str) -> None:
    assert cleaned(f"النبي {sign} قال") == f"النبي {sign} قال"


@pytest.mark.parametrize(
    ("pasted", "written"),
    [
        ("عـــاجل", "عاجل"),
        ("هـٰذا", "هٰذا"),
        ("الســـلام عليكـــم", "السلام عليكم"),
        ("مرحباـ بكم", "مرحبا بكم"),
        ("1447 هـ", "1447 هـ"),
        ("سنة 1447هــ.", "سنة 1447هـ."),
        ("الـ20 دولة", "الـ20 دولة"),
        ("بـ20 درهما ولـLe Monde", "بـ20 درهما ولـLe Monde"),
        ("2025ـ2026", "2025ـ2026"),
        ("قال ـ أمس ـ إنه", "قال ـ أمس ـ إنه"),
    ],
)
def test_tatweel_goes_from_words_and_stays_where_it_says_something(pasted: str, written: str) -> None:
    assert cleaned(pasted) == written


@pytest.mark.parametrize(
    "mark", [*"\u200e\u200f\u061c\u202a\u202b\u202c\u202e\u2066\u2067\u2069\u200b\u2060\ufeff\u00ad"], ids=ascii
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_that_nobody_sees_go(mark: str, language: str) -> None:
    assert cleaned(f"{mark}نص{mark} abc{mark}", language) == "نص abc"


def test_joiners_stay_behind_letters_alone() -> None:
    assert cleaned("می\u200cخواهم") == "می\u200cخواهم"
    assert cleaned("ه\u200d 👨\u200d👩") == "ه\u200d 👨\u200d👩"
    assert cleaned("\u200cنص \u200dabc\u200c") == "نص abc"


def test_digits_of_the_east_become_those_of_morocco() -> None:
    assert cleaned("٢٠٢٦ و۱۲٫۵٪") == "2026 و12,5%"
    assert cleaned("٢٠٢٦", "en") == "٢٠٢٦"


@pytest.mark.parametrize(
    ("language", "pasted", "written"),
    [
        ("ar", "نص\u00a0 \u2009نص", "نص نص"),
        ("ar", "قال ( نعم ) .", "قال (نعم)."),
        ("ar", "سطر  \n  سطر", "سطر\nسطر"),
        ("ar", "الساعة 14 : 30 و1 .5", "الساعة 14 : 30 و1 .5"),
        ("fr", "«\u00a0Oui\u202f!\u00a0» : 10\u202f000", "«\u00a0Oui\u202f!\u00a0» : 10\u202f000"),
        ("fr", "Oui\u00a0et  non , enfin .", "Oui et non, enfin."),
        ("en", "Yes\u00a0,  no ; really ?", "Yes, no; really?"),
    ],
)
def test_spaces_are_single_and_stand_where_the_language_wants_them(language: str, pasted: str, written: str) -> None:
    assert cleaned(pasted, language) == written


@pytest.mark.parametrize(
    "kept", ["https://a.ma/ﻗـــ?a=1,2;x", "www.a.ma/١", "desk@example.ma", '`ﻗﺎل  , "x"`', "&quot;", "http://[::1]/ـ"]
)
def test_addresses_and_code_are_never_touched(kept: str) -> None:
    assert kept in cleaned(f"قال {kept} نعم")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_other_languages_keep_their_letters_and_marks(language: str) -> None:
    text = 'L’accord, dit-il; "oui"? ﻗﺎل عـــاجل, نعم'

    assert cleaned(text, language) == text


def test_what_was_changed_is_counted_and_shown() -> None:
    changes = {change.kind: change for change in clean_paste("ar", "ﻗﺎل عـــاجل, نعم\u200f", rich=False).changes}

    assert {kind: change.number for kind, change in changes.items()} == {
        "presentation": 1,
        "tatweel": 1,
        "punctuation": 1,
        "invisible": 1,
    }
    assert changes["presentation"].examples == (("ﻗﺎل", "قال"),)
    assert changes["punctuation"].examples == (("عاجل,", "عاجل،"),)
    assert changes["invisible"].examples == (("U+200F", ""),)


def test_a_clean_text_has_no_changes() -> None:
    assert kinds("قال الوزير: «نعم»، ثم غادر في 14:30؛ هل يعود؟") == {}


def test_examples_are_few_and_short() -> None:
    (change,) = clean_paste("ar", " ".join(f"{'ب' * number}ـ{'س' * 90}" for number in range(1, 60)), rich=False).changes

    assert (change.number, len(change.examples)) == (59, 3)
    assert all(len(side) <= 40 for example in change.examples for side in example)


@settings(deadline=None, max_examples=300)
@given(TYPED, st.sampled_from(LANGUAGES))
def test_cleaning_twice_changes_nothing(text: str, language: str) -> None:
    once = clean_paste(language, text, rich=False)
    twice = clean_paste(language, once.content, rich=False)

    assert (twice.content, twice.changes) == (once.content, ())
    assert once.changes or once.content == LINE_ENDS.sub("\n", text)


@pytest.mark.parametrize(
    "unit", ["ـ", "بـ ", "ﻗ", "ب", " ", "\u00a0", '"', ",", "a@", "www.", "`a", "&a", ". ", "\u200c", "١٫"]
)
def test_cleaning_takes_time_by_length_alone(unit: str) -> None:
    text = unit * (100_000 // len(unit.encode()))
    started = time.process_time()

    clean_paste("ar", text, rich=False)

    assert time.process_time() - started < 0.5 * 2  # 50 ms for each 10 kB, on a machine that others use too
