"""What a comment's log teaches: people's decisions that stand."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.choices import Reason, Status
from comments.learning.lessons import APPROVED, REFUSED, Entry, Lesson, lesson_of

PENDING, REJECTED, SPAM = "pending", "rejected", "spam"
GOOD, BAD = Lesson(APPROVED, "hash"), Lesson(REFUSED, "hash")


def person(before: str, to: str, reason: str = Reason.MODERATOR, text_hash: str = "hash") -> Entry:
    return Entry(1, before, to, reason, text_hash)


def policy(before: str, to: str, reason: str = Reason.HELD) -> Entry:
    return Entry(None, before, to, reason, "hash")


HELD = policy("", PENDING)
SHOWN = policy("", "approved", Reason.TRUSTED)
LOGS: dict[str, tuple[list[Entry], Lesson | None]] = {
    "nothing happened": ([], None),
    "held by the policy": ([HELD], None),
    "shown by the policy": ([SHOWN], None),
    "approved": ([HELD, person(PENDING, "approved")], GOOD),
    "rejected": ([HELD, person(PENDING, REJECTED)], BAD),
    "spam": ([HELD, person(PENDING, SPAM)], BAD),
    "shown, then rejected": ([SHOWN, person("approved", REJECTED)], BAD),
    "shown, reported, left": ([SHOWN, person("approved", "approved")], GOOD),
    "approved, then rejected": ([HELD, person(PENDING, "approved"), person("approved", REJECTED)], BAD),
    "approved, then held": ([HELD, person(PENDING, "approved"), person("approved", PENDING)], None),
    "approved, undone": ([HELD, person(PENDING, "approved"), person("approved", PENDING, Reason.UNDONE)], None),
    "shown, rejected, undone": (
        [SHOWN, person("approved", REJECTED), person(REJECTED, "approved", Reason.UNDONE)],
        None,
    ),
    "approved, rejected, undone": (
        [
            HELD,
            person(PENDING, "approved"),
            person("approved", REJECTED),
            person(REJECTED, "approved", Reason.UNDONE),
        ],
        GOOD,
    ),
    "passed on, undone, approved": (
        [
            HELD,
            person(PENDING, PENDING, Reason.ESCALATED),
            person(PENDING, PENDING, Reason.UNDONE),
            person(PENDING, "approved"),
        ],
        GOOD,
    ),
    "approved, words masked": (
        [HELD, person(PENDING, "approved"), person("approved", "approved", Reason.EDITED)],
        GOOD,
    ),
    "approved, words masked, undone": (
        [
            HELD,
            person(PENDING, "approved"),
            person("approved", "approved", Reason.EDITED),
            person("approved", "approved", Reason.UNDONE),
        ],
        GOOD,
    ),
    "approved, taken back by its writer": (
        [HELD, person(PENDING, "approved"), person("approved", REJECTED, Reason.WITHDRAWN)],
        GOOD,
    ),
    "approved, reported, held by itself": (
        [HELD, person(PENDING, "approved"), policy("approved", PENDING, Reason.REPORTED)],
        GOOD,
    ),
    "written by the newsroom": ([person("", "approved", Reason.STAFF)], None),
    "rejected, kept for legal reasons": (
        [HELD, person(PENDING, REJECTED), person(REJECTED, REJECTED, Reason.LEGAL_HOLD)],
        BAD,
    ),
}


@pytest.mark.parametrize(("log", "lesson"), LOGS.values(), ids=LOGS)
def test_the_log_tells_what_was_learnt(log: list[Entry], lesson: Lesson | None) -> None:
    assert lesson_of(log) == lesson


def test_the_lesson_is_about_the_text_that_was_decided_on() -> None:
    log = [person(PENDING, "approved", text_hash="first"), person("approved", "approved", Reason.EDITED, "second")]

    assert lesson_of(log) == Lesson(APPROVED, "first")


decisions = st.lists(st.sampled_from(Status.values), max_size=8)


def walk(statuses: list[str], text_hash: Callable[[int], str] = str) -> list[Entry]:
    before = PENDING
    log = [HELD]
    for number, to in enumerate(statuses):
        log.append(person(before, to, text_hash=text_hash(number)))
        before = to
    return log


@given(decisions, st.sampled_from(Status.values))
def test_what_is_undone_was_never_learnt(statuses: list[str], to: str) -> None:
    log = walk(statuses)
    before = log[-1].to

    undone = [*log, person(before, to), person(to, before, Reason.UNDONE)]

    assert lesson_of(undone) == lesson_of(log)


@given(decisions)
def test_undoing_everything_unlearns_everything(statuses: list[str]) -> None:
    log = walk(statuses)

    undone = [*log, *(person(entry.to, entry.before, Reason.UNDONE) for entry in reversed(log[1:]))]

    assert lesson_of(undone) is None
