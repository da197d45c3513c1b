"""Decisions at the desk: one key press on one comment or on many, told apart by its act, and taken back by it."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from comments.choices import Cause, Outcome, Queue, Reason, Status
from comments.models import Comment, Decision, OutboxMessage, Report, RevisionChanged
from comments.moderation import editing
from comments.triggers.counting import take_turn

LEASE = timedelta(seconds=90)
UNDOABLE = (Reason.MODERATOR, Reason.ESCALATED, Reason.EDITED, Reason.STAFF)
BATCH = 50  # decisions of one transaction: writers beside it wait no longer than these take


class Result(StrEnum):
    """What became of one decision."""

    DONE = "done"
    AGAIN = "again"  # this request was here before
    LATE = "late"  # someone was first
    CHANGED = "changed"  # the text is another than the one decided on
    GONE = "gone"  # erased, or not for this person


@dataclass(frozen=True)
class Choice:
    """A comment that is decided on, the revision that was seen (None: none was), and where it stood.

    Without `standing` it must still wait; with it, it must still stand there.
    """

    pk: int
    seen: int | None = None
    standing: str = ""


@dataclass(frozen=True)
class Told:
    """What became of the decision on one comment; `by` is who was first, where someone was."""

    pk: int
    result: Result
    earlier: Decision | None = None


@dataclass(frozen=True)
class Verdict:
    """What is decided, by whom, in which act; `queues` are those that the person decides on."""

    to: Status
    by: Any
    act: uuid.UUID
    queues: Collection[Queue]
    cause: Cause | str = ""
    note: str = ""
    answers_too: frozenset[int] = field(default_factory=frozenset)  # reject what waits below these


def check_act(act: uuid.UUID, by: Any) -> None:
    """Raise BadRequest where `act` was somebody else's: it must never bring theirs under our name."""
    if Decision.objects.filter(act=act).exclude(by=by).exists():
        raise BadRequest("this act is another person’s")


def decide_all(choices: Iterable[Choice], verdict: Verdict) -> list[Told]:
    """Decide on each of `choices`; gives what became of each, the answers below them among these.

    What is done stays done: a request that is sent again goes on where it stopped.
    """
    told: list[Told] = []
    waiting = list(choices)
    while waiting:
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        with transaction.atomic():
            take_turn()
            for choice in batch:
                told += _decide(choice, verdict)
    return told


def lease(pk: int, by: Any, queues: Collection[Queue]) -> Any:
    """Keep the comment for `by` for LEASE; gives whose it is: `by`, a colleague, or None where it waits no more."""
    now = timezone.now()
    with transaction.atomic():
        found = Comment.objects.select_for_update(of=("self",)).filter(pk=pk, queue__in=queues)
        comment = found.select_related("lease_by").only("lease_by", "lease_until").first()
        if comment is None:
            return None
        is_taken = comment.lease_by_id and comment.lease_until and comment.lease_until > now
        if is_taken and comment.lease_by_id != by.pk:
            return comment.lease_by
        Comment.objects.filter(pk=pk).update(lease_by=by, lease_until=now + LEASE)
    return by


def undo(act: uuid.UUID, by: Any) -> list[Told]:
    """Take back what `by` did in `act`, comment by comment, where nobody decided since.

    A second undo of the same act changes nothing: it finds the first one standing.
    """
    told: list[Told] = []
    waiting = list(Decision.objects.filter(act=act, by=by, reason__in=UNDOABLE).order_by("pk"))
    while waiting:
        batch, waiting = waiting[:BATCH], waiting[BATCH:]
        with transaction.atomic():
            take_turn()
            told += [_undo(decision, by) for decision in batch]
    return told


def undoing(act: uuid.UUID) -> uuid.UUID:
    """The act that takes `act` back: always the same one, so that it cannot be done twice."""
    return uuid.uuid5(act, "undo")


