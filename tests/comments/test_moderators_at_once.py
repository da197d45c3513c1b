"""Moderators at work at the same moment: one wins, the other is told, and neither waits for ever."""

import uuid

import pytest

from comments.choices import Complaint, Queue, Status
from comments.models import Comment, Decision, Report
from comments.moderation.deciding import Choice, Result, Told, Verdict, decide_all
from tests.at_once import at_once
from tests.factories import make_article, make_comment, make_user

ROUNDS = 12


def verdict(to: Status = Status.APPROVED) -> Verdict:
    return Verdict(to, make_user("moderator"), uuid.uuid4(), list(Queue))


def results_of(told: list[Told] | Exception) -> list[Result]:
    assert isinstance(told, list), told
    return [each.result for each in told]


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
