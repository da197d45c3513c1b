"""What the log of a comment teaches the learner: only what people decided, and never took back."""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from comments.choices import Reason, Status

APPROVED, REFUSED = "approved", "refused"
VERDICTS = {Status.APPROVED: APPROVED, Status.REJECTED: REFUSED, Status.SPAM: REFUSED}
# What a person may take back; anything else that stands in the log is left where it is.
UNDOABLE = frozenset({Reason.MODERATOR, Reason.EDITED, Reason.ESCALATED})


def hash_of(text: str) -> str:
    """The hash by which the log knows a text."""
    return hashlib.sha256(text.encode()).hexdigest()


class Lesson(NamedTuple):
    """A text (by its hash) was found good enough to be shown, or was not."""

    verdict: str
    text_hash: str


class Entry(NamedTuple):
    """A row of the log, as far as it teaches; `by` is the person's key, None for the policy."""

    by: int | None
    before: str
    to: str
    reason: str
    text_hash: str


def lesson_of(log: Iterable[Entry]) -> Lesson | None:
    """What a comment was last taught as by its `log`, the oldest entry first; None for nothing.

    A decision taken back teaches what the comment was taught as before it.
    """
    lesson: Lesson | None = None
    standing: list[tuple[Entry, Lesson | None]] = []  # what may be taken back, and what was learnt before it
    for entry in log:
        if entry.reason == Reason.UNDONE:
            lesson = _take_back(entry, standing, lesson)
        elif entry.by is not None and entry.reason in UNDOABLE:
            standing.append((entry, lesson))
            lesson = _taught(entry) if entry.reason == Reason.MODERATOR else lesson
    return lesson


def _taught(entry: Entry) -> Lesson | None:
    verdict = VERDICTS.get(Status(entry.to))
    return Lesson(verdict, entry.text_hash) if verdict else None


def _take_back(undo: Entry, standing: list[tuple[Entry, Lesson | None]], lesson: Lesson | None) -> Lesson | None:
    """The lesson before the last entry that `undo` leads back from; nothing changes where there is none."""
    for place in range(len(standing) - 1, -1, -1):
        entry, before = standing[place]
        if (entry.before, entry.to) == (undo.to, undo.before):
            del standing[place:]
            return before
    return lesson
