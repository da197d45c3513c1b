"""The stamp of a comment form: proof that the form came from a page of ours about this article.

It takes the place of a CSRF cookie, so that a page can be the same bytes for every reader. It is
bound to the article and not to a person, may be used again, and says the hour it was made in, so
that pages rendered in the same hour are equal.
"""

import time

from django.core.signing import BadSignature, Signer

LIFETIME = 7 * 24  # hours
_SALT = "comments.stamp"


class StampError(ValueError):
    """The stamp is missing, forged, for another article, or older than LIFETIME."""


def make_stamp(article_pk: int) -> str:
    """A stamp for the form under this article."""
    return Signer(salt=_SALT).sign(f"{article_pk}.{_hour()}")


def check_stamp(stamp: str, article_pk: int) -> None:
    """Raise StampError unless `stamp` was made for this article within LIFETIME."""
    try:
        stamped_pk, hour = Signer(salt=_SALT).unsign(stamp).split(".")
    except (BadSignature, ValueError) as error:
        raise StampError("forged") from error
    if stamped_pk != str(article_pk):
        raise StampError("another article")
    if not 0 <= _hour() - int(hour) <= LIFETIME:
        raise StampError("stale")


def _hour() -> int:
    return int(time.time()) // 3600
