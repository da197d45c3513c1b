"""What follows a change: the generations of the pages concerned move, in the same transaction."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from articles.models import Category
from articles.signals import article_changed
from comments.choices import Mode
from comments.models import Comment, Policy
from comments.signals import comments_changed
from newsroom.models import PageGeneration, SiteSettings
from tests.factories import make_article, make_author, make_category, make_comment, make_tag

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """Raised to roll a transaction back."""


def generations() -> dict[str, int]:
    return dict(PageGeneration.objects.values_list("key", "value"))


def moved_by(change: Callable[[], Any]) -> set[str]:
    """The keys whose value is another after `change`."""
    before = generations()
    change()
    return {key for key, value in generations().items() if before.get(key) != value}


@pytest.fixture
def failing_receiver() -> Iterator[None]:
    """Somebody who hears of changes after the portal and fails."""

    def fail(**kwargs: Any) -> None:
        raise Undone

    for signal in (article_changed, comments_changed):
        signal.connect(fail)
    yield
    for signal in (article_changed, comments_changed):
        signal.disconnect(fail)


def test_a_new_article_moves_its_own_page_and_the_lists() -> None:
    category = make_category()
    before = generations()

    article = make_article(category=category)

    changed = {key for key, value in generations().items() if before.get(key) != value}
    assert changed == {"lists", f"article:{article.pk}"}


def test_every_step_of_an_article_moves_its_page_and_the_lists(editor: User) -> None:
    article, other = make_article(status="draft"), make_article()
    expected = {"lists", f"article:{article.pk}"}

    def edit() -> None:
        article.title = "عنوان مصحح"
        article.save()

    assert moved_by(lambda: article.publish(by=editor)) == expected
    assert moved_by(edit) == expected
    assert moved_by(lambda: article.withdraw(by=editor)) == expected
    assert moved_by(lambda: type(other).objects.filter(pk=article.pk).update(is_hot=True)) == expected
    assert moved_by(article.delete) == expected


def test_filing_an_article_moves_its_page_and_the_lists() -> None:
    article, category, tag, author = make_article(), make_category(), make_tag(), make_author()
    expected = {"lists", f"article:{article.pk}"}

    assert moved_by(lambda: article.categories.add(category)) == expected
    assert moved_by(lambda: article.tags.set([tag])) == expected
    assert moved_by(lambda: article.authors.add(author)) == expected
    assert moved_by(lambda: article.categories.remove(category)) == expected


def test_a_comment_moves_only_the_discussion_of_its_article(moderator: User) -> None:
    comment, _other = make_comment(status="pending"), make_comment()
    expected = {f"comments:{comment.article_id}"}

    assert moved_by(lambda: comment.approve(by=moderator)) == expected
    assert moved_by(lambda: comment.reject(by=moderator)) == expected
    assert moved_by(lambda: make_comment(comment.article)) == expected
    assert moved_by(comment.delete) == expected


def test_a_decision_that_changes_nothing_moves_nothing(moderator: User) -> None:
    comment = make_comment(status="approved")

    assert moved_by(lambda: comment.approve(by=moderator)) == set()


def test_deleting_comments_at_once_moves_their_discussions() -> None:
    comments = [make_comment(), make_comment()]

    assert moved_by(Comment.objects.all().delete) == {f"comments:{comment.article_id}" for comment in comments}


def test_a_policy_moves_every_discussion() -> None:
    article = make_article()
    policy = Policy(article=article, mode=Mode.CLOSED)

    assert moved_by(policy.save) == {"comments"}
    assert moved_by(policy.delete) == {"comments"}


@pytest.mark.parametrize("make", [make_category, make_tag, make_author], ids=["category", "tag", "author"])
def test_a_name_that_stands_on_many_pages_moves_all_of_them(make: Callable[[], Any]) -> None:
    shown = make()
    shown.name = "اسم جديد"

    assert moved_by(shown.save) == {"site"}
    assert moved_by(shown.delete) == {"site"}
    assert moved_by(make) == {"site"}


def test_the_settings_of_the_site_move_every_page() -> None:
    assert moved_by(SiteSettings(name="الجريدة").save) == {"site"}


def test_a_generation_never_has_the_same_value_again() -> None:
    values = set()
    for _ in range(50):
        PageGeneration.objects.bump(["site", "site", "lists"])
        values.add(generations()["site"])

    assert len(values) == 50


def test_bumping_costs_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        PageGeneration.objects.bump(["site", "lists", "comments"])


def test_generations_return_with_an_article_that_is_rolled_back(editor: User) -> None:
    article = make_article()
    before = generations()

    with pytest.raises(Undone), transaction.atomic():
        article.withdraw(by=editor)
        assert generations() != before
        raise Undone

    assert generations() == before


def test_generations_return_with_a_comment_that_is_rolled_back(moderator: User) -> None:
    comment = make_comment(status="pending")
    before = generations()

    with pytest.raises(Undone), transaction.atomic():
        comment.approve(by=moderator)
        assert generations() != before
        raise Undone

    assert generations() == before
    assert Comment.objects.get().status == "pending"


def test_no_article_is_stored_whose_pages_did_not_move(request: pytest.FixtureRequest) -> None:
    category = make_category()
    before = generations()
    request.getfixturevalue("failing_receiver")

    with pytest.raises(Undone):
        make_article(category=category)

    assert not category.main_articles.exists()
    assert generations() == before


def test_no_decision_is_stored_whose_pages_did_not_move(moderator: User, request: pytest.FixtureRequest) -> None:
    comment = make_comment(status="pending")
    before = generations()
    request.getfixturevalue("failing_receiver")

    with pytest.raises(Undone):
        comment.approve(by=moderator)

    assert Comment.objects.get().status == "pending"
    assert generations() == before


def test_no_category_is_stored_whose_pages_did_not_move(request: pytest.FixtureRequest) -> None:
    category = make_category("أخبار")
    before = generations()
    request.getfixturevalue("failing_receiver")
    category.name = "أخبار سريعة"

    with pytest.raises(Undone):
        category.save()
    with pytest.raises(Undone):
        category.delete()

    assert Category.objects.get().name == "أخبار"
    assert generations() == before


def test_no_settings_are_stored_whose_pages_did_not_move(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(keys: list[str]) -> None:
        raise Undone

    monkeypatch.setattr(PageGeneration.objects, "bump", fail)

    with pytest.raises(Undone):
        SiteSettings(name="الجريدة").save()

    assert not SiteSettings.objects.exists()
