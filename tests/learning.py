"""Comments of which it is known how they were decided, and how well a learner foresees it."""

from collections import Counter
from pathlib import Path

from comments.learning.features import EVERYTHING, Counts, pieces, weigh

DATA = Path(__file__).resolve().parent / "data"
FOLDS = 10
Known = tuple[str, bool]  # the text, and whether it was refused
Scored = tuple[float, bool]


def known_comments() -> list[Known]:
    """The comments of the data files; approved and refused ones."""
    return [
        (line, refused)
        for name, refused in (("comments_approved", False), ("comments_refused", True))
        for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    ]


def learn(comments: list[Known]) -> dict[str, Counts]:
    """In how many approved and refused comments each piece stands; the comments themselves under EVERYTHING."""
    seen: dict[bool, Counter[str]] = {False: Counter(), True: Counter()}
    for text, refused in comments:
        seen[refused].update([EVERYTHING, *pieces(text)])
    return {piece: Counts(seen[False][piece], seen[True][piece]) for piece in seen[False] | seen[True]}


def held_out_scores() -> list[Scored]:
    """Each comment's score by a learner that knew all others but a tenth, to which it belongs."""
    comments = known_comments()
    scores = []
    for fold in range(FOLDS):
        learnt = learn([each for number, each in enumerate(comments) if number % FOLDS != fold])
        lessons = learnt.pop(EVERYTHING)
        for text, refused in comments[fold::FOLDS]:
            seen = {piece: learnt[piece] for piece in pieces(text) if piece in learnt}
            scores.append((weigh(seen, lessons).score, refused))
    return scores


def area(scores: list[Scored]) -> float:
    """The share of pairs in which the refused one scores higher: the area under the curve (AUC)."""
    refused = [score for score, was_refused in scores if was_refused]
    approved = [score for score, was_refused in scores if not was_refused]
    won = sum((one > other) + (one == other) / 2 for one in refused for other in approved)
    return won / (len(refused) * len(approved))
