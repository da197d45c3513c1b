"""Folded offsets lead back to the text as it was written."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic import FoldedText, fold

ANY_TEXT = st.text(st.characters(exclude_categories=()))
# Letters and marks that compose, reorder, expand and vanish, thrown together.
TRICKY = st.text(
    "ابيوىة \u0653\u0654\u0655\u064b\u0651ـﻻﷺﷲeéÉİßﬁ\u0301\u0323\u0307\u0345"
    "가ㄱᄀ\u1161\u11a8\uff9e\uffa1カ\u200c\u200d،.\u09c7\u09be"
)


def shown(text: str, word: str) -> str:
    """What of `text` a search for the folded `word` would highlight."""
    folded = FoldedText(text)
    at = folded.folded.index(word)
    start, end = folded.origin(at, at + len(word))
    return text[start:end]


@settings(deadline=None, max_examples=600)
@given(ANY_TEXT | TRICKY)
def test_it_folds_as_fold_does(text: str) -> None:
    assert FoldedText(text).folded == fold(text)


def test_it_folds_every_code_point_between_letters_as_fold_does() -> None:
    texts = (f"ا{chr(point)}e" for point in range(0x110000))

    assert [hex(ord(text[1])) for text in texts if FoldedText(text).folded != fold(text)] == []


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("قال أَخْنُوشُ اليوم", "اخنوش", "أَخْنُوشُ"),
        ("من العـــيون إلى الداخلة", "العيون", "العـــيون"),
        ("مدينة ﻃﻨﺠﺔ.", "طنجه", "ﻃﻨﺠﺔ"),
        ("«أݣادير»", "اكادير", "أݣادير"),
        ("عام ٢٠٣٠؟", "2030", "٢٠٣٠"),
        ("L’Économie verte", "economie", "Économie"),
        ("المسؤول الأول", "المسول", "المسؤول"),
        ("شرب الماء.", "الما", "الماء"),
        ("العـــيونـ ", "العيون", "العـــيونـ"),
        ("سماء وماء", "سما", "سماء"),
        ("قراءة", "قرا", "قراء"),
        ("الشؤ\u200cون", "الشون", "الشؤ\u200cون"),
    ],
    ids=[
        "marks",
        "tatweel",
        "forms",
        "gaf",
        "digits",
        "accents",
        "hamza",
        "last-hamza",
        "last-tatweel",
        "word",
        "inner-hamza",
        "invisible",
    ],
)
def test_a_folded_word_leads_to_its_original_letters(text: str, word: str, original: str) -> None:
    assert shown(text, word) == original


def test_a_part_of_a_word_leads_to_those_letters_alone() -> None:
    assert shown("الوَزِيرُ", "وزير") == "وَزِيرُ"


def test_several_words_lead_to_all_between_them() -> None:
    assert shown("في الصَّحراء  المغربيّة.", "الصحرا المغربيه") == "الصَّحراء  المغربيّة"


@settings(deadline=None, max_examples=300)
@given(ANY_TEXT | TRICKY)
def test_the_words_stand_in_order_within_the_text(text: str) -> None:
    words = FoldedText(text).words()

    assert [word.folded for word in words] == fold(text).split()
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(before.start <= after.start for before, after in pairwise(words))


@settings(deadline=None, max_examples=300)
@given(ANY_TEXT | TRICKY)
def test_what_a_word_leads_to_folds_to_it(text: str) -> None:
    """Unless one character stands for several words, as ﷺ does."""
    for word in FoldedText(text).words():
        assert word.folded in fold(text[word.start : word.end])


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(["أَمَل", "مـاء", "ﷺ", "٣", "Été", "،", " "]), max_size=8), st.data())
def test_every_folded_range_has_an_origin(parts: list[str], data: st.DataObject) -> None:
    text = " ".join(parts)
    folded = FoldedText(text)
    size = len(folded.folded)
    start = data.draw(st.integers(0, max(size - 1, 0)))
    end = data.draw(st.integers(start + 1, max(size, start + 1)))

    if size:
        begin, stop = folded.origin(start, end)
        assert 0 <= begin < stop <= len(text)
