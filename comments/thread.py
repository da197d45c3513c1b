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


def comment_page(article: Article, cursor: Cursor | None = None) -> Page:
    """Threads of `article` from `cursor` on, newest first, in two queries."""
    columns = ("pk", "name", "html", "submitted_at", "parent_id", "article_id")
    approved = Comment.objects.approved().filter(article=article).only(*columns)
    page = paginate(approved.threads().before(cursor), PAGE_SIZE, "submitted_at")
    answers: defaultdict[int, list[Comment]] = defaultdict(list)
    for answer in approved.filter(parent__in=page.items).order_by("submitted_at", "pk"):
        answers[answer.parent_id].append(answer)
    return Page([Thread(comment, answers[comment.pk]) for comment in page.items], page.next_cursor)
