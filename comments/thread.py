"""A page of an article's discussion: the newest threads with their answers."""

from collections import defaultdict
from dataclasses import dataclass

from articles.models import Article
from articles.paging import Cursor, Page, paginate
from comments.choices import Status
from comments.models import ArticleTally, Comment

PAGE_SIZE = 50


@dataclass(frozen=True)
class Thread:
    """A comment and the approved answers to it, in the order they came.

    Where the comment itself is not for readers any more, only its place is shown (`is_gone`).
    """

    comment: Comment
    answers: list[Comment]

    @property
    def is_gone(self) -> bool:
        return self.comment.status != Status.APPROVED


@dataclass(frozen=True)
class Discussion(Page):
    """A page of threads, and how many comments the article has on all pages together."""

    total: int


def comment_page(article: Article, cursor: Cursor | None = None) -> Discussion:
    """Threads of `article` from `cursor` on, newest first, in three queries."""
    columns = ("pk", "name", "html", "submitted_at", "parent_id", "article_id", "status", "staff", "edited")
    comments = Comment.objects.filter(article=article).only(*columns)
    page = paginate(comments.threads().before(cursor), PAGE_SIZE, "submitted_at")
    answers: defaultdict[int, list[Comment]] = defaultdict(list)
    for answer in comments.approved().filter(parent__in=page.items).order_by("submitted_at", "pk"):
        answers[answer.parent_id].append(answer)
    threads = [Thread(comment, answers[comment.pk]) for comment in page.items]
    return Discussion(threads, page.next_cursor, approved_count(article))


def approved_count(article: Article) -> int:
    """How many comments readers see under `article`: a number that the database keeps."""
    return ArticleTally.objects.filter(pk=article.pk).values_list("approved", flat=True).first() or 0
