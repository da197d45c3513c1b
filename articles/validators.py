"""What no text field takes: characters that break feeds, logs and terminals."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# C0 and C1 controls but tab and line breaks, lone surrogates, and the noncharacters of every plane.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)


def validate_characters(text: str) -> None:
    """Raise ValidationError where `text` holds a control character or a noncharacter."""
    if FORBIDDEN.search(text):
        raise ValidationError(
            _("This text contains invisible control characters. Retype it here, please."), code="control"
        )


def drop_forbidden(text: str) -> str:
    """`text` without such characters, for feeds that must stay well-formed whatever is stored."""
    return FORBIDDEN.sub("", text)
