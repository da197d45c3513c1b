"""The demonstration portal grown for measuring: as right as one that grew by itself."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.models import Count

from articles.arabic import fold, stems
from articles.models import Article, ArticleCategory
from comments import triggers
from comments.choices import Queue, Status
from comments.html import comment_html
from comments.models import ArticleTally, Comment, Decision, Report, Sender, Tally
from comments.privacy import digest
from newsroom.demo import bulk
from newsroom.roles import MODERATOR
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db


def silent(done: int, count: int) -> None:
    pass


@pytest.fixture
def grown(db: Any) -> None:
    moderator = User.objects.create_user(MODERATOR)
    moderator.groups.add(Group.objects.get(name=MODERATOR))
    make_comment(make_article(is_hot=True), status="pending")
    bulk.fill_articles(12, silent)
    bulk.fill_comments(1_500, silent)


def numbers() -> tuple[Any, ...]:
    return (
        sorted(Tally.objects.exclude(value=0).values_list("key", "value")),
        sorted(ArticleTally.objects.values_list("pk", "approved", "pending")),
        sorted(Sender.objects.values_list("email_digest", "pending", "approved", "rejected", "spam")),
        sorted(Comment.objects.exclude(answers=0).values_list("pk", "answers")),
    )


def test_it_grows_to_the_numbers_asked_for(grown: None) -> None:
    assert Article.objects.count() == Article.objects.published().count() == 12
    assert not ArticleCategory.objects.drifted().exists()
    assert Comment.objects.count() == 1_500


def test_a_second_run_adds_nothing(grown: None) -> None:
    assert bulk.fill_articles(12, silent) == bulk.fill_comments(1_500, silent) == 0
    assert bulk.fill_comments(1_503, silent) == 3
    assert Comment.objects.count() == 1_503


def test_its_numbers_equal_its_rows(grown: None) -> None:
    kept = numbers()

    triggers.recount(connection)

    assert kept == numbers()
    assert len(kept[2]) > 50


def test_triggers_indexes_and_keys_are_back(grown: None) -> None:
    before = Tally.objects.get(key="status:pending").value
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, Comment._meta.db_table)

    make_comment(status="pending")

    assert Tally.objects.get(key="status:pending").value == before + 1
    assert {index.name for index in Comment._meta.indexes} <= set(constraints)


def test_comments_wait_in_every_queue(grown: None) -> None:
    waiting = dict(Comment.objects.exclude(queue="").values_list("queue").annotate(Count("pk")).order_by())

    assert set(waiting) == set(Queue.values)
    assert 0.07 < Comment.objects.filter(status=Status.PENDING).count() / 1_500 < 0.13
    assert Report.objects.count() == waiting[Queue.REPORTED]
    assert Comment.objects.filter(parent__isnull=False).count() > 200
    assert not Comment.objects.filter(parent__parent__isnull=False).exists()


def test_each_comment_is_as_its_own_save_would_have_it(grown: None) -> None:
    for comment in Comment.objects.order_by("?")[:50]:
        assert comment.html == (comment_html(comment.text) if comment.status == Status.APPROVED else "")
        assert comment.folded == f"{' '.join(stems(comment.name))}\n{' '.join(stems(comment.text))}"
        assert comment.text_digest == digest("text", fold(comment.text))


def test_addresses_are_sealed_and_belong_to_their_digest(grown: None) -> None:
    comment = Comment._base_manager.order_by("-pk")[0]

    assert comment.email.startswith("crowd-")
    assert Sender.objects.filter(email_digest=comment.email_digest).exists()


def test_the_log_says_why_each_is_where_it_is(grown: None) -> None:
    logged = Decision.objects.order_by("comment_id").values_list("comment_id", flat=True)

    assert set(logged) == set(Comment.objects.values_list("pk", flat=True))
    assert Decision.objects.filter(to_status="rejected", by=None).count() == 0
