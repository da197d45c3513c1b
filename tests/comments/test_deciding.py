"""Deciding on comments: who did it, once, with its HTML, in a log that is only added to."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError

from comments.choices import Queue, Reason, Status
from comments.models import Comment, Decision, DecisionManager
from comments.signals import comments_changed
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

METHODS = {Status.APPROVED: "approve", Status.REJECTED: "reject", Status.SPAM: "mark_spam", Status.PENDING: "hold"}
STEPS = [(before, to) for before in Status for to in Status if before != to]
EVERY_STEP = pytest.mark.parametrize(("before", "to"), STEPS, ids=[f"{before}-to-{to}" for before, to in STEPS])
EVERY_STATUS = pytest.mark.parametrize("status", list(Status), ids=str)


def decide(comment: Comment, to: Status, by: User) -> bool:
    return getattr(comment, METHODS[to])(by=by)


def latest_decision(comment: Comment) -> Decision:
    return Decision.objects.filter(comment=comment).order_by("-pk")[0]


@pytest.fixture
def heard() -> Iterator[list[frozenset[int]]]:
    """The articles named by each `comments_changed` of the test."""
    calls: list[frozenset[int]] = []

    def hear(articles: frozenset[int], **kwargs: Any) -> None:
        calls.append(articles)

    comments_changed.connect(hear)
    yield calls
    comments_changed.disconnect(hear)


@EVERY_STEP
def test_a_decision_changes_the_state_and_names_its_actor(before: Status, to: Status, moderator: User) -> None:
    comment = make_comment(status=before)

    assert decide(comment, to, moderator) is True

    logged = latest_decision(comment)
    assert Comment.objects.get().status == comment.status == to
    assert (logged.from_status, logged.to_status) == (before, to)
    assert (logged.by, logged.reason) == (moderator, Reason.MODERATOR)


@EVERY_STATUS
def test_the_same_decision_again_is_refused_and_not_logged(status: Status, moderator: User, heard: list) -> None:
    comment = make_comment(status=status)
    logged = Decision.objects.count()
    heard.clear()

    assert decide(comment, status, moderator) is False

    assert Decision.objects.count() == logged
    assert heard == []


def test_the_second_of_two_moderators_is_told(moderator: User, editor: User) -> None:
    make_comment(status="pending")
    first, second = Comment.objects.get(), Comment.objects.get()

    assert first.approve(by=moderator) is True
    assert second.approve(by=editor) is False

    assert second.status == Status.APPROVED
    assert [decision.by for decision in Decision.objects.order_by("pk")] == [None, moderator]


def test_a_decision_is_taken_from_the_stored_state(moderator: User) -> None:
    make_comment(status="pending")
    first, second = Comment.objects.get(), Comment.objects.get()
    first.approve(by=moderator)

    assert second.reject(by=moderator) is True

    assert latest_decision(second).from_status == Status.APPROVED


def test_the_log_keeps_the_note_and_the_hash_of_the_text(moderator: User) -> None:
    comment = make_comment(status="pending", text="نص فيه إساءة")

    comment.reject(by=moderator, note="إساءة إلى شخص")

    logged = latest_decision(comment)
    assert logged.note == "إساءة إلى شخص"
    assert logged.text_hash == hashlib.sha256("نص فيه إساءة".encode()).hexdigest()


def test_the_html_is_ready_at_approval(moderator: User) -> None:
    comment = make_comment(status="pending", text="شكرا <b>لكم</b>")
    assert Comment.objects.get().html == ""

    comment.approve(by=moderator)

    assert Comment.objects.get().html == comment.html == '<p dir="auto">شكرا &lt;b&gt;لكم&lt;/b&gt;</p>'


@pytest.mark.parametrize("to", [Status.REJECTED, Status.SPAM, Status.PENDING], ids=str)
def test_the_html_is_cleared_when_readers_lose_sight_of_it(to: Status, moderator: User) -> None:
    comment = make_comment(status="approved")
    assert Comment.objects.get().html

    decide(comment, to, moderator)

    assert Comment.objects.get().html == comment.html == ""


@EVERY_STEP
def test_the_pages_hear_of_every_decision(before: Status, to: Status, moderator: User, heard: list) -> None:
    comment = make_comment(status=before)
    heard.clear()

    decide(comment, to, moderator)

    assert heard == [frozenset([comment.article_id])]


def test_a_decision_that_cannot_be_logged_is_not_taken(moderator: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("disk full")

    comment = make_comment(status="pending")
    monkeypatch.setattr(DecisionManager, "record", fail)

    with pytest.raises(RuntimeError):
        comment.approve(by=moderator)

    stored = Comment.objects.get()
    assert (stored.status, stored.html) == (Status.PENDING, "")
    assert comment.status == Status.PENDING


def test_an_entry_of_the_log_cannot_be_changed() -> None:
    make_comment()
    entry = Decision.objects.get()
    entry.note = "رواية أخرى"

    with pytest.raises(TypeError):
        entry.save()

    assert Decision.objects.get().note == ""


def test_an_entry_of_the_log_cannot_be_deleted() -> None:
    make_comment()

    with pytest.raises(TypeError):
        Decision.objects.get().delete()

    assert Decision.objects.count() == 1


def test_the_log_cannot_be_changed_or_emptied_at_once() -> None:
    comment = make_comment()
    entry = Decision.objects.get()
    entry.note = "رواية أخرى"

    for logged in (Decision.objects.all(), comment.decisions.all()):
        with pytest.raises(TypeError):
            logged.update(note="رواية أخرى")
        with pytest.raises(TypeError):
            logged.delete()
        with pytest.raises(TypeError), transaction.atomic():
            logged.bulk_update([entry], ["note"])

    assert Decision.objects.get().note == ""


def test_a_moderator_in_the_log_cannot_be_deleted(moderator: User) -> None:
    make_comment(status="pending").approve(by=moderator)

    with pytest.raises(ProtectedError):
        moderator.delete()


def test_a_decision_outlives_its_comment() -> None:
    comment = make_comment()
    key = comment.pk

    comment.delete()

    assert not Comment.objects.exists()
    assert Decision.objects.get().comment_id == key


def test_a_decision_outlives_the_article() -> None:
    comment = make_comment()
    key = comment.pk

    comment.article.delete()

    assert not Comment.objects.exists()
    assert Decision.objects.get().comment_id == key


@EVERY_STATUS
def test_only_approved_comments_are_for_readers(status: Status) -> None:
    comment = make_comment(status=status)

    assert list(Comment.objects.approved()) == ([comment] if status == Status.APPROVED else [])


@EVERY_STATUS
def test_an_approved_answer_stays_whatever_becomes_of_what_it_answers(status: Status) -> None:
    article = make_article()
    parent = make_comment(article, status=status)
    answer = make_comment(article, parent=parent)

    assert answer in Comment.objects.approved()
    assert list(Comment.objects.threads()) == [parent]


@pytest.mark.parametrize("status", [Status.PENDING, Status.REJECTED, Status.SPAM], ids=str)
def test_a_comment_that_went_opens_no_thread_without_approved_answers(status: Status) -> None:
    article = make_article()
    parent = make_comment(article, status=status)
    make_comment(article, parent=parent, status="pending")

    assert not Comment.objects.threads().exists()


def test_the_newest_approved_comment_comes_first() -> None:
    article = make_article()
    first, second = make_comment(article), make_comment(article)
    Comment.objects.update(submitted_at=first.submitted_at)

    assert list(Comment.objects.approved()) == [second, first]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "hidden"},
        {"html": ""},
        {"parent": models.F("id")},
        {"status": Status.PENDING, "html": ""},
        {"queue": "elsewhere"},
    ],
    ids=["unknown-status", "approved-without-html", "answers-itself", "pending-nowhere", "unknown-queue"],
)
def test_the_database_refuses_a_comment_against_the_rules(change: dict[str, Any]) -> None:
    make_comment(status="approved")

    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.update(**change)


def test_the_database_accepts_a_pending_comment_without_html() -> None:
    make_comment(status="approved")

    assert Comment.objects.update(status=Status.PENDING, html="", queue=Queue.KNOWN) == 1
