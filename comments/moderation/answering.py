"""The newsroom answers a reader, under its own name and marked as such."""

import uuid
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comments.choices import Queue, Reason, Status
from comments.models import Comment, Decision
from comments.moderation.deciding import Choice, Told, Verdict, decide_all
from comments.privacy import digest
from comments.text import MAX_NAME, clean_text
from comments.triggers.counting import take_turn


def answer(
    comment: Comment, text: str, by: Any, *, act: uuid.UUID, queues: Collection[Queue], seen: int | None = None
) -> Comment:
    """Publish `text` as the newsroom's answer to `comment`, and approve the comment too where `seen` says which text.

    Gives the answer; the same act sent again gives the one that is there. Raises ValidationError
    where nothing is said, or the comment is not for readers and is not to be approved either.
    """
    text = clean_text(text)
    with transaction.atomic():
        take_turn()
        # The lock makes a double click wait here, and find what the first one wrote.
        Comment.objects.select_for_update().filter(pk=comment.pk).first()
        stored = Comment.objects.filter(submission_digest=_submission(act)).first()
        if stored:
            return stored
        if seen is not None:
            _approve(comment, Choice(comment.pk, seen), Verdict(Status.APPROVED, by, act, queues))
        elif not Comment.objects.approved().filter(pk=comment.pk).exists():
            raise ValidationError(_("Readers do not see this comment. Approve it to answer it."), code="hidden")
        return _publish(comment, text, by, act)


def signature(by: Any) -> str:
    """The name above an answer: the person's, or that of the newsroom where the account tells none."""
    return (by.get_full_name() or _("The newsroom"))[:MAX_NAME]


def _approve(comment: Comment, choice: Choice, verdict: Verdict) -> None:
    told: list[Told] = decide_all([choice], verdict)
    if not Comment.objects.approved().filter(pk=comment.pk).exists():
        message = _("The comment was not approved: it changed, or someone was first.")
        raise ValidationError(message, code=told[0].result)


def _publish(comment: Comment, text: str, by: Any, act: uuid.UUID) -> Comment:
    reply = Comment(
        article_id=comment.article_id,
        parent_id=comment.parent_id or comment.pk,
        name=signature(by),
        text=text,
        status=Status.APPROVED,
        staff=True,
        submission_digest=_submission(act),
    )
    reply.save(force_insert=True)
    reply.messages.announce(reply, Decision.objects.record(reply, "", Reason.STAFF, by=by, act=act))
    return reply


def _submission(act: uuid.UUID) -> str:
    return digest("answer", str(act))
