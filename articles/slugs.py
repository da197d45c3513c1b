"""Slugs that keep their Arabic, and the short codes of share links."""

import re
import unicodedata

from articles.arabic import without_stacks

MAX_LENGTH = 500
EMPTY = "-"
# `/news/<pk>/comments/` and `/news/<pk>/error/` are addresses of their own.
RESERVED = {"comments", "error"}
DROPPED_CATEGORIES = {"Mn", "Me", "Cf"}
GAPS = re.compile(r"[\W_]+")
# Without the letters that are read as digits, so that a code can be dictated.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def make_slug(text: str) -> str:
    """An address part from a title: letters and digits of any script, joined by hyphens, never empty.

    Marks and tatweel go. What is longer than MAX_LENGTH ends at a whole word where there is one.
    """
    kept = (
        character
        for character in unicodedata.normalize("NFKC", without_stacks(text)).lower()
        if character != "ـ" and unicodedata.category(character) not in DROPPED_CATEGORIES
    )
    slug = GAPS.sub("-", "".join(kept)).strip("-")
    if len(slug) > MAX_LENGTH:
        slug = slug[:MAX_LENGTH].rpartition("-")[0] or slug[:MAX_LENGTH]
    return EMPTY if not slug or slug in RESERVED else slug


def encode_short(number: int) -> str:
    """The short code of a positive number, in base 32."""
    code = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        code = ALPHABET[digit] + code
    return code


def decode_short(code: str) -> int:
    """The number behind a short code; ValueError for anything `encode_short` does not write."""
    number = 0
    for character in code:
        number = number * len(ALPHABET) + ALPHABET.index(character)
    if number.bit_length() > 63 or encode_short(number) != code:
        raise ValueError(code)
    return number
