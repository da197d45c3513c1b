"""manage.py personal_data: everything about an address given out, or erased."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments import triggers
from comments.choices import MailKind
from comments.models import (
    Ban,
    Comment,
    CommentRevision,
    Decision,
    Likeness,
    OutboxMessage,
    Report,
    Sender,
    SenderProof,
    Subscription,
    Tally,
    WithdrawalRequest,
)
from comments.personal_data import records
from comments.privacy import address_digest
from newsroom.models import PageGeneration
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

ADDRESS = "said.elfassi@example.ma"
DIGEST = address_digest(ADDRESS)
TABLES = [
    "comment",
    "sender",
    "senderproof",
    "subscription",
    "commentrevision",
    "report",
    "withdrawalrequest",
    "outboxmessage",
]


def run(*arguments: str) -> str:
    output = StringIO()
    call_command("personal_data", *arguments, stdout=output)
    return output.getvalue()


def stored() -> str:
    """Everything in the tables that hold what people wrote."""
    with connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT * FROM comments_{table}")  # noqa: S608 (the list above)
            found += cursor.fetchall()
    return repr(found)


@pytest.fixture
def comment(moderator: Any) -> Comment:
    """A comment with everything that can hang on one."""
    comment = make_comment(
        email=ADDRESS, name="سعيد الفاسي", text="نص سعيد", network="192.0.2.0/24", ip_digest="c" * 64
    )
    CommentRevision.objects.create(
        comment=comment, revision=1, text="النص الأول", by=moderator, act=comment.decisions.get().act
    )
    Report.objects.create(comment=comment, complaint="spam", note="كتبها مبلّغ", reporter="d" * 64, revision=1)
    WithdrawalRequest.objects.create(comment=comment, note="أرجو سحبه", due_at=timezone.now())
    Subscription.objects.create(article=comment.article, comment=comment, email=ADDRESS, email_digest=DIGEST)
    OutboxMessage.objects.create(kind=MailKind.CONFIRM, comment=comment)
    SenderProof.objects.create(sender=Sender.objects.get(email_digest=DIGEST), token_digest="e" * 64)
    return comment


def test_an_export_holds_everything(comment: Comment) -> None:
    held = json.loads(run("export", ADDRESS))

    (told,) = held["comments"]
    assert (told["name"], told["text"], told["email"]) == ("سعيد الفاسي", "نص سعيد", ADDRESS)
    assert told["earlier_texts"][0]["text"] == "النص الأول"
    assert told["withdrawal_requests"][0]["note"] == "أرجو سحبه"
    assert (told["network"], told["connection_is_kept"]) == ("192.0.2.0/24", True)
    assert [each["to_status"] for each in told["decisions"]] == ["approved"]
    assert held["sender"]["approved"] == 1
    assert len(held["sender"]["confirmed_in_browsers"]) == 1
    assert held["subscriptions"][0]["email"] == ADDRESS
    assert held["messages"][0]["kind"] == "confirm"


def test_an_export_names_nobody_else_and_shows_no_hash(comment: Comment, moderator: Any) -> None:
    make_comment(comment.article, parent=comment, name="قارئ آخر", email="other@example.ma")
    comment.reject(by=moderator, note="ملاحظة بين الزملاء")

    told = run("export", f" {ADDRESS.upper()} ")

    assert "other@example.ma" not in told
    assert "قارئ آخر" not in told
    assert moderator.username not in told
    assert "كتبها مبلّغ" not in told
    assert "ملاحظة بين الزملاء" not in told
    assert DIGEST not in told
    assert "c" * 64 not in told


def test_an_export_of_an_unknown_address_is_empty() -> None:
    assert json.loads(run("export", "nobody@example.ma")) == {
        "sender": None,
        "comments": [],
        "subscriptions": [],
        "messages": [],
        "letters": [],
        "newsletter": [],
    }


def test_an_export_can_go_to_a_file_that_only_its_owner_reads(comment: Comment, tmp_path: Path) -> None:
    target = tmp_path / "export.json"

    assert run("export", ADDRESS, "--output", str(target)) == ""

    assert json.loads(target.read_text(encoding="utf-8"))["comments"]
    assert target.stat().st_mode & 0o077 == 0


def test_an_erasure_leaves_nothing_but_the_log(comment: Comment) -> None:
    other = make_comment(comment.article, email="other@example.ma")
    decisions = Decision.objects.count()

    told = run("erase", ADDRESS, "--yes")

    assert "1 comments, 1 subscriptions" in told
    left = stored()
    for trace in ("سعيد", "النص الأول", "أرجو سحبه", "كتبها مبلّغ", DIGEST, "c" * 64, "d" * 64, "e" * 64, "192.0.2.0"):
        assert trace not in left
    assert list(Comment.objects.all()) == [other]
    assert Decision.objects.count() == decisions
    assert Tally.objects.get(pk="status:approved").value == 1


def test_a_comment_that_others_answered_keeps_its_place_alone(comment: Comment, client: Client) -> None:
    answer = make_comment(comment.article, parent=comment, text="جواب قارئ آخر")
    Likeness.objects.create(comment=comment, band=7)

    told = run("erase", ADDRESS, "--yes")

    assert "because others answered them: 1" in told
    row = Comment.objects.defer(None).get(pk=comment.pk)
    assert (row.name, row.text, row.html, row.email, row.email_digest) == ("", "", "", "", "")
    assert row.status == Comment.Status.REJECTED
    assert row.opens_thread
    assert not Likeness.objects.exists()
    page = client.get(f"/news/{comment.article_id}/comments/").content.decode()
    assert answer.text in page
    assert "سعيد" not in page + stored()


def test_answers_that_still_wait_are_not_erased_with_what_they_answer(comment: Comment) -> None:
    waiting = make_comment(comment.article, parent=comment, status="pending")

    run("erase", ADDRESS, "--yes")

    assert Comment.objects.filter(pk=waiting.pk).exists()
    assert not Comment.objects.get(pk=comment.pk).opens_thread


def test_own_answers_below_own_comments_go_as_well(comment: Comment) -> None:
    make_comment(comment.article, parent=comment, email=ADDRESS)
    elsewhere = make_comment(comment.article)
    make_comment(comment.article, parent=elsewhere, email=ADDRESS)

    run("erase", ADDRESS, "--yes")

    assert list(Comment.objects.all()) == [elsewhere]
    assert Comment.objects.get(pk=elsewhere.pk).answers == 0


def test_what_is_kept_for_legal_reasons_is_refused_and_said(comment: Comment) -> None:
    held = make_comment(comment.article, email=ADDRESS, text="نص محفوظ", legal_hold=True)

    with pytest.raises(CommandError, match="1 comments are kept for legal reasons"):
        run("erase", ADDRESS, "--yes")

    row = Comment.objects.defer(None).get(email_digest=DIGEST)
    assert (row, row.text, row.email) == (held, "نص محفوظ", ADDRESS)
    assert Sender.objects.filter(email_digest=DIGEST, verified_at=None).exists()


def test_an_answer_kept_for_legal_reasons_keeps_the_place_above_it(comment: Comment) -> None:
    held = make_comment(comment.article, parent=comment, email=ADDRESS, legal_hold=True)

    with pytest.raises(CommandError):
        run("erase", ADDRESS, "--yes")

    assert Comment.objects.filter(pk=held.pk).exists()
    assert Comment.objects.get(pk=comment.pk).text == ""


def test_a_ban_keeps_the_hash_of_the_address_and_nothing_else(comment: Comment, moderator: Any) -> None:
    Ban.objects.create(sender=Sender.objects.get(email_digest=DIGEST), by=moderator)
    Sender.objects.update(note="يعود كل يوم")

    told = run("erase", ADDRESS, "--yes")

    assert "A keyed hash of the address stays" in told
    sender = Sender.objects.get()
    assert (sender.email_digest, sender.note, sender.approved) == (DIGEST, "", 0)
    assert not SenderProof.objects.exists()


def test_pages_hear_of_it(comment: Comment) -> None:
    key = f"comments:{comment.article_id}"
    before = PageGeneration.objects.get(key=key).value

    run("erase", ADDRESS, "--yes")

    assert PageGeneration.objects.get(key=key).value != before


def test_a_second_erasure_finds_nothing_and_counters_equal_rows(comment: Comment) -> None:
    make_comment(comment.article, parent=comment)
    run("erase", ADDRESS, "--yes")
    kept = list(Tally.objects.order_by("pk").values())

    assert "0 comments" in run("erase", ADDRESS, "--yes")
    triggers.recount(connection)
    assert {row["key"]: row["value"] for row in kept if row["value"]} == dict(
        Tally.objects.exclude(value=0).values_list("key", "value")
    )


def test_without_a_yes_nothing_is_erased(comment: Comment) -> None:
    with pytest.raises(CommandError):
        run("erase", ADDRESS)

    assert Comment.objects.filter(email_digest=DIGEST).exists()


def test_an_emptied_comment_can_be_decided_on_by_nobody(comment: Comment, moderator: Any, login: Any) -> None:
    make_comment(comment.article, parent=comment)
    run("erase", ADDRESS, "--yes")

    with pytest.raises(Comment.DoesNotExist):
        comment.approve(by=moderator)
    response = login(moderator).post(
        "/admin/comments/comment/", {"action": "approve", "index": "0", "_selected_action": [comment.pk]}
    )
    assert response.status_code == 302
    assert Comment.objects.get(pk=comment.pk).status == Comment.Status.REJECTED


def test_erasing_many_leaves_the_articles_of_others() -> None:
    articles = [make_article() for _ in range(3)]
    for article in articles:
        make_comment(article, email=ADDRESS)

    run("erase", ADDRESS, "--yes")

    assert Article.objects.count() == 3
    assert not Comment.objects.exists()


def test_nothing_of_an_erased_text_stays_in_the_index() -> None:
    comment = make_comment(text="zibqwx")
    table, column = ("searchindex_data", "block") if connection.vendor == "sqlite" else ("comment", "folded")

    records.erase(comment.email_digest)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM comments_{table}")  # noqa: S608 (our own names)
        assert not [row for (row,) in cursor.fetchall() if "zibqwx" in str(row)]
