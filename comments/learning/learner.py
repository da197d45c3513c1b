"""Upkeep of what orders the desk: scores, ranks, marks of likeness. All of it may run again at any time.

Nothing here decides: the policy (comments/policy.py) cannot even import it.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from articles.models import Article
from comments.choices import Queue, Reason, Status
from comments.learning.features import EVERYTHING, Counts, pieces
from comments.learning.lessons import APPROVED, REFUSED, Entry, Lesson, lesson_of
from comments.learning.ranks import STEADY, ranked_again
from comments.models import Comment, Decision, Feature, Likeness
from comments.models.learning import find_text, read_log

BATCH = 200
MOST_PIECES = 200_000
KEEP_MARKS = timedelta(days=7)  # after the decision
SCORED = ("score", "signs", "rank")
CURSOR, SCORED_WITH = "comments.learning.learner.cursor", "comments.learning.learner.scored_with"
OF_SHOWN = (Queue.ESCALATED, Queue.REPORTED)  # where comments wait that readers may see meanwhile
THIN_EVERY = 5_000  # comments
Show = Callable[[int, int], None]
Learnt = dict[str, Counter[str]]


# Scores and ranks


def rescore_waiting(limit: int = BATCH) -> int:
    """Score up to `limit` comments that wait, anew, going on where the last call stopped; gives how many changed.

    The place is kept in the cache: without one, it begins again. When all were scored, it rests
    until something more was learnt.
    """
    learnt, place = Feature.objects.lessons(), cache.get(CURSOR)
    if not isinstance(place, Place):
        if cache.get(SCORED_WITH) == learnt:
            return 0
        place = Place(learnt)
    waiting = _waiting_after(place, limit)
    changed = rescore(waiting)
    if len(waiting) == limit:
        cache.set(CURSOR, place.behind(waiting[-1]), None)
    else:
        cache.delete(CURSOR)
        cache.set(SCORED_WITH, place.learnt, None)
    return changed


def rescore_all(show: Show) -> int:
    """Score all that wait, anew; tell `show(done, all)`; gives how many there are."""
    count, done, place = Comment.objects.exclude(queue="").count(), 0, Place(Feature.objects.lessons())
    while waiting := _waiting_after(place, BATCH):
        rescore(waiting)
        done += len(waiting)
        place = place.behind(waiting[-1])
        show(min(done, count), count)
    return done


class Place(NamedTuple):
    """Where scoring stands: behind the comment `key` of `queue`; what was learnt when it began."""

    learnt: Counts
    queue: str = ""
    submitted_at: datetime | None = None
    key: int = 0

    def behind(self, comment: Comment) -> "Place":
        return Place(self.learnt, comment.queue, comment.submitted_at, comment.pk)


def _waiting_after(place: Place, limit: int) -> list[Comment]:
    """The next `limit` comments that wait, each queue by its age."""
    found: list[Comment] = []
    queues = Queue.values[Queue.values.index(place.queue) :] if place.queue else Queue.values
    for queue in queues:
        rows = Comment.objects.filter(queue=queue).order_by("submitted_at", "pk")
        if queue == place.queue:
            rows = rows.filter(Q(submitted_at__gt=place.submitted_at) | Q(pk__gt=place.key))
            rows = rows.filter(submitted_at__gte=place.submitted_at)
        found += rows[: limit - len(found)]
    return found


def rescore(comments: Collection[Comment]) -> int:
    """Bring score, signs and rank of these comments up to what is learnt by now; gives how many changed."""
    changed = [comment for comment in comments if _score(comment)]
    Comment.objects.bulk_update(changed, SCORED, batch_size=BATCH)
    return len(changed)


def _score(comment: Comment) -> bool:
    before = comment.score, comment.signs, comment.rank
    weight = Feature.objects.weigh(comment.text)
    comment.score, comment.signs = weight or (None, [])
    comment.rank = ranked_again(comment.rank, comment.score, comment.queue)
    return before != (comment.score, comment.signs, comment.rank)


def follow_flags(articles: Collection[int]) -> int:
    """Rank what waits under these articles by their hot flags as they stand; gives how many moved."""
    hot = list(Article.objects.hot().filter(pk__in=articles).values_list("pk", flat=True))
    moved = 0
    # Two questions, each a range of one index; asked at once, all comments of the articles would be read.
    for where in ({"status": Status.PENDING}, {"queue__in": OF_SHOWN}):
        queued = Comment.objects.filter(article__in=articles, **where)
        moved += queued.filter(article__in=hot, rank__gte=STEADY).update(rank=F("rank") - STEADY)
        moved += queued.filter(rank__lt=STEADY).exclude(article__in=hot).update(rank=F("rank") + STEADY)
    return moved


def refresh_ranks(limit: int = 5_000) -> int:
    """Put up to `limit` queued comments behind whose hot event ended by the clock; gives how many.

    Anything else that makes an article hot or not is followed at once (comments/receivers.py).
    """
    first = Comment.objects.filter(queue__in=Queue.values, rank__lt=STEADY)
    over = first.exclude(article__in=Article.objects.hot().values("pk")).values_list("pk", flat=True)
    keys = list(over[:limit])  # read before anything is written: mostly there is nothing to write
    for start in range(0, len(keys), BATCH):
        Comment.objects.filter(pk__in=keys[start : start + BATCH], rank__lt=STEADY).update(rank=F("rank") + STEADY)
    return len(keys)


# Marks of likeness


def forget_old_marks(limit: int = 5_000, now: datetime | None = None) -> int:
    """Drop up to `limit` marks of comments that wait no more and are older than a week; gives how many."""
    old = Likeness.objects.filter(comment__submitted_at__lt=(now or timezone.now()) - KEEP_MARKS)
    marks = list(old.exclude(comment__status=Status.PENDING).values_list("pk", flat=True)[:limit])
    for start in range(0, len(marks), BATCH):
        Likeness.objects.filter(pk__in=marks[start : start + BATCH]).delete()
    return len(marks)


# What is learnt


def prune(most: int = MOST_PIECES) -> int:
    """Forget the rarest pieces where more than `most` are known; gives how many went."""
    before = known = Feature.objects.count()
    rare = 1
    with transaction.atomic():
        Feature.objects.lock()
        while known > most:
            rows = Feature.objects.exclude(piece=EVERYTHING).filter(approved__lte=rare - F("refused"))
            known -= rows.delete()[0]
            rare *= 2
    return before - known


def relearn(show: Show) -> int:
    """Learn everything anew from the log and the texts; tell `show(done, all)`; gives how many comments taught.

    Decisions made meanwhile are learnt behind it, so the newsroom works on.
    """
    last = Decision.objects.aggregate(last=Max("pk"))["last"] or 0
    counts: Learnt = {APPROVED: Counter(), REFUSED: Counter()}
    taught = 0
    for comment, lesson in _lessons(last, show):
        taught += 1
        counts[lesson.verdict].update(_taught_pieces(comment, lesson))
        if taught % THIN_EVERY == 0:
            _thin(counts)
    with transaction.atomic():
        _replace(counts)
        _catch_up(last)
    return taught


def _lessons(last: int, show: Show) -> Iterator[tuple[Comment, Lesson]]:
    """Every comment that teaches something by its log up to the entry `last`, with its lesson."""
    decided = Decision.objects.filter(pk__lte=last, by__isnull=False, reason=Reason.MODERATOR)
    keys = list(decided.order_by("comment").values_list("comment", flat=True).distinct())
    for start in range(0, len(keys), BATCH):
        logs = _logs(keys[start : start + BATCH], last)
        for comment in Comment.objects.filter(pk__in=logs).order_by("pk"):
            lesson = lesson_of(logs[comment.pk])
            if lesson:
                yield comment, lesson
        show(min(start + BATCH, len(keys)), len(keys))


def _logs(keys: list[int], last: int) -> dict[int, list[Entry]]:
    rows = Decision.objects.filter(comment__in=keys, pk__lte=last).order_by("pk")
    logs: dict[int, list[Entry]] = {key: [] for key in keys}
    for key, *entry in rows.values_list("comment", "by", "from_status", "to_status", "reason", "text_hash"):
        logs[key].append(Entry(*entry))
    return logs


def _taught_pieces(comment: Any, lesson: Lesson) -> list[str]:
    text = find_text(comment, lesson.text_hash)
    return [] if text is None else [EVERYTHING, *pieces(text)]


def _thin(counts: Learnt) -> None:
    """Keep the commonest pieces alone."""
    total = counts[APPROVED] + counts[REFUSED]
    for piece, _count in total.most_common()[MOST_PIECES:]:
        counts[APPROVED].pop(piece, None)
        counts[REFUSED].pop(piece, None)


def _replace(counts: Learnt) -> None:
    _thin(counts)
    approved, refused = counts[APPROVED], counts[REFUSED]
    Feature.objects.lock()
    Feature.objects.all().delete()
    found = sorted({*approved, *refused})
    for start in range(0, len(found), BATCH):
        Feature.objects.bulk_create(
            Feature(piece=piece, approved=approved[piece], refused=refused[piece])
            for piece in found[start : start + BATCH]
        )


def _catch_up(last: int) -> None:
    """Learn from what was decided while the log was read."""
    newer = Decision.objects.filter(pk__gt=last).values_list("comment", flat=True)
    for comment in Comment.objects.filter(pk__in=set(newer)).order_by("pk"):
        log = read_log(comment.pk)
        known = Decision.objects.filter(comment=comment.pk, pk__lte=last).count()
        Feature.objects.replace(comment, lesson_of(log[:known]), lesson_of(log))
