"""Path converters: Django's own slug knows no Arabic and its integers no end."""

import unicodedata
from itertools import groupby

from django.conf import settings
from django.urls import register_converter

from articles.renditions import ENCODINGS, SHAPES, WIDTHS

JOINERS = "\u200c-\u200f"  # that keyboards and messages leave in words


def _marks() -> str:
    """The marks of every script as the ranges of a character class; `\\w` leaves them out."""
    points = [point for point in range(0x300, 0x1F000) if unicodedata.category(chr(point))[0] == "M"]
    runs = [list(run) for _, run in groupby(enumerate(points), lambda pair: pair[1] - pair[0])]
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


class CosmeticSlugConverter:
    """Any path segment: the number before it decides, so every spelling must reach the redirect."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class UnicodeSlugConverter(CosmeticSlugConverter):
    """Letters and digits of any script with their marks, and hyphens."""

    regex = rf"[-\w{JOINERS}{_marks()}]+"


class KeyConverter:
    """A primary key that fits a database's 64 bits."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class YearConverter(KeyConverter):
    """A year of the calendar, in four digits."""

    regex = "[0-9]{4}"

    def to_url(self, value: int) -> str:
        return f"{value:04}"


class MonthConverter(KeyConverter):
    """What may be the number of a month, in two digits: one address for each."""

    regex = "[0-9]{2}"

    def to_url(self, value: int) -> str:
        return f"{value:02}"


class RenditionKeyConverter(CosmeticSlugConverter):
    """What follows from a picture's content and focal point."""

    regex = "[0-9a-f]{10}"


class RenditionConverter(CosmeticSlugConverter):
    """One entry of the closed list, such as `w-640.avif`."""

    regex = rf"[{''.join(SHAPES)}]-(?:{'|'.join(map(str, WIDTHS))})\.(?:{'|'.join(ENCODINGS)})"


class AnnouncerKeyConverter(CosmeticSlugConverter):
    """What the key of IndexNow may look like."""

    regex = "[-0-9A-Za-z]{8,128}"


class LanguageConverter(CosmeticSlugConverter):
    """The code of one of the portal's languages."""

    regex = "|".join(code for code, _name in settings.LANGUAGES)


class FeedFormConverter(CosmeticSlugConverter):
    """What a feed is written in, where it is not RSS."""

    regex = "atom|json"


def register() -> None:
    """Make our own kinds of parts of an address known to `path()`."""
    register_converter(LanguageConverter, "language")
    register_converter(AnnouncerKeyConverter, "announcerkey")
    register_converter(FeedFormConverter, "feedform")
    register_converter(RenditionKeyConverter, "renditionkey")
    register_converter(RenditionConverter, "rendition")
    register_converter(CosmeticSlugConverter, "anyslug")
    register_converter(UnicodeSlugConverter, "uslug")
    register_converter(KeyConverter, "key")
    register_converter(YearConverter, "year")
    register_converter(MonthConverter, "month")
