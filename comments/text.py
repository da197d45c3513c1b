"""What readers type, made safe to store: names and comments without invisible tricks."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.arabic import fold
from articles.bidi import drop_controls, one_line
from articles.validators import validate_characters

MAX_NAME = 60
MAX_TEXT = 5_000
MAX_MARKS = 3  # on one letter; more is drawn over the lines around it
# Shown as nothing although Unicode files them among letters and symbols.
BLANKS = re.compile("[\u3164\u115f\u1160\uffa0\u2800]")
INVISIBLE_NAME = _("Write a name that other readers can see.")
REQUIRED_TEXT = _("Write your comment first.")
LONG_TEXT = _("A comment has at most 5,000 characters. Yours is longer.")
EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


def clean_name(name: str, invisible: Any = INVISIBLE_NAME) -> str:
    """The name on one line, without direction controls; `invisible` says that nothing of it would be seen.

    Raises ValidationError where nothing of it would be seen, where it is too long in any
    Unicode form, or where marks are piled up.
    """
    name = one_line(name)
    validate_characters(name)
    if not BLANKS.sub("", fold(name)).strip():
        raise ValidationError(invisible, code="invisible")
    # The first before the second: putting a long name into a normal form may cost the square of its length.
    if len(name) > MAX_NAME or len(unicodedata.normalize("NFKC", name)) > MAX_NAME:
        raise ValidationError(_("A name has at most 60 characters."), code="long")
    _refuse_piled_marks(name)
    return name


def clean_text(text: str, required: Any = REQUIRED_TEXT, long: Any = LONG_TEXT) -> str:
    """The text with single line breaks and at most one empty line between paragraphs.

    Raises ValidationError where nothing would be seen or it is longer than MAX_TEXT.
    """
    text = drop_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    text = EMPTY_LINES.sub("\n\n", text).strip()
    validate_characters(text)
    if not any(_is_seen(character) for character in BLANKS.sub("", text)):
        raise ValidationError(required, code="required")
    if len(text) > MAX_TEXT:
        raise ValidationError(long, code="long")
    _refuse_piled_marks(text)
    return text


def _is_seen(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character)[0] not in "CM"


def _refuse_piled_marks(text: str) -> None:
    run = 0
    for character in unicodedata.normalize("NFD", text):
        category = unicodedata.category(character)
        if category in ("Mn", "Me"):
            run += 1
        elif category != "Cf":  # joiners and the like do not end the letter
            run = 0
        if run > MAX_MARKS:
            raise ValidationError(_("Too many marks stand on one letter."), code="marks")
