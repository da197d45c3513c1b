"""What a moderator may do to a text: mask words and strip links. Nobody puts words into a reader's mouth."""

import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comments.choices import Reason
from comments.html import ADDRESS
from comments.models import Comment, CommentRevision, Decision, RevisionChanged
from comments.triggers.counting import take_turn

MASK = "••••"
_EDGE = r"\s«»،؛؟\"“”‘’().,;:!?…\[\]"
WORD = re.compile(rf"[^{_EDGE}](?:\S*[^{_EDGE}])?")  # without the punctuation around it
Span = tuple[int, int]


def words(text: str) -> list[Span]:
    """Where the words of `text` stand that can be masked: not those of web addresses, nor what is masked already."""
    links = [match.span(1) for match in ADDRESS.finditer(text)]
    found = [match.span() for match in WORD.finditer(text) if match[0] != MASK]
    return [span for span in found if not _overlaps(span, links)]


def masked(text: str, spans: Iterable[Span], *, strip_links: bool = False) -> str:
    """`text` with each of `spans` covered, whatever its length was, and without web addresses if told.

    Raises ValidationError where a span is none of its words, or nothing would be left to be read.
    """
    holes = [(start, end, MASK) for start, end in spans]
    if not {(start, end) for start, end, _cover in holes} <= set(words(text)):
        raise ValidationError(_("The words to be masked are not in the text."), code="outside")
    if strip_links:
        holes += [(*match.span(1), "") for match in ADDRESS.finditer(text)]
    result, at = [], 0
    for start, end, cover in sorted(set(holes)):
        result += [text[at:start], cover]
        at = end
    return _still_said("".join([*result, text[at:]]))


def mask(
    comment_pk: int, spans: Iterable[Span], by: Any, *, act: uuid.UUID, seen: int, strip_links: bool = False
) -> Comment:
    """Store the comment with the spans covered; the text as it was stays as an erasable revision.

    Gives the comment. Raises RevisionChanged where the text is not the one `seen`,
    Comment.DoesNotExist where it was erased, ValidationError where nothing or everything would go.
    """
    with transaction.atomic():
        take_turn()
        comment = Comment.objects.select_for_update().get(pk=comment_pk)
        if comment.revision != seen:
            raise RevisionChanged
        if comment.legal_hold:
            raise ValidationError(_("This comment is kept for legal reasons, as it is."), code="held")
        before, text = comment.text, masked(comment.text, spans, strip_links=strip_links)
        if text == before:
            raise ValidationError(_("Choose what is to be masked or taken out."), code="nothing")
        CommentRevision.objects.create(comment=comment, revision=seen, text=before, by=by, act=act)
        comment.edited = True
        _store(comment, text, Reason.EDITED, by, act)
    return comment


def restore(comment: Comment, act: uuid.UUID, by: Any, *, again: uuid.UUID) -> bool:
    """Give the comment back the text that `act` changed. False where that original was erased."""
    original = CommentRevision.objects.filter(comment=comment, act=act).first()
    if original is None:
        return False
    with transaction.atomic():
        original.delete()
        comment.edited = CommentRevision.objects.filter(comment=comment).exists()
        _store(comment, original.text, Reason.UNDONE, by, again)
    return True


def _store(comment: Comment, text: str, reason: Reason, by: Any, act: uuid.UUID) -> None:
    """Write the text as a new revision, and its hash alone into the log."""
    comment.text = text
    comment.revision += 1
    comment.save(update_fields=["text", "revision", "edited"])
    Decision.objects.record(comment, comment.status, reason, by=by, act=act, from_queue=comment.queue)


def _still_said(text: str) -> str:
    if not text.replace(MASK, "").strip():
        raise ValidationError(_("Nothing of the comment would be left. Reject it instead."), code="empty")
    return text


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
