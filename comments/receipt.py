"""The receipt: a page that shows a comment to its writer alone, by a signed address."""

from dataclasses import dataclass

from django.core import signing
from django.http import Http404
from django.urls import reverse

from comments.choices import TOLD, Cause, Reason, Status
from comments.models import Comment, WithdrawalRequest

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


@dataclass(frozen=True)
class Receipt:
    """What became of a comment, as far as its writer is told.

    `state` is waiting, published, refused, taken_down or taken_back; a sender of spam hears that it
    waits. `cause` is in words, and empty where telling it would only help the sender. `request` is
    the last one to take the comment back.
    """

    state: str
    cause: str
    answers: list[Comment]  # by the newsroom
    request: WithdrawalRequest | None

    @property
    def may_be_taken_back(self) -> bool:
        return self.state in ("waiting", "published")


def receipt_of(comment: Comment) -> Receipt:
    """The receipt of `comment`, in at most three queries."""
    state, cause = _fate(comment)
    return Receipt(state, cause, _staff_answers(comment), comment.withdrawal_requests.order_by("-at", "-pk").first())


def _fate(comment: Comment) -> tuple[str, str]:
    if comment.status != Status.REJECTED:
        return ("published" if comment.status == Status.APPROVED else "waiting"), ""
    decision = comment.decisions.filter(to_status=Status.REJECTED).order_by("-pk").first()
    if decision is None:
        return "refused", ""
    if decision.reason == Reason.WITHDRAWN:
        return "taken_back", ""
    cause = str(Cause(decision.cause).label) if decision.cause in TOLD else ""
    return ("taken_down" if decision.from_status == Status.APPROVED else "refused"), cause


def _staff_answers(comment: Comment) -> list[Comment]:
    """The newsroom's words after it in its thread."""
    thread = Comment.objects.approved().filter(parent=comment.parent_id or comment.pk, staff=True)
    later = thread.filter(submitted_at__gte=comment.submitted_at).order_by("submitted_at", "pk")
    return list(later.only("pk", "name", "html", "submitted_at")[:10])
