"""Path converters: Django's own slug knows no Arabic and its integers no end."""

from django.urls import register_converter


class CosmeticSlugConverter:
    """Any path segment: the number before it decides, so every spelling must reach the redirect."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class UnicodeSlugConverter(CosmeticSlugConverter):
    """Letters and digits of any script, with hyphens."""

    regex = r"[-\w]+"


class KeyConverter:
    """A primary key that fits a database's 64 bits."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def register() -> None:
    """Make `<anyslug:…>`, `<uslug:…>` and `<key:…>` known to `path()`."""
    register_converter(CosmeticSlugConverter, "anyslug")
    register_converter(UnicodeSlugConverter, "uslug")
    register_converter(KeyConverter, "key")
