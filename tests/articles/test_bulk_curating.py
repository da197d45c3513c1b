"""Actions on many articles at once that ask for something first, and who may take them."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Article, ArticleCategory
from newsroom.models import PageGeneration
from tests.admin_forms import act, columns, errors_beside, form_data, levels, told
from tests.factories import make_article, make_category, make_tag, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
ACTIONS = ("set_hot", "unset_hot", "set_category", "add_tags")


def apply(desk: Client, action: str, *articles: Article, **answers: Any) -> Any:
    """Choose the action, answer what its page asks, and send that."""
    return desk.post(LIST, form_data(act(desk, LIST, action, *articles)) | answers)


def fresh(*articles: Article) -> list[Article]:
    return [Article.objects.get(pk=article.pk) for article in articles]


def test_articles_become_hot_events_until_a_time(login: Any, editor: User) -> None:
    articles = [make_article(), make_article()]

    with time_machine.travel("2026-11-02 10:00+00:00", tick=False):
        answers = {"until_0": "2026-11-03", "until_1": "18:30"}
        response = apply(login(editor), "set_hot", *articles, **answers)

    assert levels(response) == ["success"]
    assert [each.is_hot for each in fresh(*articles)] == [True, True]
    assert {timezone.localtime(each.hot_until).strftime("%d %H:%M") for each in fresh(*articles)} == {"03 18:30"}


def test_without_a_time_they_stay_hot(login: Any, editor: User) -> None:
    article = make_article()

    apply(login(editor), "set_hot", article)

    assert [(each.is_hot, each.hot_until) for each in fresh(article)] == [(True, None)]


def test_an_end_in_the_past_is_refused_and_the_choice_kept(login: Any, editor: User) -> None:
    article = make_article()

    response = apply(login(editor), "set_hot", article, until_0="2020-01-01", until_1="10:00")

    assert errors_beside(response, "until")
    assert form_data(response)["_selected_action"] == str(article.pk)
    assert [each.is_hot for each in fresh(article)] == [False]


def test_articles_are_taken_off_the_hot_events(login: Any, editor: User) -> None:
    article, cold = make_article(is_hot=True, hot_until=timezone.now() + timedelta(days=1)), make_article()

    response = apply(login(editor), "unset_hot", article, cold)

    assert levels(response) == ["success", "warning"]
    assert [(each.is_hot, each.hot_until) for each in fresh(article)] == [(False, None)]


def test_a_new_main_category_has_its_row_and_its_copy(login: Any, editor: User) -> None:
    category, articles = make_category(), [make_article(), make_article()]

    apply(login(editor), "set_category", *articles, category=category.pk)

    assert [each.category for each in fresh(*articles)] == [category] * 2
    rows = ArticleCategory.objects.filter(category=category)
    assert {row.published_at for row in rows} == {each.published_at for each in fresh(*articles)}
    assert not ArticleCategory.objects.drifted().exists()


def test_tags_are_added_whatever_their_spelling(login: Any, editor: User) -> None:
    make_tag("أكادير")
    tagged, bare = make_article(tags=("أكادير",)), make_article(tags=("سياحة",))

    response = apply(login(editor), "add_tags", tagged, bare, names="اكادير")

    assert levels(response) == ["success", "warning"]
    assert set(bare.tags.names()) == {"سياحة", "أكادير"}
    assert list(tagged.tags.names()) == ["أكادير"]


@pytest.mark.parametrize("names", ["", " ، ", "و" * 200])
def test_tags_that_are_none_are_refused(login: Any, editor: User, names: str) -> None:
    article = make_article()

    response = apply(login(editor), "add_tags", article, names=names)

    assert errors_beside(response, "names")
    assert not article.tags.exists()


def test_each_article_has_its_version_its_log_and_its_pages(login: Any, editor: User) -> None:
    articles = [make_article(), make_article()]
    before = [PageGeneration.objects.filter(key=f"article:{each.pk}").get().value for each in articles]

    apply(login(editor), "set_hot", *articles)

    versions = Article.history.model.objects.filter(is_hot=True)  # type: ignore[attr-defined]
    assert {(each.id, each.history_user) for each in versions} == {(article.pk, editor) for article in articles}
    assert set(LogEntry.objects.values_list("object_id", flat=True)) == {str(article.pk) for article in articles}
    assert all(
        PageGeneration.objects.get(key=f"article:{each.pk}").value != value
        for each, value in zip(articles, before, strict=True)
    )


@pytest.mark.parametrize("action", ACTIONS)
def test_choosing_an_action_changes_nothing_yet(login: Any, editor: User, action: str) -> None:
    article = make_article(is_hot=True)
    before = columns(article)

    response = act(login(editor), LIST, action, article)

    assert response.status_code == 200
    assert article.title in response.content.decode()
    assert columns(article) == before


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ["journalist", "moderator"])
def test_others_take_none_of_them(login: Any, role: str, action: str) -> None:
    user, category = make_user(role), make_category()
    article = make_article(owner=user, status="draft", is_hot=action == "unset_hot")
    before, tags = columns(article), list(article.tags.names())
    forged = {
        "action": action,
        "_selected_action": [article.pk],
        "_apply": "1",
        "names": "سطو",
        "category": category.pk,
    }

    login(user).post(LIST, {**forged, "index": "0"})

    assert columns(article) == before
    assert list(article.tags.names()) == tags


def test_too_many_at_once_are_refused(login: Any, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.admin.bulk.MOST", 2)
    articles = [make_article() for _ in range(3)]

    response = act(login(editor), LIST, "set_hot", *articles)

    assert [message.level_tag for message in told(response)] == ["warning"]
    assert not Article.objects.filter(is_hot=True).exists()