def latest(comment_pk: int) -> Decision | None:
    """The last decision of anyone on the comment."""
    return Decision.objects.filter(comment=comment_pk).select_related("by").order_by("-pk").first()


def _decide(choice: Choice, verdict: Verdict) -> list[Told]:
    try:
        with transaction.atomic():
            comment = Comment.objects.select_for_update().filter(pk=choice.pk).first()
            told = _refusal(comment, choice, verdict)
            if told is None:
                told = _take(comment, choice, verdict)
    except RevisionChanged:
        told = Told(choice.pk, Result.CHANGED)
    except IntegrityError:  # the same request, at the same moment
        told = Told(choice.pk, Result.AGAIN)
    if told.result is not Result.DONE or choice.pk not in verdict.answers_too:
        return [told]
    return [told, *_decide_answers(choice.pk, verdict)]


def _refusal(comment: Comment | None, choice: Choice, verdict: Verdict) -> Told | None:
    """What stands against the decision, or None."""
    if comment is None or not _is_theirs(comment, verdict.queues):
        return Told(choice.pk, Result.GONE)
    if Decision.objects.filter(act=verdict.act, comment=choice.pk).exists():
        return Told(choice.pk, Result.AGAIN)
    stands = comment.status == choice.standing if choice.standing else bool(comment.queue)
    if not stands or (comment.queue and comment.queue not in verdict.queues):
        return Told(choice.pk, Result.LATE, latest(choice.pk))
    return None


def _is_theirs(comment: Comment, queues: Collection[Queue]) -> bool:
    """A moderator may know of every comment; the editor-in-chief, of those that were passed on."""
    return comment.queue in queues or Queue.REPORTED in queues


def _take(comment: Comment, choice: Choice, verdict: Verdict) -> Told:
    how: dict[str, Any] = {"note": verdict.note, "cause": verdict.cause, "act": verdict.act, "seen": choice.seen}
    if not comment.decide(verdict.to, verdict.by, **how):
        return Told(choice.pk, Result.LATE, latest(choice.pk))
    return Told(choice.pk, Result.DONE)


def _decide_answers(parent_pk: int, verdict: Verdict) -> list[Told]:
    """What waits below a rejected comment goes with it, without a word to its senders."""
    below = Verdict(verdict.to, verdict.by, verdict.act, verdict.queues)
    answers = Comment.objects.filter(parent=parent_pk, status=Status.PENDING, queue__in=verdict.queues)
    return [told for pk in answers.values_list("pk", flat=True) for told in _decide(Choice(pk), below)]


def _undo(decision: Decision, by: Any) -> Told:
    comment = Comment.objects.select_for_update().filter(pk=decision.comment_id).first()
    if comment is None:
        return Told(decision.comment_id, Result.GONE)
    last = latest(comment.pk)
    if last is None or last.pk != decision.pk:
        return Told(comment.pk, Result.LATE, last)
    if decision.reason == Reason.EDITED:
        editing.restore(comment, decision.act, by, again=undoing(decision.act))
    else:
        _restore(comment, decision, by)
    OutboxMessage.objects.take_back(decision.act, comment.pk)
    return Told(comment.pk, Result.DONE)


def _restore(comment: Comment, decision: Decision, by: Any) -> None:
    """Status, queue and open reports as they were; what was new with the act is withdrawn."""
    again = undoing(decision.act)
    to = decision.from_status or Status.REJECTED
    comment.decide(to, by, act=again, reason=Reason.UNDONE, queue=decision.from_queue)
    reports = Report.objects.filter(comment=comment, act__in=[decision.act, again])
    if decision.from_queue and reports.update(outcome=Outcome.OPEN, act=None):
        Report.objects.reopen(comment)


def waiting_among(queues: Collection[Queue]) -> QuerySet[Comment]:
    """What waits for a decision in one of `queues`, the longest waiting first."""
    return Comment.objects.waiting().filter(queue__in=queues)
