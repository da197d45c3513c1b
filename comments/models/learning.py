"""What the local learner remembers, and the marks by which comments that are alike are found."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connections, models, transaction
from django.utils.translation import gettext_lazy as _

from comments.learning.features import EVERYTHING, Counts, Weight, pieces, weigh
from comments.learning.lessons import APPROVED, REFUSED, Entry, Lesson, hash_of, lesson_of
from comments.learning.likeness import are_alike, bands, shingles
from comments.models.decision import Decision

LEAST_LESSONS = 20  # of each kind, before the learner says anything
CANDIDATES_PER_BAND = 5
ADD = """
INSERT INTO comments_feature (piece, approved, refused) VALUES {rows}
ON CONFLICT (piece) DO UPDATE SET
    approved = CASE WHEN comments_feature.approved + {approved} < 0 THEN 0
        ELSE comments_feature.approved + {approved} END,
    refused = CASE WHEN comments_feature.refused + {refused} < 0 THEN 0
        ELSE comments_feature.refused + {refused} END
"""
NEWEST = "SELECT * FROM (SELECT comment_id FROM comments_likeness WHERE band = %s ORDER BY comment_id DESC LIMIT {}) b"


class FeatureManager(models.Manager["Feature"]):
    """Learns from people's decisions, and weighs texts by what was learnt."""

    def follow(self, comment: Any) -> None:
        """Learn what the newest entry of the comment's log teaches, in place of what was learnt of it before."""
        log = read_log(comment.pk)
        self.replace(comment, lesson_of(log[:-1]), lesson_of(log))

    def forget(self, comment: Any) -> None:
        """Unlearn what was learnt of a comment that is about to be erased."""
        self.replace(comment, lesson_of(read_log(comment.pk)), None)

    def replace(self, comment: Any, before: Lesson | None, after: Lesson | None) -> None:
        """Unlearn the lesson `before` of a comment and learn `after`, exactly, in the transaction under way.

        Where the text of `before` was erased, it cannot be unlearnt and stays.
        """
        if before == after:
            return
        if before and after and before.text_hash == after.text_hash:
            self._add(comment, after.text_hash, {before.verdict: -1, after.verdict: 1})
            return
        if before:
            self._add(comment, before.text_hash, {before.verdict: -1})
        if after:
            self._add(comment, after.text_hash, {after.verdict: 1})

    def lock(self) -> None:
        """Let nobody else learn before the transaction under way ends."""
        list(self.select_for_update().filter(piece=EVERYTHING))

    def lessons(self) -> Counts:
        """How many approved and how many refused comments were learnt."""
        row = self.filter(piece=EVERYTHING).values_list("approved", "refused").first()
        return Counts(*row) if row else Counts(0, 0)

    def weigh(self, text: str) -> Weight | None:
        """What the learner thinks of `text`; None until it has learnt LEAST_LESSONS of each kind. One query."""
        rows = self.filter(piece__in=[EVERYTHING, *pieces(text)]).values_list("piece", "approved", "refused")
        seen = {piece: Counts(approved, refused) for piece, approved, refused in rows}
        lessons = seen.pop(EVERYTHING, Counts(0, 0))
        return weigh(seen, lessons) if min(lessons) >= LEAST_LESSONS else None

    def _add(self, comment: Any, text_hash: str, changes: Mapping[str, int]) -> None:
        """Add `changes` to each piece of the text, in sorted order: who learns at the same time waits, never deadlocks.

        The piece that stands for everything sorts first, so it is the lock of all others.
        """
        text = find_text(comment, text_hash)
        if text is None:
            return
        approved, refused = changes.get(APPROVED, 0), changes.get(REFUSED, 0)
        found = [EVERYTHING, *pieces(text)]
        row = f"(%s, {max(approved, 0)}, {max(refused, 0)})"
        statement = ADD.format(rows=", ".join([row] * len(found)), approved=approved, refused=refused)
        with connections[self.db].cursor() as cursor:
            cursor.execute(statement, found)
        if min(approved, refused) < 0:
            self.filter(piece__in=found, approved=0, refused=0).delete()


class Feature(models.Model):
    """In how many approved and how many refused comments a piece of text was seen.

    The row with an empty piece counts the comments themselves.
    """

    piece = models.CharField(max_length=40, primary_key=True)
    approved = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)

    objects = FeatureManager()

    class Meta:
        verbose_name = _("piece of text that was learnt")
        verbose_name_plural = _("pieces of text that were learnt")

    def __str__(self) -> str:
        return self.piece


class LikenessManager(models.Manager["Likeness"]):
    """Marks comments, and groups those that are alike."""

    def mark(self, comment: Any) -> None:
        """Store the marks of a new comment, and put it into the group of one that is like it, if any.

        A group is called by the key of its first comment. It looks at no more than fifty others.
        """
        marks = bands(comment.text)
        first = self._first_alike(comment, marks)
        with transaction.atomic(using=self.db):
            if first is not None:
                alike = type(comment).objects.filter(pk__in=[first, comment.pk], group=None)
                alike.update(group=first)
                comment.group = first
            self.bulk_create(Likeness(comment=comment, band=band) for band in marks)

    def _first_alike(self, comment: Any, marks: list[int]) -> int | None:
        own = shingles(comment.text)
        found = type(comment).objects.filter(pk__in=self._candidates(marks)).order_by("-pk")
        for key, group, text in found.values_list("pk", "group", "text"):
            if are_alike(own, shingles(text)):
                return group or key
        return None

    def _candidates(self, marks: list[int]) -> set[int]:
        """The newest comments that share a band with one that has `marks`."""
        statement = " UNION ".join([NEWEST.format(CANDIDATES_PER_BAND)] * len(marks))
        with connections[self.db].cursor() as cursor:
            cursor.execute(statement, marks)
            return {key for (key,) in cursor.fetchall()}


class Likeness(models.Model):
    """A band of a comment's MinHash signature: two comments that share one may be alike."""

    comment = models.ForeignKey("comments.Comment", on_delete=models.CASCADE, related_name="likenesses")
    band = models.BigIntegerField()

    objects = LikenessManager()

    class Meta:
        verbose_name = _("mark of likeness")
        verbose_name_plural = _("marks of likeness")
        # the newest comments that share a band
        indexes = [models.Index(fields=["band", "-comment"], name="likeness_band")]

    def __str__(self) -> str:
        return f"{self.comment_id}: {self.band}"


def read_log(comment_pk: int) -> list[Entry]:
    """The log of a comment, the oldest entry first."""
    rows = Decision.objects.filter(comment=comment_pk).order_by("pk")
    return [Entry(*row) for row in rows.values_list("by", "from_status", "to_status", "reason", "text_hash")]


def find_text(comment: Any, text_hash: str) -> str | None:
    """The text of a comment that has this hash: as it stands, or as it stood; None where that was erased."""
    return next((text for text in _texts(comment) if hash_of(text) == text_hash), None)


def _texts(comment: Any) -> Iterable[str]:
    yield comment.text
    yield from comment.revisions.values_list("text", flat=True)
