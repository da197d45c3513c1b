"""python -m tests.bench.learner: how well the learner tells comments apart, and what it costs."""

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from tests.bench import database
from tests.bench.console import table
from tests.learning import FOLDS, area, held_out_scores, known_comments

database.set_up()

from django.contrib.auth.models import User  # noqa: E402 (Django must be set up first)
from django.db import transaction  # noqa: E402
from django.utils import translation  # noqa: E402

from comments.learning.features import pieces  # noqa: E402
from comments.learning.lessons import Entry, hash_of, lesson_of  # noqa: E402
from comments.learning.likeness import bands  # noqa: E402
from comments.models import Feature, Likeness  # noqa: E402
from tests.factories import make_article, make_comment, make_user  # noqa: E402

ROUNDS = 200
LONGEST = 5_000


def measured(ask: Callable[[], Any], rounds: int = 9) -> str:
    """The median and the worst time of `ask`, in milliseconds of wall clock."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1e3)
    return f"{statistics.median(times):.2f} / {max(times):.2f}"


def texts() -> tuple[str, str]:
    """A comment as they usually are, and one as long as may be."""
    chance = random.Random(1)  # noqa: S311 (the same text on every machine)
    comments = [text for text, _refused in known_comments()]
    long = " ".join(chance.choices(comments, k=200))[:LONGEST]
    return " ".join(comments[:2]), long


def costs() -> list[tuple[str, str]]:
    usual, long = texts()
    rows = []
    for name, text in (("usual", usual), (f"{LONGEST:,} letters", long)):
        rows += [
            (f"pieces of a comment, {name}", measured(lambda text=text: pieces(text))),
            (f"marks of likeness, {name}", measured(lambda text=text: bands(text))),
            (f"score, {name}", measured(lambda text=text: Feature.objects.weigh(text))),
        ]
    return rows


def decided(by: User) -> list[tuple[str, str]]:
    """What receiving and deciding cost the learner, beside storing the comment and its log."""
    article = make_article()
    known = enumerate(known_comments())
    comments = [make_comment(article, status="pending", text=f"{text} {n}") for n, (text, _) in known]
    log = [Entry(by.pk, "pending", "approved", "moderator", hash_of(comment.text)) for comment in comments]
    todo, done, new = (iter(list(zip(comments, log, strict=True))) for _ in range(3))

    def learn() -> None:
        comment, entry = next(todo)
        Feature.objects.replace(comment, None, lesson_of([entry]))

    def unlearn() -> None:
        comment, entry = next(done)
        Feature.objects.replace(comment, lesson_of([entry]), None)

    with transaction.atomic():
        return [
            ("learning from a decision", measured(learn, ROUNDS)),
            ("unlearning it", measured(unlearn, ROUNDS)),
            ("marking and grouping a comment", measured(lambda: Likeness.objects.mark(next(new)[0]), ROUNDS)),
        ]


def teach(by: User) -> None:
    for text, refused in known_comments():
        comment = make_comment(status="pending", text=text)
        comment.reject(by=by) if refused else comment.approve(by=by)


def main() -> None:
    translation.activate("ar")
    with database.scratch_database() as vendor:
        by = make_user("moderator")
        quality = area(held_out_scores())
        teach(by)
        rows = [
            (f"AUC on {len(known_comments())} comments, held out in {FOLDS} parts", f"{quality:.3f}"),
            ("pieces learnt", str(Feature.objects.count())),
            *costs(),
            *decided(by),
        ]
        table((vendor, "ms, median / worst"), rows)


if __name__ == "__main__":
    main()
