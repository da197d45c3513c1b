"""Direction controls: dropped from what people type, put round names in plain text."""

import unicodedata
from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from articles.bidi import drop_controls, isolate
from articles.models import Tag
from articles.tagging import parse_tags
from articles.wording import shorten
from comments.text import clean_name, clean_text
from tests.admin_forms import errors_beside, save
from tests.factories import make_article

CONTROLS = [chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)]
ZWNJ = "\u200c"
# Whole graphemes: a letter with marks, joined and tinted emoji, a flag, Hangul in parts, an Indic conjunct.
GRAPHEMES = [
    "ب",
    "بَّ",
    "é",
    "e\u0301\u0323",
    "👨‍👩‍👧‍👦",
    "👍🏽",
    "🇲🇦",
    "\u1112\u1161\u11ab",
    "क्षि",
    "❤️",
    "ی" + ZWNJ,
    "a",
    "؟",
]


@given(st.text(st.sampled_from(CONTROLS) | st.characters(codec="utf-8")))
def test_no_control_is_left_and_nothing_else_is_lost(text: str) -> None:
    assert drop_controls(text) == "".join(character for character in text if character not in CONTROLS)


@given(st.text(st.sampled_from(CONTROLS) | st.characters(codec="utf-8")))
def test_what_is_isolated_opens_once_and_closes_once(text: str) -> None:
    isolated = isolate(text)

    directions = [character for character in isolated if character in CONTROLS]
    assert directions == ["\u2068", "\u2069"]
    assert isolated == f"\u2068{drop_controls(text)}\u2069"


@pytest.mark.parametrize("control", CONTROLS, ids=lambda character: f"U+{ord(character):04X}")
def test_names_comments_and_tags_lose_them(control: str) -> None:
    typed = f"سعيد{control}Said"

    assert clean_name(typed) == clean_text(typed) == "سعيدSaid"
    assert parse_tags(f"{typed}، الماء{control}") == ["سعيدSaid", "الماء"]


def test_the_joiner_that_belongs_to_the_spelling_is_kept() -> None:
    word = f"می{ZWNJ}خواهم"

    assert clean_name(word) == clean_text(word) == drop_controls(word) == word
    assert parse_tags(word) == [word]


@pytest.mark.django_db
def test_a_tag_is_stored_without_them_however_it_is_made() -> None:
    make_article().tags.set(["\u202eالماء\u202c", "ال\u2066ماء"])
    Tag.objects.create(name="\u202eوجدة")

    assert set(Tag.objects.values_list("name", flat=True)) == {"الماء", "وجدة"}


@pytest.mark.django_db
def test_a_tag_of_nothing_else_is_refused_beside_its_field(login: Any, editor: User) -> None:
    response = save(login(editor), "/admin/articles/tag/add/", name="\u202e\u202c")

    assert errors_beside(response, "name") == ["المرجو كتابة اسم يمكن للقراء الآخرين رؤيته."]


@given(st.lists(st.sampled_from([*GRAPHEMES, " "]), max_size=40), st.integers(2, 30))
def test_a_shortened_text_ends_between_graphemes(graphemes: list[str], length: int) -> None:
    text = "".join(graphemes)
    short = shorten(text, length)

    assert len(short) <= length
    if short != text:
        places = {len("".join(graphemes[:count]).rstrip()) for count in range(len(graphemes) + 1)}
        assert short.endswith("…")
        assert text.startswith(short[:-1])
        assert len(short) - 1 in places


@given(st.text(max_size=30), st.integers(2, 40))
def test_any_text_can_be_shortened(text: str, length: int) -> None:
    short = shorten(text, length)

    assert len(short) <= length
    assert short == text or not short[:-1] or unicodedata.category(text[len(short) - 1]) not in {"Mn", "Me", "Mc"}


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("قصير", 10, "قصير"),
        ("شكرا على هذا المقال", 13, "شكرا على هذا…"),
        ("شكرا على هذا المقال", 12, "شكرا على…"),
        ("https://example.ma/" + "a" * 50, 20, "https://example.ma/…"),
        ("بَ" * 10, 6, "بَبَ…"),
    ],
    ids=["short", "whole-words", "earlier-word", "one-long-word", "marks"],
)
def test_a_text_is_shortened_after_a_word(text: str, length: int, short: str) -> None:
    assert shorten(text, length) == short
