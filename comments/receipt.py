"""The receipt: a page that shows a comment to its writer alone, by a signed address."""

from django.core import signing
from django.http import Http404
from django.urls import reverse

from comments.models import Comment

LIFETIME = 30 * 24 * 3600  # seconds
_SALT = "comments.receipt"


def receipt_url(comment: Comment) -> str:
    """The address of the receipt; whoever knows it sees the comment."""
    return reverse("comment_received", args=[signing.dumps(comment.pk, salt=_SALT)])


def read_receipt(token: str) -> int:
    """The key of the comment. Raises Http404 where the token is forged or older than LIFETIME."""
    try:
        return signing.loads(token, salt=_SALT, max_age=LIFETIME)
    except signing.BadSignature as error:
        raise Http404("no such receipt") from error
