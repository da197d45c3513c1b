"""Slugs keep their Arabic; short codes come back as the number they were made from."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.converters import UnicodeSlugConverter
from articles.slugs import ALPHABET, MAX_LENGTH, decode_short, encode_short, make_slug

ANY_TEXT = st.text(st.characters(exclude_categories=()))
LARGEST = 2**63 - 1


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("افتتاح السد الجديد", "افتتاح-السد-الجديد"),
        ("سَدٌّ جـديد", "سد-جديد"),
        ("«الماء»، أولا؛ لماذا؟", "الماء-أولا-لماذا"),
        ("ﻣﺪﻳﻨﺔ", "مدينة"),
        ("مؤتمر المناخ 2026: 34%", "مؤتمر-المناخ-2026-34"),
        ("Le Maroc à l'été", "le-maroc-à-l-été"),
        ("  -- طنجة/تطوان__الحسيمة --  ", "طنجة-تطوان-الحسيمة"),
        ("مغ\u200cر\u202eب", "مغرب"),
    ],
    ids=["words", "marks", "punctuation", "presentation", "digits", "french", "edges", "invisible"],
)
def test_a_slug_keeps_letters_and_digits_of_any_script(title: str, slug: str) -> None:
    assert make_slug(title) == slug


@pytest.mark.parametrize("title", ["", "   ", "؟!", "ـــ", "\u064b\u200b", "___", "🌧"], ids=ascii)
def test_a_title_without_letters_gets_a_hyphen(title: str) -> None:
    assert make_slug(title) == "-"


@pytest.mark.parametrize("title", ["comments", "Comments", " comments! "])
def test_the_address_of_the_comments_is_no_slug(title: str) -> None:
    assert make_slug(title) == "-"


def test_a_longer_word_with_the_reserved_one_in_it_is_kept() -> None:
    assert make_slug("comments closed") == "comments-closed"


def test_an_arabic_slug_is_not_cut_where_others_cut_it() -> None:
    title = " ".join(["المجلس الجماعي"] * 10)

    assert make_slug(title) == title.replace(" ", "-")


def test_a_slug_that_is_too_long_ends_at_a_whole_word() -> None:
    slug = make_slug("مستشفى " * 100)

    assert len(slug) <= MAX_LENGTH
    assert set(slug.split("-")) == {"مستشفى"}


def test_one_endless_word_is_cut() -> None:
    assert make_slug("س" * 2000) == "س" * MAX_LENGTH


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_every_slug_fits_its_address_and_its_column(text: str) -> None:
    slug = make_slug(text)

    assert re.fullmatch(UnicodeSlugConverter.regex, slug)
    assert 0 < len(slug) <= MAX_LENGTH
    assert "--" not in slug


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    slug = make_slug(text)

    assert make_slug(slug) == slug


@settings(deadline=None, max_examples=200)
@given(st.integers(1, LARGEST))
def test_a_short_code_comes_back(number: int) -> None:
    code = encode_short(number)

    assert decode_short(code) == number
    assert code.isascii()
    assert set(code) <= set(ALPHABET)


@pytest.mark.parametrize("number", [1, 31, 32, 1023, 1024, LARGEST])
def test_a_short_code_comes_back_at_the_edges(number: int) -> None:
    assert decode_short(encode_short(number)) == number


def test_a_million_articles_need_four_characters() -> None:
    assert len(encode_short(1_000_000)) == 4


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_two_articles_never_share_a_code(one: int, other: int) -> None:
    assert (encode_short(one) == encode_short(other)) == (one == other)


@pytest.mark.parametrize(
    "code",
    ["01", "A", "i", "l", "o", "u", "a b", "a\n", "-1", "٣", "é", "\x00", encode_short(LARGEST + 1), "z" * 5000],
    ids=ascii,
)
def test_what_was_never_written_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        decode_short(code)


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT | st.text(ALPHABET))
def test_a_code_that_is_read_is_the_one_spelling_of_its_number(code: str) -> None:
    try:
        number = decode_short(code)
    except ValueError:
        return

    assert encode_short(number) == code
