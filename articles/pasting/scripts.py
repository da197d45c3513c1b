"""What the rules for pasted text share: the Arabic letters, and the shape of an edit."""

from typing import NamedTuple

# Letters and marks, without tatweel, digits and punctuation; a piece of a character class.
ARABIC = (
    "\u0620-\u063f\u0641-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06ff"
    "\u0750-\u077f\u08a0-\u08ff"
)


class Edit(NamedTuple):
    """A change of a text: what stands from `start` to `end` becomes `replacement`."""

    kind: str
    start: int
    end: int
    replacement: str
