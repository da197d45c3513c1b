"""The list of articles in the admin: steps in bulk, search, and what it costs."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.choices import Status
from articles.models import Article
from newsroom.models import PageGeneration
from tests.admin_forms import act, levels, parse, told
from tests.factories import make_article, make_author, make_category, make_tag, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def in_statuses(*statuses: str, **values: Any) -> list[Article]:
    return [make_article(status=status, **values) for status in statuses]


def statuses(articles: list[Article]) -> list[str]:
    return [Article.objects.get(pk=article.pk).status for article in articles]


def shown(desk: Client, query: str = "") -> set[int]:
    """The keys of the articles that the list shows."""
    fields = parse(desk.get(f"{LIST}?{query}")).iter("input")
    return {int(field.get("value", "")) for field in fields if field.get("name") == "_selected_action"}


def actions(desk: Client) -> set[str]:
    selects = [each for each in parse(desk.get(LIST)).iter("select") if each.get("name") == "action"]
    return {option.get("value", "") for select in selects for option in select.iter("option")} - {""}


def cost(desk: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(LIST).status_code == 200
    return len(queries)


def test_an_editor_publishes_in_bulk(login: Any, editor: User) -> None:
    desk = login(editor)
    articles = in_statuses("draft", "in_review", "withdrawn", owner=make_user("journalist"))

    response = act(desk, LIST, "publish", *articles)

    assert response.status_code == 302
    assert statuses(articles) == [Status.PUBLISHED] * 3
    assert [each.status_changes.get().by for each in articles] == [editor] * 3
    assert levels(response) == ["success"]
    assert "3" in str(told(response)[0])


def test_an_editor_withdraws_in_bulk(login: Any, editor: User) -> None:
    articles = in_statuses("published", "published", "published")

    response = act(login(editor), LIST, "withdraw", *articles, note="خبر غير دقيق")

    assert statuses(articles) == [Status.WITHDRAWN] * 3
    assert [each.status_changes.get().by for each in articles] == [editor] * 3
    assert levels(response) == ["success"]
    assert "3" in str(told(response)[0])


@pytest.mark.parametrize(
    ("action", "before", "elsewhere"),
    [
        ("submit", Status.DRAFT, Status.WITHDRAWN),
        ("publish", Status.IN_REVIEW, Status.PUBLISHED),
        ("return", Status.WITHDRAWN, Status.PUBLISHED),
        ("withdraw", Status.PUBLISHED, Status.DRAFT),
    ],
    ids=["submit", "publish", "return", "withdraw"],
)
def test_those_that_cannot_move_are_left_and_counted(
    login: Any, editor: User, action: str, before: str, elsewhere: str
) -> None:
    moved, left = in_statuses(*[before] * 3), in_statuses(*[elsewhere] * 4)

    note = "سبب" if action in ("return", "withdraw") else ""
    response = act(login(editor), LIST, action, *moved, *left, note=note)

    done, not_done = told(response)
    assert (done.level_tag, not_done.level_tag) == ("success", "warning")
    assert "3" in str(done)
    assert "4" in str(not_done)
    assert statuses(left) == [elsewhere] * 4
    assert [each.status_changes.count() for each in (*moved, *left)] == [1] * 3 + [0] * 4


def test_nothing_is_called_a_success_where_nothing_moved(login: Any, editor: User) -> None:
    articles = in_statuses("published", "published")

    response = act(login(editor), LIST, "publish", *articles)

    assert levels(response) == ["warning"]


def test_a_filtered_list_moves_even_those_that_leave_it(login: Any, editor: User) -> None:
    articles = in_statuses("published", "published", "published")

    response = act(login(editor), f"{LIST}?status__exact=published", "withdraw", *articles, note="مكرر")

    assert statuses(articles) == [Status.WITHDRAWN] * 3
    assert levels(response) == ["success"]


def test_a_journalist_submits_in_bulk_only_the_own(login: Any, journalist: User) -> None:
    mine = in_statuses("draft", "draft", owner=journalist)
    others = in_statuses("draft", owner=make_user("journalist"))

    response = act(login(journalist), LIST, "submit", *mine, *others)

    assert statuses(mine) == [Status.IN_REVIEW] * 2
    assert [each.status_changes.get().by for each in mine] == [journalist] * 2
    assert statuses(others) == [Status.DRAFT]
    assert "success" in levels(response)


def test_the_list_offers_the_actions_of_the_role(login: Any, journalist: User, editor: User) -> None:
    make_article(owner=journalist)

    journalists = actions(login(journalist))
    editors = actions(login(editor))

    assert journalists == {"submit"}
    assert editors == {
        *("submit", "publish", "return", "unschedule", "withdraw"),
        *("set_hot", "unset_hot", "set_category", "add_tags"),
    }


@pytest.mark.parametrize("code", ["ar", "fr", "en"])
def test_the_search_finds_by_title_in_every_language(login: Any, editor: User, code: str) -> None:
    titles = {"ar": "عودة القطار", "fr": "Le train revient", "en": "The train is back"}
    wanted = make_article(**{f"title_{each}": title for each, title in titles.items()})
    make_article("مباراة الأحد")

    desk = login(editor)

    assert shown(desk, f"q={titles[code].split()[1]}") == {wanted.pk}
    assert shown(desk, "q=لا-شيء") == set()


def test_the_search_of_a_journalist_stays_with_the_own(login: Any, journalist: User) -> None:
    mine = make_article("سد جديد في الجنوب", owner=journalist)
    make_article("سد جديد في الشمال", owner=make_user("journalist"))

    assert shown(login(journalist), "q=سد") == {mine.pk}


@pytest.mark.parametrize("query", ["status__exact=draft", "is_hot__exact=1", "kind__exact=opinion"])
def test_the_filters_leave_those_asked_for(login: Any, editor: User, query: str) -> None:
    wanted = make_article(status="draft", is_hot=True, kind="opinion")
    make_article()

    assert shown(login(editor), query) == {wanted.pk}


def test_the_category_filter_leaves_its_articles(login: Any, editor: User) -> None:
    category = make_category("العالم")
    wanted = make_article(category=category)
    make_article()

    assert shown(login(editor), f"category__id__exact={category.pk}") == {wanted.pk}


def test_the_newest_article_comes_first(login: Any, editor: User) -> None:
    older, newer = make_article(), make_article()

    page = login(editor).get(LIST).content.decode()

    assert page.index(newer.title) < page.index(older.title)


@pytest.mark.parametrize("role", ["journalist", "editor"])
def test_the_list_costs_the_same_with_five_and_forty_articles(login: Any, role: str) -> None:
    user = make_user(role)
    desk = login(user)
    for _ in range(5):
        make_article(owner=user)
    few = cost(desk)
    for _ in range(35):
        make_article(owner=user)

    assert cost(desk) == few
    assert len(shown(desk)) == 40


@pytest.mark.parametrize("kind", ["category", "tag", "author"])
def test_deleting_in_bulk_tells_the_pages(login: Any, editor: User, kind: str) -> None:
    make = {"category": make_category, "tag": make_tag, "author": make_author}[kind]
    stored, base = make(), f"/admin/articles/{kind}/"
    before = PageGeneration.objects.get(key="site").value

    login(editor).post(base, {"action": "delete_selected", "_selected_action": [stored.pk], "post": "yes"})

    assert not type(stored).objects.filter(pk=stored.pk).exists()
    assert PageGeneration.objects.get(key="site").value != before
