"""Receiving a submission: stored once, with the policy's decision."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from articles.models import Article
from comments.choices import Reason, Status
from comments.models import Comment, Decision, DecisionManager
from comments.privacy import address_digest
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 5, tzinfo=UTC)


def submission(article: Article, **values: Any) -> Comment:
    values = {"name": "سعيد", "email": "said@example.ma", "text": "شكرا على هذا المقال.", **values}
    return Comment(article=article, **values)


def receive(comment: Comment, status: Status = Status.PENDING, reason: Reason = Reason.HELD) -> Comment:
    with transaction.atomic():
        comment.receive(status, reason)
    return comment


@pytest.mark.parametrize(
    ("status", "reason"),
    [(Status.PENDING, Reason.HELD), (Status.APPROVED, Reason.POST_MODERATED), (Status.SPAM, Reason.HONEYPOT)],
    ids=["held", "shown", "trapped"],
)
def test_a_submission_is_stored_with_the_decision_of_the_policy(status: Status, reason: Reason) -> None:
    receive(submission(make_article()), status, reason)

    stored, logged = Comment.objects.get(), Decision.objects.get()
    assert stored.status == status
    assert bool(stored.html) is (status == Status.APPROVED)
    assert (logged.comment, logged.by, logged.from_status) == (stored, None, "")
    assert (logged.to_status, logged.reason) == (status, reason)


def test_the_sender_is_found_by_the_digest_of_the_address() -> None:
    receive(submission(make_article()))

    assert Comment.objects.filter(email_digest=address_digest("SAID@example.ma")).count() == 1


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    "change",
    [{}, {"name": "سعيد الفاسي"}, {"email": "Said@Example.ma"}, {"text": "شكراً على هذا المقال"}],
    ids=["equal", "other-name", "case-of-address", "spelling"],
)
def test_the_same_submission_is_not_stored_twice(change: dict[str, Any]) -> None:
    article = make_article()
    receive(submission(article))

    with pytest.raises(IntegrityError):
        receive(submission(article, **change))

    assert Comment.objects.count() == 1
    assert Decision.objects.count() == 1


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    "change", [{"text": "لا أوافق على هذا المقال."}, {"email": "karima@example.ma"}], ids=["text", "reader"]
)
def test_another_submission_is_stored_beside_the_first(change: dict[str, Any]) -> None:
    article = make_article()
    receive(submission(article))

    receive(submission(article, **change))

    assert Comment.objects.count() == 2


@time_machine.travel(NOW, tick=False)
def test_signs_that_fold_to_nothing_are_told_apart() -> None:
    article = make_article()
    receive(submission(article, text="👍"))

    receive(submission(article, text="👎"))
    with pytest.raises(IntegrityError):
        receive(submission(article, text="👍"))

    assert Comment.objects.count() == 2


@time_machine.travel(NOW, tick=False)
def test_the_same_text_is_stored_under_another_article_and_as_an_answer() -> None:
    article = make_article()
    receive(submission(article))
    parent = make_comment(article)

    receive(submission(make_article()))
    receive(submission(article, parent=parent))

    assert Comment.objects.filter(name="سعيد").count() == 3


def test_the_same_submission_is_accepted_after_an_hour() -> None:
    article = make_article()
    with time_machine.travel(NOW, tick=False):
        receive(submission(article))

    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        receive(submission(article))

    assert Comment.objects.count() == 2


def test_the_stored_submission_is_found_again_for_a_double_click() -> None:
    article = make_article()
    with time_machine.travel(NOW, tick=False):
        stored = receive(submission(article))
        again = submission(article)

    assert Comment.objects.get(submission_digest=again.submission()) == stored


def test_a_submission_whose_decision_is_not_logged_is_not_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(DecisionManager, "record", fail)

    with pytest.raises(RuntimeError):
        receive(submission(make_article()))

    assert not Comment.objects.exists()


def test_imported_comments_have_no_submission_and_may_be_alike() -> None:
    article = make_article()

    for _ in range(2):
        submission(article, status=Status.APPROVED, submitted_at=NOW).save()

    assert list(Comment.objects.values_list("submission_digest", flat=True)) == [None, None]
    assert Comment.objects.approved().count() == 2
