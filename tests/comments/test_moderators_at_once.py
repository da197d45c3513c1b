"""Moderators at work at the same moment: one wins, the other is told, and neither waits for ever."""

import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections

from comments.choices import Complaint, Queue, Status
from comments.models import Comment, Decision, Report
from comments.moderation.deciding import Choice, Result, Told, Verdict, decide_all
from tests.factories import make_article, make_comment, make_user

ROUNDS = 12


def verdict(to: Status = Status.APPROVED) -> Verdict:
    return Verdict(to, make_user("moderator"), uuid.uuid4(), list(Queue))


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each of `works` gives, all begun at the same moment; an error is given in its place."""
    results: list[Any] = [None] * len(works)
    barrier = Barrier(len(works))

    def run(number: int, work: Callable[[], Any]) -> None:
        barrier.wait()
        try:
            results[number] = work()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def results_of(told: list[Told] | Exception) -> list[Result]:
    assert isinstance(told, list), told
    return [each.result for each in told]


@pytest.fixture
def in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """SQLite in a file, as in production: in memory, threads share one cache whose locks nobody waits for."""
    if connection.vendor != "sqlite":
        yield
        return
    in_memory, settings = connections["default"], connections.settings["default"]
    name, path = settings["NAME"], tmp_path / "news.sqlite3"
    with closing(sqlite3.connect(path)) as target:
        in_memory.connection.backup(target)
    settings["NAME"] = str(path)
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    settings["NAME"] = name
    connections["default"] = in_memory


@pytest.mark.django_db(transaction=True)
def test_of_two_on_the_same_comments_one_wins_each(in_a_file: None) -> None:
    for _ in range(ROUNDS):
        comments = [make_comment(status="pending") for _ in range(4)]
        first, second = verdict(), verdict(Status.SPAM)
        choices = [Choice(each.pk, each.revision) for each in comments]

        told = at_once(lambda: decide_all(choices, first), lambda: decide_all(choices[::-1], second))  # noqa: B023

        won = [results_of(each).count(Result.DONE) for each in told]
        assert sum(won) == len(comments)
        assert Decision.objects.filter(act__in=[first.act, second.act]).count() == len(comments)


@pytest.mark.django_db(transaction=True)
def test_an_answer_its_parent_and_a_report_are_handled_at_once(in_a_file: None) -> None:
    for _ in range(ROUNDS):
        article = make_article()
        parent = make_comment(article)
        answer = make_comment(article, parent=parent, status="pending")
        on_answer, on_parent = verdict(), verdict(Status.REJECTED)
        standing = Choice(parent.pk, parent.revision, Status.APPROVED)

        told = at_once(
            lambda: decide_all([Choice(answer.pk, answer.revision)], on_answer),  # noqa: B023
            lambda: decide_all([standing], on_parent),  # noqa: B023
            lambda: Report.objects.file(parent, Complaint.INSULT, reporter="a"),  # noqa: B023
            lambda: make_comment(article, parent=parent, status="pending"),  # noqa: B023
        )

        assert results_of(told[0]) == results_of(told[1]) == [Result.DONE]
        assert told[2] is True or isinstance(told[2], Comment.DoesNotExist)
        assert isinstance(told[3], Comment)
