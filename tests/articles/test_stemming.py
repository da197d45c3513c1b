"""Stemming: forms of one word meet, other words do not, whatever comes in."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.arabic import LEAST, fold, stem, stems
from tests.vectors import DIFFERENT, SAME

LETTERS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1, max_size=60)


def stem_of(word: str) -> str:
    return stem(fold(word))


@pytest.mark.parametrize(("one", "other"), SAME)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem_of(one) != stem_of(other)


@pytest.mark.parametrize("word", ["كتاب", "بيت", "فكرة", "كلام", "بلد", "فرح", "كرم", "لعب"])
def test_a_bare_first_letter_is_never_taken_for_a_particle(word: str) -> None:
    assert stem_of(word)[0] == fold(word)[0]


@pytest.mark.parametrize("prefix", ["و", "ال", "وال", "بال", "كال", "فال", "لل", "ولل", "وبال"])
def test_conjunction_and_article_go(prefix: str) -> None:
    assert stem_of(f"{prefix}مغرب") == "مغرب"


@pytest.mark.parametrize("suffix", ["ها", "ان", "ات", "ون", "ين", "ية", "ه", "ة", "ي", "يات", "هم", "نا", "ياتها"])
def test_common_endings_go(suffix: str) -> None:
    assert stem_of(f"مجتمع{suffix}") == "مجتمع"


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [
        ("articles", "article"),
        ("process", "process"),
        ("virus", "virus"),
        ("bus", "bus"),
        ("2026", "2026"),
        ("5g", "5g"),
    ],
)
def test_latin_words_lose_only_the_s_of_the_plural(word: str, stemmed: str) -> None:
    assert stem(word) == stemmed


def test_the_stems_of_a_text_stand_in_its_order() -> None:
    assert stems("أعلنت الوزارة، بالرباط: «قرارات» جديدة") == ["اعلن", "وزار", "رباط", "قرار", "جديد"]


def test_every_letter_alone_is_its_own_stem() -> None:
    words = {folded for point in range(sys.maxunicode + 1) for folded in fold(chr(point)).split() if len(folded) == 1}

    assert {word for word in words if stem(word) != word} == set()


@pytest.mark.parametrize("word", ["و" * 10_000, "ال" * 5_000, "ات" * 5_000, "ا", "لل", "وال"], ids=len)
def test_what_is_no_word_does_no_harm(word: str) -> None:
    assert stem(word)


@settings(deadline=None, max_examples=300)
@given(LETTERS)
def test_a_stem_is_a_part_of_its_word_and_keeps_enough_of_it(word: str) -> None:
    folded = fold(word)

    assert stem(folded) in folded
    assert len(stem(folded)) >= min(LEAST, len(folded))


@settings(deadline=None, max_examples=300)
@given(LETTERS)
def test_word_and_article_share_their_stem(word: str) -> None:
    """Whatever the word is, with an article before it the same stem is found."""
    folded = fold(word)

    if 3 <= len(folded) <= 30 and not folded.startswith(("و", "بال", "كال", "فال", "ل")):
        assert stem(f"ال{folded}") == stem(folded)
