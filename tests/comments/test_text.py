"""What readers type: nothing invisible, nothing piled up, nothing too long."""

import time
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.text import MAX_NAME, MAX_TEXT, clean_name, clean_text

ANY_TEXT = st.text(st.characters(exclude_categories=()))
HOSTILE = st.lists(
    st.sampled_from(
        ["\r\n", "\r", "\n", " ", "\t", "\u202e", "\u2066", "\u200c", "\u0301", "\ufdfa", "ـ", "س", "\u3164"]
    )
).map("".join)
CLEANERS = pytest.mark.parametrize("clean", [clean_name, clean_text], ids=["name", "text"])
BIDI_CONTROLS = [*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200e", "\u200f", "\u061c"]
Cleaner = Callable[[str], str]


def refusal(clean: Cleaner, text: str) -> str:
    """The code of the refusal, or what it was cleaned to."""
    try:
        return clean(text)
    except ValidationError as error:
        return f"refused: {error.code}"


@CLEANERS
@pytest.mark.parametrize("control", BIDI_CONTROLS, ids=lambda control: f"U+{ord(control):04X}")
def test_direction_controls_are_taken_out(clean: Cleaner, control: str) -> None:
    assert clean(f"{control}سعيد{control} الفاسي{control}") == "سعيد الفاسي"


@pytest.mark.parametrize(
    "name",
    ["", "   ", "\u200b\u200c\u200d", "ـــ", "\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\U000e0041\U000e007f"]
    + ["\u202e", "\u00ad", "\u034f", "\ufe0f", "\u0301"],
    ids=["empty", "spaces", "zero-width", "tatweel", "hangul", "jamo", "halfwidth", "braille", "tags"]
    + ["override", "soft-hyphen", "joiner", "selector", "lone-mark"],
)
def test_a_name_that_nobody_sees_is_refused(name: str) -> None:
    assert refusal(clean_name, name) == "refused: invisible"


@pytest.mark.parametrize("name", ["سعيد", "Saïd", "سـعيد", "محمّد", "a", "7", "李"], ids=ascii)
def test_a_name_that_is_seen_is_kept_as_typed(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\u200b\u200d",
        "\u3164",
        "\u2800",
        "\u00ad",
        "\U000e0041",
        "\u202e\u202c",
        "\ufe0f",
        "\u034f",
        "\U000e0100",
    ],
    ids=[
        "empty",
        "space",
        "zero-width",
        "hangul",
        "braille",
        "soft-hyphen",
        "tag",
        "bidi",
        "selector",
        "joiner",
        "supplement",
    ],
)
def test_a_comment_that_nobody_sees_is_refused(text: str) -> None:
    assert refusal(clean_text, text) == "refused: required"


@pytest.mark.parametrize("text", ["نعم", "!", "👍", "ﷺ", "❤\ufe0f"], ids=["word", "sign", "emoji", "ligature", "heart"])
def test_a_short_comment_is_kept_as_typed(text: str) -> None:
    assert clean_text(text) == text


@CLEANERS
def test_three_marks_on_a_letter_are_kept(clean: Cleaner) -> None:
    text = "م" + "\u0651\u064b\u0670"

    assert clean(text) == text


@CLEANERS
@pytest.mark.parametrize(
    "text",
    ["e" + "\u0301" * 4, "ه" + "\u064b" * 30, "é" + "\u0301" * 3, "e" + "\u20dd" * 4, "نص e" + "\u0301" * 4 + " نص"],
    ids=["latin", "arabic", "precomposed", "enclosing", "amid"],
)
def test_marks_piled_on_a_letter_are_refused(clean: Cleaner, text: str) -> None:
    assert refusal(clean, text) == "refused: marks"


@CLEANERS
@pytest.mark.parametrize("between", ["\u200d", "\u200c", "\u00ad"], ids=["zwj", "zwnj", "soft-hyphen"])
def test_an_invisible_character_does_not_start_a_new_pile(clean: Cleaner, between: str) -> None:
    assert refusal(clean, "e" + ("\u0301" * 3 + between) * 10) == "refused: marks"


def test_a_vowelled_verse_is_kept() -> None:
    verse = "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ"

    assert clean_text(verse) == verse
    assert clean_name(verse) == verse


@pytest.mark.parametrize(
    ("clean", "limit"), [(clean_name, MAX_NAME), (clean_text, MAX_TEXT)], ids=["name-60", "text-5000"]
)
def test_the_longest_is_accepted_and_one_more_refused(clean: Cleaner, limit: int) -> None:
    assert clean("س" * limit) == "س" * limit
    assert refusal(clean, "س" * (limit + 1)) == "refused: long"


def test_the_limits_are_the_published_ones() -> None:
    assert (MAX_NAME, MAX_TEXT) == (60, 5_000)


@CLEANERS
def test_surrounding_space_does_not_count(clean: Cleaner) -> None:
    assert clean(" " * 5_000 + "سعيد" + "\n" * 5_000) == "سعيد"


def test_a_name_is_measured_as_it_grows_in_other_forms() -> None:
    assert clean_name("\ufdfa" * 3) == "\ufdfa" * 3  # 54 characters in NFKC
    assert refusal(clean_name, "\ufdfa" * 4) == "refused: long"  # 72


@CLEANERS
@pytest.mark.parametrize(
    "point",
    [0x00, 0x07, 0x08, 0x1B, 0x7F, 0x80, 0x9F, 0xD800, 0xDFFF, 0xFDD0, 0xFFFE, 0x10FFFF],
    ids=lambda point: f"U+{point:04X}",
)
def test_control_characters_are_refused(clean: Cleaner, point: int) -> None:
    assert refusal(clean, f"سع{chr(point)}يد") == "refused: control"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_breaks_become_one_kind(line_break: str) -> None:
    assert clean_text(f"سطر{line_break}سطر") == "سطر\nسطر"


@pytest.mark.parametrize(
    "gap", ["\n\n", "\n\n\n\n", "\r\n\r\n\r\n", "\n \n\t\n"], ids=["two", "four", "crlf", "blanks"]
)
def test_at_most_one_empty_line_stands_between_paragraphs(gap: str) -> None:
    assert clean_text(f"فقرة{gap}فقرة") == "فقرة\n\nفقرة"


def test_a_name_stands_on_one_line() -> None:
    assert clean_name("سعيد\r\n\tالفاسي  ") == "سعيد الفاسي"


@CLEANERS
def test_the_zero_width_non_joiner_is_kept(clean: Cleaner) -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


@CLEANERS
@given(text=ANY_TEXT | HOSTILE)
@settings(deadline=None, max_examples=200)
def test_any_text_is_refused_or_cleaned_once_for_all(clean: Cleaner, text: str) -> None:
    try:
        cleaned = clean(text)
    except ValidationError:
        return

    assert clean(cleaned) == cleaned
    assert cleaned.strip() == cleaned != ""
    assert not set(cleaned) & {"\r", *BIDI_CONTROLS}
    assert "\n\n\n" not in cleaned


@CLEANERS
@pytest.mark.parametrize(
    "text",
    ["\n " * 20_000, "\u0301" * 20_000, " " * 60_000 + "س", "\ufdfa" * 5_000],
    ids=["lines", "marks", "spaces", "grows"],
)
def test_hostile_lengths_cost_little(clean: Cleaner, text: str) -> None:
    started = time.process_time()

    refusal(clean, text)

    assert time.process_time() - started < 0.5
