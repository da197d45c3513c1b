"""Evidence on one comment: complete, checkable, without an address, and noted."""

import hashlib
import json
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from comments.choices import Reason
from comments.models import Comment, CommentRevision, Decision, Report, WordRule
from comments.moderation.evidence import document_hash
from tests.factories import make_comment

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def exported(desk: Client, key: int) -> dict[str, Any]:
    response = desk.post(f"/admin/comments/desk/evidence/{key}.json")
    assert response.status_code == 200
    return json.loads(response.content)


@pytest.fixture
def comment(moderator: User) -> Comment:
    """One with a past: edited, reported, met by a rule, decided on twice."""
    made = make_comment(
        status="pending", name="سعيد", text="نص جديد", email="canary.reader@example.ma", network="41.140.0.0/16"
    )
    rule = WordRule.objects.create(phrase="كلمة")
    Decision.objects.record(made, "", Reason.RULE, by=None, rule=rule, span_start=2, span_end=6, detail="كلمة")
    CommentRevision.objects.create(comment=made, revision=1, text="نص قديم", by=moderator, act=rule_act(made))
    Report.objects.create(comment=made, complaint="hate", note="عنصري", revision=1, reporter="a" * 64)
    made.reject(by=moderator, note="مخالف", cause="hate")
    return made


def rule_act(comment: Comment) -> Any:
    return Decision.objects.filter(comment=comment.pk).latest("pk").act


def test_the_document_tells_everything(desk: Client, comment: Comment, moderator: User) -> None:
    document = exported(desk, comment.pk)

    assert document["comment"]["text"] == "نص جديد"
    assert document["comment"]["text_sha256"] == hashlib.sha256("نص جديد".encode()).hexdigest()
    assert document["comment"]["network"] == "41.140.0.0/16"
    assert document["comment"]["submitted_at"] == comment.submitted_at.isoformat()
    assert document["article"]["address"].startswith("http://testserver/")
    assert document["article"]["title"] == str(comment.article)
    assert [each["text"] for each in document["revisions"]] == ["نص قديم"]
    assert document["revisions"][0]["text_sha256"] == hashlib.sha256("نص قديم".encode()).hexdigest()
    assert [each["note"] for each in document["reports"]] == ["عنصري"]
    _made, met, rejected = document["decisions"]
    assert (met["reason"], met["span"], met["detail"], met["by"]) == ("rule", [2, 6], "كلمة", None)
    assert (rejected["by"], rejected["cause"], rejected["note"]) == (moderator.username, "hate", "مخالف")
    assert (rejected["from"], rejected["to"]) == ("pending", "rejected")
    assert document["exported"]["by"] == moderator.username


def test_the_hash_can_be_checked_and_tells_of_any_change(desk: Client, comment: Comment) -> None:
    document = exported(desk, comment.pk)
    kept = {name: value for name, value in document.items() if name != "sha256"}
    canonical = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert document["sha256"] == hashlib.sha256(canonical.encode()).hexdigest()
    document["comment"]["text"] += "."
    assert document_hash(document) != document["sha256"]


def test_the_address_is_masked_and_no_keyed_hash_is_told(desk: Client, comment: Comment) -> None:
    text = json.dumps(exported(desk, comment.pk), ensure_ascii=False)
    page = desk.post(reverse("desk_evidence_print", args=[comment.pk])).content.decode()

    for shown in (text, page):
        assert "c•••@example.ma" in shown
        assert "canary" not in shown
        assert comment.email_digest not in shown
        assert "a" * 64 not in shown


def test_an_erased_comment_still_has_its_log(desk: Client, comment: Comment) -> None:
    key, rows = comment.pk, comment.decisions.count()
    comment.delete()

    document = exported(desk, key)

    assert (document["comment"], document["article"], document["revisions"]) == (None, None, [])
    assert len(document["decisions"]) == rows
    assert desk.get(reverse("desk_evidence", args=[key])).status_code == 200
    assert desk.post(reverse("desk_evidence_print", args=[key])).status_code == 200


def test_of_what_never_was_there_is_nothing(desk: Client) -> None:
    assert desk.get("/admin/comments/desk/evidence/99/").status_code == 404
    assert desk.post("/admin/comments/desk/evidence/99.json").status_code == 404
    assert not LogEntry.objects.exists()


def test_each_export_is_noted_with_its_hash_and_reading_is_not(desk: Client, comment: Comment, moderator: User) -> None:
    LogEntry.objects.all().delete()
    desk.get(reverse("desk_evidence", args=[comment.pk]))
    document = exported(desk, comment.pk)
    desk.post(reverse("desk_evidence_print", args=[comment.pk]))

    first = LogEntry.objects.earliest("pk")
    assert LogEntry.objects.count() == 2
    assert (first.user, first.object_id) == (moderator, str(comment.pk))
    assert document["sha256"] in first.change_message
    assert comment.text not in first.object_repr
    assert document["sha256"] in desk.get(reverse("desk_evidence", args=[comment.pk])).content.decode()


def test_the_printed_page_says_the_same(desk: Client, comment: Comment) -> None:
    page = desk.post(reverse("desk_evidence_print", args=[comment.pk])).content.decode()

    for text in ("نص جديد", "نص قديم", "عنصري", "مخالف", "41.140.0.0/16"):
        assert text in page
