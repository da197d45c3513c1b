"""The learner in the database: it follows every decision of a person, exactly, and decides nothing."""

import ast
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments.choices import Queue, Reason, Status
from comments.learning.features import EVERYTHING, Counts, pieces
from comments.learning.learner import prune, rescore_all, rescore_waiting
from comments.models import Comment, CommentRevision, Decision, Feature
from comments.models.learning import LEAST_LESSONS
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db


def learnt() -> dict[str, Counts]:
    rows = Feature.objects.values_list("piece", "approved", "refused")
    return {piece: Counts(approved, refused) for piece, approved, refused in rows}


def expected(*lessons: tuple[str, bool]) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for text, refused in lessons:
        for piece in [EVERYTHING, *pieces(text)]:
            before = counts.get(piece, Counts(0, 0))
            counts[piece] = Counts(before.approved + (not refused), before.refused + refused)
    return counts


def mask(comment: Comment, text: str, by: User) -> None:
    """As the desk changes a text: the original stands aside."""
    act = uuid.uuid4()
    CommentRevision.objects.create(comment=comment, revision=comment.revision, text=comment.text, by=by, act=act)
    comment.text = text
    comment.revision += 1
    comment.save(update_fields=["text", "revision"])
    Decision.objects.record(comment, comment.status, Reason.EDITED, by=by, act=act)


@pytest.fixture
def taught(moderator: User) -> User:
    article = make_article()
    for number in range(LEAST_LESSONS):
        make_comment(article, status="pending", text=f"شكرا على المقال المفيد {number}").approve(by=moderator)
        make_comment(article, status="pending", text=f"اتصل الآن على الواتساب {number}").reject(by=moderator)
    return moderator


def receive(text: str, article: Any = None, **values: Any) -> Comment:
    comment = Comment(article=article or make_article(), name="سعيد", email="said@example.ma", text=text, **values)
    comment.receive(Status.PENDING, Reason.HELD)
    return Comment.objects.get(pk=comment.pk)


def test_a_decision_is_learnt_and_another_takes_its_place(moderator: User) -> None:
    comment = make_comment(status="pending", text="كلام طيب")

    comment.approve(by=moderator)
    assert learnt() == expected(("كلام طيب", False))

    comment.reject(by=moderator)
    assert learnt() == expected(("كلام طيب", True))

    comment.mark_spam(by=moderator)
    assert learnt() == expected(("كلام طيب", True))

    comment.hold(by=moderator)
    assert learnt() == {}


def test_what_the_policy_decides_is_not_learnt() -> None:
    comment = Comment(article=make_article(), name="سعيد", email="said@example.ma", text="كلام")

    comment.receive(Status.APPROVED, Reason.TRUSTED)
    comment.reject(by=None, reason=Reason.RULE)

    assert learnt() == {}


def test_undo_unlearns(moderator: User) -> None:
    make_comment(status="pending", text="كلام آخر").reject(by=moderator)
    comment = make_comment(status="pending", text="كلام طيب")
    before = learnt()

    comment.approve(by=moderator)
    comment.hold(by=moderator, reason=Reason.UNDONE, queue=Queue.FIRST)

    assert learnt() == before


def test_a_text_that_was_masked_is_unlearnt_as_it_was(moderator: User) -> None:
    comment = make_comment(status="pending", text="كلام فيه اسم")
    comment.approve(by=moderator)

    mask(comment, "كلام فيه ••••", moderator)
    comment.reject(by=moderator)

    assert learnt() == expected(("كلام فيه ••••", True))


def test_an_erased_text_cannot_be_unlearnt_and_harms_nothing(moderator: User) -> None:
    comment = make_comment(status="pending", text="كلام فيه اسم")
    comment.approve(by=moderator)
    mask(comment, "كلام", moderator)
    CommentRevision.objects.all().delete()

    comment.hold(by=moderator)

    assert learnt() == expected(("كلام فيه اسم", False))


def test_an_erased_comment_is_unlearnt(moderator: User) -> None:
    comment = make_comment(status="pending", text="كلام فيه اسم")
    comment.approve(by=moderator)

    comment.delete()

    assert learnt() == {}


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(Status.values)), max_size=12))
def test_after_any_decisions_it_knows_what_stands(moderator: User, steps: list[tuple[int, str]]) -> None:
    Feature.objects.all().delete()
    texts = ["كلام طيب", "كلام خبيث", "كلام"]
    comments = [make_comment(status="pending", text=text) for text in texts]

    for which, to in steps:
        comments[which].decide(to, by=moderator)

    standing = [(each.text, each.status != "approved") for each in comments if each.status != "pending"]
    assert learnt() == expected(*standing)


