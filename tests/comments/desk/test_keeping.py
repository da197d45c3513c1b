"""Passing a comment to the editor-in-chief, and keeping one for legal reasons."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from articles.models import Article
from comments.choices import Queue, Reason, Status
from comments.models import Comment, CommentRevision, Decision, PassedOn, Report
from tests.factories import make_article, make_comment, make_user

pytestmark = pytest.mark.django_db


def stored(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def last(comment: Comment) -> Decision:
    return Decision.objects.filter(comment=comment.pk).latest("pk")


@pytest.mark.parametrize("status", Status)
def test_a_comment_is_passed_on_where_it_stands_and_noted(moderator: User, status: Status) -> None:
    comment = make_comment(status=status)
    before = comment.queue

    assert comment.escalate(by=moderator, note="للمراجعة القانونية")

    row = last(comment)
    assert (stored(comment).status, stored(comment).queue) == (status, Queue.ESCALATED)
    assert (row.by, row.reason, row.from_status, row.to_status) == (moderator, Reason.ESCALATED, status, status)
    assert (row.note, row.from_queue) == ("للمراجعة القانونية", before)


def test_passing_on_twice_is_noted_once(moderator: User) -> None:
    comment = make_comment(status="pending")
    count = Decision.objects.count()

    assert [comment.escalate(by=moderator), comment.escalate(by=moderator)] == [True, False]
    assert Decision.objects.count() == count + 1


def test_passing_on_leaves_reports_open(moderator: User) -> None:
    comment = make_comment()
    Report.objects.create(comment=comment, complaint="hate", revision=1)

    comment.escalate(by=moderator)

    assert Report.objects.get().outcome == "open"


def test_only_the_editor_in_chief_decides_on_it_then(moderator: User, editor: User) -> None:
    comment = make_comment(status="pending")
    comment.escalate(by=moderator)

    with pytest.raises(PassedOn):
        comment.approve(by=moderator)

    assert stored(comment).status == Status.PENDING
    assert comment.approve(by=editor)
    assert (stored(comment).status, stored(comment).queue) == (Status.APPROVED, "")


def test_whoever_passed_it_on_may_take_that_back(moderator: User) -> None:
    comment = make_comment(status="pending")
    comment.escalate(by=moderator)

    comment.decide(Status.PENDING, moderator, reason=Reason.UNDONE, queue=Queue.FIRST)

    assert stored(comment).queue == Queue.FIRST


def test_passing_on_from_the_desk_is_undone_by_its_key(login: Any, moderator: User) -> None:
    comment = make_comment(status="pending")
    desk = login(moderator)
    page = desk.get(reverse("desk_escalate", args=[comment.pk]), {"part": ""}).content.decode()
    act = page.partition('name="act" value="')[2].partition('"')[0]
    script = {"Accept": "application/json"}

    answer = desk.post(reverse("desk_escalate", args=[comment.pk]), {"note": "للنظر", "act": act}, headers=script)
    passed = stored(comment).queue
    desk.post(reverse("desk_undo"), {"act": act}, headers=script)

    assert answer.json()["card"] == ""  # it leaves this moderator's list
    assert (passed, stored(comment).queue) == (Queue.ESCALATED, Queue.FIRST)


def test_the_admins_own_buttons_leave_it_alone_too(login: Any, moderator: User) -> None:
    comment = make_comment(status="pending")
    comment.escalate(by=moderator)

    response = login(moderator).post(
        "/admin/comments/comment/", {"action": "approve", "index": "0", "_selected_action": [comment.pk]}
    )

    assert response.status_code == 302
    assert stored(comment).status == Status.PENDING


@pytest.mark.parametrize("note", ["", "   ", "x" * 2001, "x\x00"])
def test_passing_on_needs_a_note_that_can_be_kept(login: Any, moderator: User, note: str) -> None:
    comment = make_comment(status="pending")

    response = login(moderator).post(reverse("desk_escalate", args=[comment.pk]), {"note": note})

    assert response.status_code == 422
    assert stored(comment).queue == Queue.FIRST


def test_the_editor_sees_what_was_passed_on_and_why_and_nothing_else(login: Any, moderator: User) -> None:
    passed, other = make_comment(status="pending", text="نص محال"), make_comment(status="pending", text="نص عادي")
    login(moderator).post(reverse("desk_escalate", args=[passed.pk]), {"note": "تهديد صريح"})

    page = login(make_user("editor")).get(reverse("desk")).content.decode()

    assert passed.text in page
    assert "تهديد صريح" in page
    assert other.text not in page


def test_a_legal_hold_is_noted_on_and_off(login: Any, editor: User) -> None:
    comment = make_comment()
    client = login(editor)

    client.post(reverse("desk_hold_legally", args=[comment.pk]), {"note": "دعوى 17/2026"})
    held, row = stored(comment).legal_hold, last(comment)
    client.post(reverse("desk_release_legally", args=[comment.pk]), {"note": "انتهت"})

    assert (held, stored(comment).legal_hold) == (True, False)
    assert (row.by, row.reason, row.note) == (editor, Reason.LEGAL_HOLD, "دعوى 17/2026")
    assert last(comment).reason == Reason.LEGAL_RELEASE


def test_what_is_kept_can_still_be_decided_on(editor: User, moderator: User) -> None:
    comment = make_comment()
    comment.hold_legally(by=editor, note="")

    assert comment.reject(by=moderator)
    assert stored(comment).legal_hold


DELETIONS = {
    "object": lambda comment: comment.delete(),
    "queryset": lambda comment: Comment.objects.filter(pk=comment.pk).delete(),
    "parent": lambda comment: comment.parent.delete(),
    "article": lambda comment: comment.article.delete(),
    "articles": lambda comment: Article.objects.filter(pk=comment.article_id).delete(),
}


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_what_is_kept_is_not_deleted(editor: User, delete: Any) -> None:
    parent = make_comment()
    comment = make_comment(parent.article, parent=parent)
    comment.hold_legally(by=editor, note="")

    with pytest.raises(ProtectedError):
        delete(stored(comment))

    assert Comment.objects.count() == 2


STATEMENTS = {
    "delete": "DELETE FROM comments_comment",
    "text": "UPDATE comments_comment SET text = ''",
    "name": "UPDATE comments_comment SET name = ''",
    "originals": "DELETE FROM comments_commentrevision",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_the_database_itself_keeps_it(editor: User, statement: str) -> None:
    comment = make_comment()
    CommentRevision.objects.create(comment=comment, revision=1, text="الأصل", by=editor, act=last(comment).act)
    comment.hold_legally(by=editor, note="")

    with pytest.raises(IntegrityError, match="legal"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert stored(comment).text == comment.text
    comment.release_legally(by=editor, note="")
    CommentRevision.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_deleting_the_article_in_the_admin_is_refused_with_words(login: Any, editor: User) -> None:
    comment = make_comment()
    comment.hold_legally(by=editor, note="")
    Article.objects.filter(pk=comment.article_id).update(status="draft")  # of others, nothing is ever deleted
    address = f"/admin/articles/article/{comment.article_id}/delete/"
    client = login(make_user(is_superuser=True))

    asked, pressed = client.get(address), client.post(address, {"post": "yes"})

    assert [response.status_code for response in (asked, pressed)] == [200, 200]
    assert not [page for page in (asked, pressed) if 'name="post"' in page.content.decode()]  # no “yes, delete”
    assert Article.objects.filter(pk=comment.article_id).exists()


def test_an_article_without_any_goes_as_before() -> None:
    article = make_article()
    parent = make_comment(article)
    make_comment(article, parent=parent)

    article.delete()

    assert not Comment.objects.exists()
