"""Highlights: exactly the words that were found, in their own letters, in a passage that shows them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.search.highlight import SNIPPET, highlight, snippet
from articles.search.query import Thesaurus, parse

FILLER = " ".join(f"كلمة{number}" for number in range(200))
PARTS = st.lists(
    st.sampled_from(["الوَزير", "وزارة", "ـ", "ﷺ", "،", "Été", "\u200f", "\n", "«", "٣", "سدود"]), max_size=60
)


def marked(text: str, query: str) -> list[str]:
    return [piece.text for piece in highlight(text, parse(query)) if piece.is_match]


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("زار وَزِيرُ الصحّة وزارتَه", "الوزير", ["وَزِيرُ"]),
        ("أڭادير: العـــيون، ﻃﻨﺠﺔ.", "اكادير طنجة العيون", ["أڭادير", "العـــيون", "ﻃﻨﺠﺔ"]),
        ("وزارة الصحة ثم وزارة المالية", "«وزارة الصحة»", ["وزارة", "الصحة"]),
        ("L’Économie, les économies", "economie", ["Économie", "économies"]),
        ("عام ٢٠٣٠ و2030", "2030", ["٢٠٣٠", "و2030"]),
        ("لا شيء هنا", "وزير", []),
        ("", "وزير", []),
    ],
    ids=["marks", "spellings", "phrase", "french", "digits", "nothing", "empty"],
)
def test_the_words_found_are_marked_and_nothing_else(text: str, query: str, words: list[str]) -> None:
    assert marked(text, query) == words


def test_synonyms_are_marked_as_well() -> None:
    query = parse("الوزراء", Thesaurus([[("وزير",), ("وزرا",)]]))

    assert [piece.text for piece in highlight("اجتماع الوزير", query) if piece.is_match] == ["الوزير"]


def test_a_short_text_is_its_own_passage() -> None:
    assert "".join(piece.text for piece in snippet("قال الوزير كلمة.", parse("وزير"))) == "قال الوزير كلمة."


def test_the_passage_shows_what_was_found_far_down() -> None:
    pieces = snippet(f"{FILLER} قال الوزير شيئا {FILLER}", parse("وزير"))

    assert [piece.text for piece in pieces if piece.is_match] == ["الوزير"]
    assert pieces[0].text.startswith("… ")
    assert pieces[-1].text.endswith(" …")
    assert len("".join(piece.text for piece in pieces).split()) <= SNIPPET + 2


def test_the_passage_is_the_one_that_holds_most() -> None:
    text = f"الوزير {FILLER} وزير السدود والوزير {FILLER}"

    assert len([piece for piece in snippet(text, parse("وزير سدود")) if piece.is_match]) == 3


def test_without_anything_found_the_passage_is_the_beginning() -> None:
    pieces = snippet(FILLER, parse("وزير"))

    assert pieces[0].text.startswith("كلمة0 كلمة1 ")


def test_a_text_of_signs_has_no_passage() -> None:
    assert snippet("… — !", parse("وزير")) == []


@settings(deadline=None, max_examples=200)
@given(PARTS)
def test_the_pieces_make_up_the_text(parts: list[str]) -> None:
    text = " ".join(parts)

    assert "".join(piece.text for piece in highlight(text, parse("وزير وزارة سد"))) == text


@settings(deadline=None, max_examples=200)
@given(PARTS)
def test_a_passage_is_cut_between_words_alone(parts: list[str]) -> None:
    text = " ".join(parts)

    shown = "".join(piece.text for piece in snippet(text, parse("وزير وزارة سد")))

    assert shown.removeprefix("… ").removesuffix(" …") in text
