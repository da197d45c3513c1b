"""Moving an article: who may be seen when, who moved it, and what the database refuses."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from articles.models import Article, InvalidTransition, StatusChange
from tests.factories import make_article

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
Status = Article.Status
STEPS: dict[str, Callable[[Article, User], None]] = {
    "submit": lambda article, by: article.submit(by=by),
    "return": lambda article, by: article.return_to_draft(by=by, note="ينقصه مصدر"),
    "publish": lambda article, by: article.publish(by=by),
    "withdraw": lambda article, by: article.withdraw(by=by, reason="خبر غير دقيق"),
}
ALLOWED = {
    ("submit", Status.DRAFT): Status.IN_REVIEW,
    ("return", Status.IN_REVIEW): Status.DRAFT,
    ("return", Status.WITHDRAWN): Status.DRAFT,
    ("publish", Status.DRAFT): Status.PUBLISHED,
    ("publish", Status.IN_REVIEW): Status.PUBLISHED,
    ("publish", Status.WITHDRAWN): Status.PUBLISHED,
    ("withdraw", Status.PUBLISHED): Status.WITHDRAWN,
}
FORBIDDEN = [(step, status) for step in STEPS for status in Status if (step, status) not in ALLOWED]


def stored(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


@pytest.mark.parametrize(("step", "before"), ALLOWED, ids=lambda value: str(value))
def test_a_step_moves_the_article_and_says_who_took_it(step: str, before: str, editor: User) -> None:
    article = make_article(status=before)

    STEPS[step](article, editor)

    change = StatusChange.objects.get(article=article)
    assert article.status == stored(article).status == ALLOWED[step, before]
    assert (change.from_status, change.to_status, change.by) == (before, ALLOWED[step, before], editor)


@pytest.mark.parametrize(("step", "before"), FORBIDDEN, ids=lambda value: str(value))
def test_a_step_from_elsewhere_is_refused_and_leaves_no_trace(step: str, before: str, editor: User) -> None:
    article = make_article(status=before)

    with pytest.raises(InvalidTransition) as refusal:
        STEPS[step](article, editor)

    assert refusal.value.code == "transition"
    assert article.status == stored(article).status == before
    assert not StatusChange.objects.exists()


@pytest.mark.parametrize(
    ("step", "before", "note"),
    [("return", Status.IN_REVIEW, "ينقصه مصدر"), ("withdraw", Status.PUBLISHED, "خبر غير دقيق")],
)
def test_the_reason_is_kept(step: str, before: str, note: str, editor: User) -> None:
    article = make_article(status=before)

    STEPS[step](article, editor)

    assert article.status_changes.get().note == note


def test_of_two_editors_one_wins_and_the_other_is_told(editor: User, administrator: User) -> None:
    article = make_article(status=Status.DRAFT)
    one, other = stored(article), stored(article)

    one.publish(by=editor)
    with pytest.raises(InvalidTransition):
        other.publish(by=administrator)

    assert article.status_changes.get().by == editor


def test_a_stale_copy_cannot_publish_what_was_withdrawn_as_if_it_were_a_draft(editor: User) -> None:
    stale = make_article(status=Status.DRAFT)
    stored(stale).publish(by=editor)

    with pytest.raises(InvalidTransition):
        stale.submit(by=editor)

    assert stored(stale).status == Status.PUBLISHED


def test_a_step_stores_nothing_else_of_a_stale_copy(editor: User) -> None:
    stale = make_article("عنوان قديم", status=Status.DRAFT)
    Article.objects.filter(pk=stale.pk).update(title_ar="عنوان جديد")

    stale.publish(by=editor)

    assert stored(stale).title_ar == "عنوان جديد"


def test_an_article_that_was_deleted_cannot_move(editor: User) -> None:
    article = make_article(status=Status.DRAFT)
    Article.objects.filter(pk=article.pk).delete()

    with pytest.raises(InvalidTransition):
        article.publish(by=editor)


@time_machine.travel(NOW, tick=False)
def test_publishing_sets_the_time_to_now(editor: User) -> None:
    article = make_article(status=Status.DRAFT)

    article.publish(by=editor)

    assert stored(article).published_at == NOW
    assert article.is_visible


@time_machine.travel(NOW, tick=False)
def test_publishing_takes_the_time_it_is_told(editor: User) -> None:
    article = make_article(status=Status.DRAFT, published_at=NOW - HOUR)

    article.publish(by=editor, at=NOW + HOUR)

    assert stored(article).published_at == NOW + HOUR
    assert article.is_scheduled


@time_machine.travel(NOW, tick=False)
def test_publishing_keeps_the_time_set_before(editor: User) -> None:
    article = make_article(status=Status.DRAFT, published_at=NOW + HOUR)

    article.publish(by=editor)

    assert stored(article).published_at == NOW + HOUR


@time_machine.travel(NOW, tick=False)
def test_a_withdrawn_article_comes_back_in_its_old_place(editor: User) -> None:
    article = make_article(published_at=NOW - HOUR)

    article.withdraw(by=editor)
    article.publish(by=editor)

    assert stored(article).published_at == NOW - HOUR


def test_a_published_article_alone_is_seen() -> None:
    seen = make_article()
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN):
        make_article(status=status, published_at=timezone.now() - HOUR)

    assert list(Article.objects.published()) == [seen]
    assert [article.is_visible for article in Article.objects.order_by("pk")] == [True, False, False, False]


def test_a_withdrawn_article_is_seen_no_more(editor: User) -> None:
    article = make_article()

    article.withdraw(by=editor)

    assert not Article.objects.published().exists()
    assert not article.is_visible


def test_a_scheduled_article_appears_at_its_time_by_itself() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        article = make_article(published_at=NOW + HOUR)
        before = list(Article.objects.published())
        clock.shift(HOUR - timedelta(microseconds=1))
        just_before = list(Article.objects.published())
        clock.shift(timedelta(microseconds=1))

        assert (before, just_before) == ([], [])
        assert list(Article.objects.published()) == [article]
        assert article.is_visible
        assert not article.is_scheduled


def test_the_view_of_another_time_can_be_asked() -> None:
    article = make_article(published_at=NOW)

    assert list(Article.objects.published(NOW)) == [article]
    assert list(Article.objects.published(NOW - HOUR)) == []


def test_the_newest_stands_first_and_of_equals_the_later_stored() -> None:
    first, second = make_article(published_at=NOW), make_article(published_at=NOW)
    older, newer = make_article(published_at=NOW - HOUR), make_article(published_at=NOW + HOUR)

    assert list(Article.objects.published(NOW + HOUR)) == [newer, second, first, older]


@pytest.mark.parametrize(
    ("values", "is_hot"),
    [
        ({"is_hot": True}, True),
        ({"is_hot": True, "hot_until": NOW + HOUR}, True),
        ({"is_hot": True, "hot_until": NOW}, False),
        ({"is_hot": True, "hot_until": NOW - HOUR}, False),
        ({}, False),
    ],
    ids=["without-end", "before-the-end", "at-the-end", "after-the-end", "no-flag"],
)
@time_machine.travel(NOW, tick=False)
def test_an_article_is_hot_until_its_end(values: dict[str, Any], is_hot: bool) -> None:
    make_article(**values)

    assert Article.objects.published().hot().exists() == is_hot
    assert Article.objects.hot(at=NOW - 2 * HOUR).exists() == bool(values)


def test_a_hot_draft_is_not_published() -> None:
    make_article(status=Status.DRAFT, is_hot=True)

    assert not Article.objects.published().hot().exists()
