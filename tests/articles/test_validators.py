"""No text field takes control characters, and feeds lose those that are stored already."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.models import Article, Author, Category, Picture, Tag
from articles.validators import drop_forbidden, validate_characters

ANY_TEXT = st.text(st.characters(exclude_categories=()))
CONTROLS = [*set(range(0x20)) - {0x09, 0x0A, 0x0D}, *range(0x7F, 0xA0)]
NONCHARACTERS = [
    *range(0xFDD0, 0xFDF0),
    *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
]
SURROGATES = range(0xD800, 0xE000)
FORBIDDEN = {*CONTROLS, *NONCHARACTERS, *SURROGATES}


def is_refused(text: str) -> bool:
    try:
        validate_characters(text)
    except ValidationError as error:
        return error.code == "control"
    return False


def test_exactly_controls_noncharacters_and_surrogates_are_refused() -> None:
    refused = {point for point in range(0x110000) if is_refused(f"مغ{chr(point)}رب")}

    assert refused == FORBIDDEN


def test_what_python_calls_a_control_is_refused_but_tab_and_line_breaks() -> None:
    kept = [chr(point) for point in range(0x110000) if unicodedata.category(chr(point)) == "Cc"]

    assert [character for character in kept if not is_refused(character)] == ["\t", "\n", "\r"]


@pytest.mark.parametrize(
    "text",
    ["", "الرباط،\nسلا\tوالقنيطرة", "مـَغرب", "من\u200cها", "🇲🇦", "\ufffd", "\ue000", "\u00a0\u00ad"],
    ids=["empty", "lines", "marks", "zwnj", "flag", "replacement", "private", "latin-1"],
)
def test_ordinary_text_is_taken(text: str) -> None:
    validate_characters(text)

    assert drop_forbidden(text) == text


@pytest.mark.parametrize("text", ["\x00", "نص\x07", "\x0bنص", "ن\x9fص", "\ud83d", "\ufffe", "\U0010ffff"], ids=ascii)
def test_a_hostile_character_is_refused_wherever_it_stands(text: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_characters(text)

    assert refusal.value.code == "control"


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_what_is_dropped_is_what_is_refused(text: str) -> None:
    cleaned = drop_forbidden(text)

    validate_characters(cleaned)
    assert cleaned == "".join(character for character in text if ord(character) not in FORBIDDEN)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        *(
            (Article, f"{name}_{code}")
            for name in ("kicker", "title", "summary", "body")
            for code in ("ar", "fr", "en")
        ),
        *((Category, name) for name in ("name_ar", "name_fr", "description_ar")),
        *((Tag, name) for name in ("name", "label_ar", "label_fr")),
        *((Author, name) for name in ("name_ar", "role_ar", "bio_en")),
        *((Picture, name) for name in ("alt_ar", "caption_fr", "credit")),
    ],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
def test_every_field_that_readers_see_refuses_controls(model: type, field: str) -> None:
    subject = model._meta.get_field(field)

    with pytest.raises(ValidationError) as refusal:
        subject.run_validators("نص\x07")
    subject.run_validators("نص")

    assert refusal.value.error_list[0].code == "control"