def test_learning_costs_the_same_whatever_was_learnt(taught: User, django_assert_max_num_queries: Any) -> None:
    comment = make_comment(status="pending")

    with django_assert_max_num_queries(3):
        Decision.objects.record(comment, "pending", Reason.MODERATOR, by=taught)
        Feature.objects.follow(comment)


def test_it_says_nothing_before_it_has_seen_enough(moderator: User) -> None:
    make_comment(status="pending", text="شكرا").approve(by=moderator)

    comment = receive("شكرا")

    assert (comment.score, comment.signs, comment.rank) == (None, [], 150)


def test_a_new_comment_gets_a_score_its_reasons_and_a_place(taught: User) -> None:
    good, bad = receive("شكرا على مقال مفيد"), receive("اتصل بنا على الواتساب")

    assert good.score < 0.5 < bad.score
    assert 100 <= good.rank < 150 < bad.rank < 200
    assert [sign["piece"] for sign in bad.signs] == ["اتصل", "الواتساب"]


def test_among_the_reported_the_worst_come_first(taught: User) -> None:
    good, bad = receive("شكرا على مقال مفيد"), receive("اتصل بنا على الواتساب")

    for comment in (good, bad):
        comment.queue = Queue.REPORTED
        comment.save(update_fields=["queue"])

    assert list(Comment.objects.filter(queue=Queue.REPORTED).order_by("rank")) == [bad, good]


def test_what_waits_is_scored_anew_in_turns(taught: User) -> None:
    article = make_article()
    comments = [make_comment(article, status="pending", text=f"اتصل على الواتساب {number}") for number in range(5)]

    assert [rescore_waiting(2), rescore_waiting(2), rescore_waiting(2), rescore_waiting(2)] == [2, 2, 1, 0]

    assert all(comment.score > 0.5 for comment in Comment.objects.filter(pk__in=[each.pk for each in comments]))


def test_it_learns_anew_from_the_log_what_it_knew(taught: User) -> None:
    masked = make_comment(status="pending", text="كلام فيه اسم")
    masked.approve(by=taught)
    mask(masked, "كلام", taught)
    waiting = make_comment(status="pending", text="اتصل على الواتساب")
    before = learnt()
    Feature.objects.filter(piece__startswith="ا").delete()

    call_command("relearn", verbosity=0)

    assert learnt() == before
    waiting.refresh_from_db()
    assert waiting.score > 0.5


def test_scoring_all_counts_each_once(taught: User) -> None:
    shown: list[tuple[int, int]] = []
    make_comment(status="pending")
    make_comment(status="approved", queue=Queue.REPORTED)

    assert rescore_all(lambda *numbers: shown.append(numbers)) == 2
    assert shown == [(1, 2), (2, 2)] or shown == [(2, 2)]


def test_the_rarest_pieces_are_forgotten_beyond_a_bound(taught: User) -> None:
    common = Feature.objects.count()
    make_comment(status="pending", text="شيء لم يقله أحد").approve(by=taught)
    lessons, count = Feature.objects.lessons(), Feature.objects.count()

    gone = prune(most=common)

    assert Feature.objects.count() == count - gone <= common
    assert Feature.objects.lessons() == lessons
    assert Feature.objects.filter(piece="شكرا").exists()
    assert prune(most=common) == 0


@pytest.mark.parametrize("module", ["policy", "forms", "views/discussion", "rules/matcher"])
def test_what_decides_never_reads_a_score(module: str) -> None:
    path = Path(__file__).resolve().parents[2] / "comments" / f"{module}.py"
    tree = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {getattr(node, "attr", getattr(node, "id", "")) for node in tree}
    names |= {alias.name for node in tree for alias in getattr(node, "names", []) if isinstance(alias, ast.alias)}

    assert not {"score", "signs", "rank", "Feature", "learner"} & names


def test_the_score_changes_no_decision(taught: User, client: Any) -> None:
    bad = receive("اتصل الآن على الواتساب")

    assert (bad.status, Decision.objects.filter(comment=bad).get().reason) == (Status.PENDING, Reason.HELD)
