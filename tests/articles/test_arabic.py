"""Folding: the spelling variants of one word meet, and different words do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic import MAX_GROWTH, MOST_MARKS, FoldedText, fold, without_stacks

ANY_TEXT = st.text(st.characters(exclude_categories=()))
# Letters, marks and signs that the rules speak of, thrown together.
ARABIC_TEXT = st.text(
    "ابتةىيئؤءأإآٱکگݣڭڤڥپیـ\u0640\u064b\u0650\u0651\u0654\u0655\u0670\u06e5٣۴،؟ \ufdfa\ufefb\u200c\u0345ﬁİ"
)
EVERY_CODE_POINT = range(0x110000)
DEFAULT_IGNORABLE = [
    *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF0, 0xFFF9),
    *range(0x1BCA0, 0x1BCA4),
    *range(0x1D173, 0x1D17B),
    *range(0xE0000, 0xE1000),
]
# ۞ and ۩ stand between words, as punctuation does.
QURANIC_MARKS = [*range(0x0610, 0x061B), *set(range(0x06D6, 0x06EE)) - {0x06DE, 0x06E9}, *range(0x08D3, 0x0900)]
HARAKAT = range(0x064B, 0x0660)


def name_of(point: int) -> str:
    return f"U+{point:04X}"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ﻣﺪﻳﻨﺔ", "مدينة"),
        ("ﺳﻼﻡ", "سلام"),
        ("ﻵﻥ", "لآن"),
        ("ﷲ", "الله"),
        ("ﷴ", "محمد"),
        ("ﭘﺎﺭﯾﺲ", "باريس"),
        ("ＡＢＣ１", "abc1"),
        ("ﬁn", "fin"),
    ],
    ids=["presentation-forms", "lam-alif", "lam-madda", "allah", "muhammad", "persian-forms", "fullwidth", "ligature"],
)
def test_presentation_forms_and_ligatures_unfold(written: str, plain: str) -> None:
    assert fold(written) == fold(plain)


def test_an_unfolded_word_is_the_letters_themselves() -> None:
    assert fold("ﻗﻠﻢ") == "قلم"


@pytest.mark.parametrize(("written", "folded"), [("MAROC", "maroc"), ("Straße", "strasse"), ("ΣΊΣΥΦΟΣ", "σισυφοσ")])
def test_latin_and_other_letters_lose_their_case(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("point", HARAKAT, ids=name_of)
def test_harakat_vanish(point: int) -> None:
    assert fold(f"ق{chr(point)}لم") == "قلم"


def test_a_fully_vowelled_sentence_meets_the_bare_one() -> None:
    assert fold("ذَهَبَ الوَزِيرُ إِلَى المَدْرَسَةِ مُسْرِعاً") == fold("ذهب الوزير إلى المدرسة مسرعا")


def test_the_dagger_alif_vanishes() -> None:
    assert fold("هـٰذا الرحمٰن") == "هذا الرحمن"


@pytest.mark.parametrize("point", QURANIC_MARKS, ids=name_of)
def test_quranic_marks_vanish(point: int) -> None:
    assert fold(f"كتا{chr(point)}ب") == "كتاب"


@pytest.mark.parametrize("written", ["ســـلام", "ـسلام", "سلامـ", "سـَـلام"])
def test_tatweel_vanishes(written: str) -> None:
    assert fold(written) == "سلام"


@pytest.mark.parametrize("point", [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], ids=name_of)
def test_direction_controls_vanish(point: int) -> None:
    assert fold(f"{chr(point)}مغ{chr(point)}رب{chr(point)}") == "مغرب"


def test_every_default_ignorable_code_point_vanishes() -> None:
    kept = [name_of(point) for point in DEFAULT_IGNORABLE if fold(f"مغ{chr(point)}رب") != "مغرب"]

    assert kept == []


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أمل", "امل"),
        ("إمارة", "اماره"),
        ("آمال", "امال"),
        ("ٱلله", "الله"),
        ("مستشفى", "مستشفي"),
        ("جامعة", "جامعه"),
        ("مؤتمر", "متمر"),
        ("بيئة", "بيه"),
        ("سماء", "سما"),
        ("کتاب", "كتاب"),
        ("فارسی", "فارسي"),
        ("گازوال", "كازوال"),
        ("ݣلميم", "كلميم"),
        ("ڭاع", "كاع"),
        ("ڤيديو", "فيديو"),
        ("ڥاس", "فاس"),
        ("پاريس", "باريس"),
        ("ہند", "هند"),
        ("لڑکے", "لڑكي"),
        ("ڨفصة", "كفصه"),
        ("ژيرو", "زيرو"),
        ("Œuvre", "oeuvre"),
    ],
    ids=lambda word: ascii(word)[1:-1],
)
def test_interchanged_letters_become_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مسئولية", "مسؤولية"),
        ("شؤون", "شئون"),
        ("قراءة", "قرائة"),
        ("أݣادير", "أكادير"),
        ("أڭادير", "اگادير"),
        ("إنزگان", "انزكان"),
        ("الڤيلا", "الفيلا"),
        ("على", "علي"),
    ],
)
def test_variants_of_one_word_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("composed", "apart"),
    [("أ", "ا\u0654"), ("إ", "ا\u0655"), ("آ", "ا\u0653"), ("ؤ", "و\u0654"), ("ئ", "ي\u0654"), ("é", "e\u0301")],
    ids=["above", "below", "madda", "waw", "ya", "accent"],
)
def test_a_letter_and_its_mark_written_apart_are_the_same(composed: str, apart: str) -> None:
    assert fold(f"ب{composed}ت") == fold(f"ب{apart}ت")


@pytest.mark.parametrize(
    ("one", "other"), [("كتاب", "كتب"), ("قلب", "كلب"), ("سيف", "صيف"), ("درب", "ذرب"), ("حال", "خال"), ("وزير", "زير")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"], ids=["eastern", "persian", "fullwidth"]
)
def test_digits_become_western(digits: str) -> None:
    assert fold(digits) == "0123456789"


@pytest.mark.parametrize("mark", "،؛؟«»٪٫٬۔٭۞…–—-_'’\".,!?()/\\@#", ids=lambda mark: f"U+{ord(mark):04X}")
def test_punctuation_separates_words(mark: str) -> None:
    assert fold(f"ماء{mark}وملح") == "ما وملح"


@pytest.mark.parametrize("space", ["  ", "\t", "\r\n", "\u00a0", "\u3000", "\u2028", " \n\t "], ids=ascii)
def test_white_space_collapses(space: str) -> None:
    assert fold(f"{space}فاس{space}مكناس{space}") == "فاس مكناس"


@pytest.mark.parametrize("text", ["", " ", "ـــ", "ءءء", "\u200b\u200f", "؟!،", "\u064b"], ids=ascii)
def test_what_holds_no_letter_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""


def test_every_code_point_folds_and_folds_once() -> None:
    unstable = [name_of(point) for point in EVERY_CODE_POINT if fold(folded := fold(chr(point))) != folded]

    assert unstable == []


@pytest.mark.parametrize("marks", ["\u0301", "\u0323\u0301", "\u0323\U0001e944", "\u0f73", "\uff9e"], ids=ascii)
def test_piled_marks_vanish_like_others(marks: str) -> None:
    """Without a bound on those of one letter, the mixed ones would take a minute to put in order."""
    assert fold(f"ب{marks * 100_000}يت") == FoldedText(f"ب{marks * 100_000}يت").folded == "بيت"


def test_no_letter_keeps_more_marks_than_any_script_needs() -> None:
    assert without_stacks("ا" + "\u0301" * 50 + "ب\u0301") == "ا" + "\u0301" * MOST_MARKS + "ب\u0301"


def test_no_code_point_grows_beyond_the_bound() -> None:
    assert max(len(fold(chr(point))) for point in EVERY_CODE_POINT) == MAX_GROWTH


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT | ARABIC_TEXT)
def test_no_text_grows_beyond_the_bound(text: str) -> None:
    assert len(fold(text)) <= MAX_GROWTH * len(text)


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT | ARABIC_TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    folded = fold(text)

    assert fold(folded) == folded


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT | ARABIC_TEXT)
def test_a_folded_text_holds_only_letters_digits_and_single_spaces(text: str) -> None:
    folded = fold(text)

    assert all(character.isalnum() or character == " " for character in folded)
    assert folded == " ".join(folded.split())
    assert not set(folded) & set("أإآٱىیةؤئءکگݣڭڤڥپـ")


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["مغرب", "ماء", "School", "٣٤"]), max_size=6))
def test_words_fold_one_by_one(words: list[str]) -> None:
    assert fold(" ".join(words)) == " ".join(fold(word) for word in words)
