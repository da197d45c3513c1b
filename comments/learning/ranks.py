"""The order inside a queue: hot events first, then as the learner thinks. The smallest rank comes first."""

from comments.choices import Queue

HOT, STEADY = 0, 100  # where the ranks of hot events begin, and those of others
NEUTRAL = 50
WIDTH = 100


def rank_of(*, hot: bool, score: float | None, queue: str) -> int:
    """The rank of a comment with the learner's `score` (None: it has not said) in `queue`."""
    return (HOT if hot else STEADY) + _place(score, queue)


def ranked_again(rank: int, score: float | None, queue: str) -> int:
    """The rank where the score or the queue changed; hot stays hot."""
    return rank_of(hot=rank < STEADY, score=score, queue=queue)


def _place(score: float | None, queue: str) -> int:
    """Among pending ones, those that will be approved reach readers first; among reported ones, the worst go first."""
    if score is None:
        return NEUTRAL
    place = round(score * (WIDTH - 1))
    return WIDTH - 1 - place if queue == Queue.REPORTED else place
