"""The stamp of a public form: proof that the form came from a page of ours about this subject.

It takes the place of a CSRF cookie, so that a page can be the same bytes for every reader. It is
bound to the subject (an article by its key, a page of forms by a word) and not to a person, may be
used again, and says the hour it was made in, so that pages rendered in the same hour are equal.
"""

import time

from django.core.signing import BadSignature, Signer

LIFETIME = 7 * 24  # hours
_SALT = "comments.stamp"


class StampError(ValueError):
    """The stamp is missing, forged, for another subject, or older than LIFETIME."""


def make_stamp(subject: int | str) -> str:
    """A stamp for the form about this subject; a word has no dot in it."""
    return Signer(salt=_SALT).sign(f"{subject}.{_hour()}")


def check_stamp(stamp: str, subject: int | str) -> None:
    """Raise StampError unless `stamp` was made for this subject within LIFETIME."""
    try:
        stamped, hour = Signer(salt=_SALT).unsign(stamp).split(".")
    except (BadSignature, ValueError) as error:
        raise StampError("forged") from error
    if stamped != str(subject):
        raise StampError("another subject")
    if not 0 <= _hour() - int(hour) <= LIFETIME:
        raise StampError("stale")


def _hour() -> int:
    return int(time.time()) // 3600
