"""A page of an article's discussion: threads with their first answers, or one thread with all of its."""

from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter, or_
from urllib.parse import urlencode

from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpRequest
from django.urls import reverse

from articles.models import Article
from articles.paging import Cursor, read_cursor, write_cursor
from comments.choices import Status
from comments.models import ArticleTally, Comment
from comments.querysets import CommentQuerySet

PAGE_SIZE = 50
FIRST_ANSWERS = 20  # of a thread among others; the rest stand on the thread's own page
OLDEST = "oldest"
COLUMNS = (
    "pk", "name", "html", "submitted_at", "parent_id", "article_id", "status", "staff", "edited", "answers"
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """Which page of a list: in which order, and on which side of which row."""

    order: str = ""  # newest first, or OLDEST
    before: Cursor | None = None
    after: Cursor | None = None

    @property
    def is_ascending(self) -> bool:
        """Whether rows are to be read from the older to the newer, whatever order they are shown in."""
        return bool(self.after) or (self.order == OLDEST and not self.before)


@dataclass(frozen=True)
class Thread:
    """A comment and the approved answers to it, in the order they came.

    Where the comment itself is not for readers any more, only its place is shown (`is_gone`).
    """

    comment: Comment
    answers: list[Comment]
    is_whole: bool = True

    @property
    def is_gone(self) -> bool:
        return self.comment.status != Status.APPROVED


@dataclass(frozen=True)
class Discussion:
    """A page of threads; `previous` and `next` are the queries of the pages beside it, empty at the ends."""

    items: list[Thread]
    previous: str
    next: str
    total: int  # comments of the article, on all pages together
    order: str = ""
    opener: Comment | None = None  # of the thread whose page this is


def read_place(request: HttpRequest) -> Place:
    """The page that the address asks for. Raises Http404 where it makes no sense."""
    order = request.GET.get("order", "")
    place = Place(order, read_cursor(request), read_cursor(request, "after"))
    if order not in ("", OLDEST) or (place.before and place.after):
        raise Http404("no such page")
    return place


def comment_page(article: Article, place: Place | None = None) -> Discussion:
    """Threads of `article` at `place` (unless told, the newest), at constant cost."""
    place = place or Place()
    openers, previous, following = _page(_of(article).threads(), place, {"order": place.order})
    answers = _first_answers(openers)
    threads = [Thread(opener, answers[opener.pk], is_whole=opener.answers <= FIRST_ANSWERS) for opener in openers]
    return Discussion(threads, previous, following, approved_count(article), place.order)


def thread_page(article: Article, key: int, place: Place) -> Discussion:
    """The answers of one thread at `place`, in the order they came. Raises Http404 where no thread has that key."""
    opener = _of(article).threads().filter(pk=key).first()
    if opener is None:
        raise Http404("no such thread")
    place = Place(OLDEST, place.before, place.after)
    answers, previous, following = _page(_of(article).approved().filter(parent=opener), place, {"thread": str(key)})
    return Discussion([Thread(opener, answers)], previous, following, approved_count(article), opener=opener)


def comment_path(comment: Comment) -> str:
    """Where readers find an approved comment, however many others there are."""
    before_it = write_cursor(comment.submitted_at, comment.pk - 1)
    query = {"thread": comment.parent_id, "after": before_it} if comment.parent_id else {"thread": comment.pk}
    return f"{reverse('comment_list', args=[comment.article_id])}?{urlencode(query)}#comment-{comment.pk}"


def approved_count(article: Article) -> int:
    """How many comments readers see under `article`: a number that the database keeps."""
    return ArticleTally.objects.filter(pk=article.pk).values_list("approved", flat=True).first() or 0


def _of(article: Article) -> CommentQuerySet:
    return Comment.objects.filter(article=article).only(*COLUMNS)


def _page(rows: CommentQuerySet, place: Place, query: dict[str, str]) -> tuple[list[Comment], str, str]:
    """The rows at `place` in its order, and the queries of the pages before and after them."""
    order = ("submitted_at", "pk") if place.is_ascending else ("-submitted_at", "-pk")
    found = list(rows.before(place.before).after(place.after).order_by(*order)[: PAGE_SIZE + 1])
    items, is_more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    is_forward = place.is_ascending == (place.order == OLDEST)
    if not is_forward:
        items.reverse()
    came_from_there = bool(place.before or place.after)
    behind, ahead = (came_from_there, is_more) if is_forward else (is_more, came_from_there)
    to_previous, to_next = ("before", "after") if place.order == OLDEST else ("after", "before")
    previous = _query(query, to_previous, items[0]) if items and behind else ""
    following = _query(query, to_next, items[-1]) if items and ahead else ""
    return items, previous, following


def _query(query: dict[str, str], key: str, edge: Comment) -> str:
    parts = {name: value for name, value in query.items() if value}
    return "?" + urlencode({**parts, key: write_cursor(edge.submitted_at, edge.pk)})


def _first_answers(openers: list[Comment]) -> dict[int | None, list[Comment]]:
    """The first answers to each: whole threads by one range of an index, long ones up to their last answer shown."""
    short = [opener.pk for opener in openers if 0 < opener.answers <= FIRST_ANSWERS]
    long = [opener.pk for opener in openers if opener.answers > FIRST_ANSWERS]
    ranges = [Q(parent__in=short, status=Status.APPROVED)] if short else []
    ranges += [Q(parent=key, status=Status.APPROVED, submitted_at__lte=last) for key, last in _last_shown(long).items()]
    answers: defaultdict[int | None, list[Comment]] = defaultdict(list)
    for answer in _within(ranges):
        if len(answers[answer.parent_id]) < FIRST_ANSWERS:
            answers[answer.parent_id].append(answer)
    return answers


def _within(ranges: list[Q]) -> list[Comment]:
    """Comments of `ranges`, in the order they came.

    The database neither sorts nor limits them, and no condition stands outside the ranges: each of
    these tempts it to another index, and to read the whole discussion.
    """
    if not ranges:
        return []
    found = Comment.objects.filter(reduce(or_, ranges)).only(*COLUMNS)
    return sorted(found, key=attrgetter("submitted_at", "pk"))


def _last_shown(keys: list[int]) -> dict[int, object]:
    """When the last answer that is shown among others came, for each of these long threads."""
    if not keys:
        return {}
    answers = Comment.objects.filter(parent=OuterRef("pk"), status=Status.APPROVED).order_by("submitted_at", "pk")
    last = Subquery(answers.values("submitted_at")[FIRST_ANSWERS - 1 : FIRST_ANSWERS])
    return dict(Comment.objects.filter(pk__in=keys).annotate(last=last).values_list("pk", "last"))
