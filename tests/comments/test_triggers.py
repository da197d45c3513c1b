"""The database counts comments and keeps its logs, whoever writes."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from comments import triggers
from comments.choices import Queue, Status
from comments.models import AddressLook, ArticleTally, Comment, Decision, Sender, Tally
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db


def numbers() -> dict[str, Any]:
    """Everything that the database keeps, zeros left out."""
    counted = {tally.key: tally.value for tally in Tally.objects.all() if tally.value}
    for tally in ArticleTally.objects.all():
        counted |= {f"article:{tally.pk}": (tally.approved, tally.pending)} if tally.approved or tally.pending else {}
    for sender in Sender.objects.all():
        row = (sender.pending, sender.approved, sender.rejected, sender.spam)
        counted |= {f"sender:{sender.email_digest}": row} if any(row) else {}
    counted |= {f"answers:{each.pk}": each.answers for each in Comment.objects.all() if each.answers}
    return counted


def recounted() -> dict[str, Any]:
    triggers.recount(connection)
    return numbers()


def some_comments() -> list[Comment]:
    """Two threads of one article and one of another, in every status."""
    article = make_article()
    opener = make_comment(article, email="one@example.ma")
    answers = [make_comment(article, parent=opener, status=status, email="two@example.ma") for status in Status]
    return [opener, *answers, make_comment(status="pending", email="one@example.ma")]


def test_every_comment_is_counted_by_status_queue_article_sender_and_thread() -> None:
    opener, *_answers, alone = some_comments()

    counted = numbers()

    assert {key: counted[key] for key in counted if key.startswith(("status", "queue"))} == {
        "status:approved": 2,
        "status:pending": 2,
        "status:rejected": 1,
        "status:spam": 1,
        "queue:first": 2,
    }
    assert counted[f"article:{opener.article_id}"] == (2, 1)
    assert counted[f"article:{alone.article_id}"] == (0, 1)
    assert counted[f"sender:{opener.email_digest}"] == (1, 1, 0, 0)
    assert counted[f"answers:{opener.pk}"] == 1


def approve_all(comments: list[Comment], by: Any) -> None:
    for comment in comments:
        comment.approve(by=by)


CHANGES = {
    "decisions": approve_all,
    "update": lambda comments, by: Comment.objects.update(status=Status.SPAM, html="", queue=""),
    "update-of-queues": lambda comments, by: Comment.objects.filter(status="pending").update(queue=Queue.RULE),
    "another-article": lambda comments, by: Comment.objects.update(article=make_article()),
    "no-address": lambda comments, by: Comment.objects.update(email="", email_digest=""),
    "delete-one": lambda comments, by: comments[1].delete(),
    "delete-a-thread": lambda comments, by: comments[0].delete(),
    "delete-the-article": lambda comments, by: comments[0].article.delete(),
    "delete-all": lambda comments, by: Comment.objects.all().delete(),
    "bulk": lambda comments, by: Comment.objects.bulk_create(
        Comment(article=make_article(), name="س", text=f"نص {n}", email=f"b{n}@example.ma", status=status)
        for n, status in enumerate(Status)
    ),
    "a-stale-object": lambda comments, by: comments[0].save(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_numbers_equal_the_rows_after_any_write(change: Any, moderator: Any) -> None:
    comments = some_comments()

    change(comments, moderator)

    kept = numbers()
    assert kept == recounted()


def test_what_is_rolled_back_is_not_counted() -> None:
    some_comments()
    before = numbers()

    with pytest.raises(RuntimeError), transaction.atomic():
        Comment.objects.all().delete()
        raise RuntimeError("undone")

    assert numbers() == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET at = at", "DELETE FROM {}"],
    ids=["update", "delete"],
)
@pytest.mark.parametrize("log", [Decision, AddressLook])
def test_the_database_refuses_changes_of_a_log(statement: str, log: Any, moderator: Any) -> None:
    comment = make_comment()
    AddressLook.objects.create(comment=comment, by=moderator)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(log._meta.db_table))

    assert log.objects.count() == 1


def test_migrating_again_leaves_the_triggers_in_place() -> None:
    comment = make_comment()
    triggers.install_after_migrate(using="default")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM comments_decision")
    comment.delete()
    assert numbers() == {}


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_logs_too_and_puts_the_triggers_back() -> None:
    make_comment()

    call_command("flush", interactive=False, verbosity=0)

    assert not Decision.objects.exists()
    make_comment()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM comments_decision")
