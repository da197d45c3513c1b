"""A page of an article's discussion: the newest threads with their answers."""

from collections import defaultdict
from dataclasses import dataclass

from articles.models import Article
from articles.paging import Cursor, Page, paginate
from comments.models import Comment

PAGE_SIZE = 50


@dataclass(frozen=True)
class Thread:
    """A comment and the approved answers to it, in the order they came."""

    comment: Comment
    answers: list[Comment]


@dataclass(frozen=True)
class Discussion(Page):
    """A page of threads, and how many comments the article has on all pages together."""

    total: int


def comment_page(article: Article, cursor: Cursor | None = None) -> Discussion:
    """Threads of `article` from `cursor` on, newest first, in two queries; in three where there are more pages."""
    columns = ("pk", "name", "html", "submitted_at", "parent_id", "article_id")
    approved = Comment.objects.approved().filter(article=article).only(*columns)
    page = paginate(approved.threads().before(cursor), PAGE_SIZE, "submitted_at")
    answers: defaultdict[int, list[Comment]] = defaultdict(list)
    for answer in approved.filter(parent__in=page.items).order_by("submitted_at", "pk"):
        answers[answer.parent_id].append(answer)
    threads = [Thread(comment, answers[comment.pk]) for comment in page.items]
    is_whole = cursor is None and not page.next_cursor
    total = sum(1 + len(thread.answers) for thread in threads) if is_whole else approved.count()
    return Discussion(threads, page.next_cursor, total)
