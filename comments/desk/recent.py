"""A person's last acts at the desk: what can still be taken back."""

import uuid
from dataclasses import dataclass
from typing import Any

from comments.models import Comment, Decision
from comments.moderation.deciding import UNDOABLE, undoing

LAST = 20
FAR = 2_000  # decisions that are looked at; an act may hold a thousand


@dataclass
class Act:
    """One key press: how many comments it decided, and the first of these (None: erased)."""

    decision: Decision
    count: int
    comment: Comment | None = None
    is_undone: bool = False


def acts_of(user: Any) -> list[Act]:
    """The last acts of `user`, the newest first, in four queries."""
    acts = _acts(user)
    comments = Comment.objects.in_bulk({each.decision.comment_id for each in acts.values()})
    undone = Decision.objects.filter(act__in=[undoing(act) for act in acts]).values_list("act", flat=True)
    gone = set(undone)
    for act, each in acts.items():
        each.comment = comments.get(each.decision.comment_id)
        each.is_undone = undoing(act) in gone
    return list(acts.values())


def act_to_undo(user: Any, asked: uuid.UUID | None) -> uuid.UUID | None:
    """The act that is asked for, or else the last one that stands; None where it is no act to be undone."""
    acts = acts_of(user)
    if asked:
        return next((each.decision.act for each in acts if each.decision.act == asked), None)
    return next((each.decision.act for each in acts if not each.is_undone), None)


def _acts(user: Any) -> dict[uuid.UUID, Act]:
    mine = Decision.objects.filter(by=user).order_by("-at", "-pk").values_list("pk", "act", "reason")[:FAR]
    counts: dict[uuid.UUID, int] = {}
    firsts: dict[uuid.UUID, int] = {}
    for pk, act, reason in mine:
        if reason not in UNDOABLE or (act not in counts and len(counts) == LAST):
            continue
        counts[act] = counts.get(act, 0) + 1
        firsts[act] = pk
    decisions = Decision.objects.in_bulk(firsts.values())
    return {act: Act(decisions[firsts[act]], count) for act, count in counts.items()}
