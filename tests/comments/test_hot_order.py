"""Comments on hot events stand before others in their queue, as long as the event is hot."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article
from comments.choices import Queue, Reason, Status
from comments.learning.learner import follow_flags, refresh_ranks
from comments.learning.ranks import rank_of, ranked_again
from comments.models import Comment
from tests.factories import make_article, make_comment

_numbers = itertools.count()


def receive(article: Article) -> Comment:
    comment = Comment(article=article, name="سعيد", email=f"said{next(_numbers)}@example.ma", text="كلام")
    comment.receive(Status.PENDING, Reason.HELD)
    return comment


def rank(comment: Comment) -> int:
    return Comment.objects.values_list("rank", flat=True).get(pk=comment.pk)


def test_every_hot_one_stands_before_every_other() -> None:
    scores = (None, 0.0, 0.5, 1.0)

    hot = [rank_of(hot=True, score=score, queue=queue) for score in scores for queue in Queue]
    steady = [rank_of(hot=False, score=score, queue=queue) for score in scores for queue in Queue]

    assert 0 <= min(hot) <= max(hot) < 100 <= min(steady) <= max(steady) < 200


@pytest.mark.parametrize("hot", [True, False])
def test_a_new_score_leaves_hot_ones_hot(hot: bool) -> None:
    before = rank_of(hot=hot, score=None, queue=Queue.FIRST)

    assert ranked_again(before, 0.3, Queue.FIRST) == rank_of(hot=hot, score=0.3, queue=Queue.FIRST)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"is_hot": True}, 50),
        ({"is_hot": True, "hot_until": timedelta(hours=1)}, 50),
        ({"is_hot": True, "hot_until": -timedelta(hours=1)}, 150),
        ({}, 150),
    ],
    ids=["hot", "hot for an hour", "was hot", "not hot"],
)
def test_a_new_comment_is_ranked_by_its_article(values: dict[str, Any], expected: int) -> None:
    if "hot_until" in values:
        values = {**values, "hot_until": timezone.now() + values["hot_until"]}

    assert rank(receive(make_article(**values))) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("write", ["save", "update"])
def test_the_queue_follows_the_flag(write: str) -> None:
    article = make_article()
    comment, other, decided = receive(article), receive(make_article()), make_comment(article)
    reported = make_comment(article, queue=Queue.REPORTED)

    for is_hot in (True, False):
        if write == "save":
            article.is_hot = is_hot
            article.save()
        else:
            Article.objects.filter(pk=article.pk).update(is_hot=is_hot)

        assert [rank(each) for each in (comment, reported)] == ([50, 50] if is_hot else [150, 150])
        assert [rank(each) for each in (other, decided)] == [150, 150]


@pytest.mark.django_db
def test_a_hot_event_that_ended_by_the_clock_steps_back() -> None:
    soon = timezone.now() + timedelta(hours=1)
    article, lasting = make_article(is_hot=True, hot_until=soon), make_article(is_hot=True)
    comment, other = receive(article), receive(lasting)
    assert refresh_ranks() == 0

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        moved = refresh_ranks()

    assert moved == 1
    assert (rank(comment), rank(other)) == (150, 50)


@pytest.mark.django_db
def test_following_an_article_costs_five_queries_at_most(django_assert_max_num_queries: Any) -> None:
    article = make_article(is_hot=True)
    for _ in range(3):
        receive(article)

    with django_assert_max_num_queries(5):
        follow_flags([article.pk])
