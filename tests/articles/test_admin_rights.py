"""Who may do what with articles in the admin, by the page's own buttons and by forged posts."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.choices import Status
from articles.models import Article
from tests.admin_forms import act, columns, form_data, levels, parse, save
from tests.factories import make_article, make_author, make_category, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
STEPS = ("publish", "return", "withdraw")
NOT_DRAFT = pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN], ids=str)
FORGED: dict[str, dict[str, Any]] = {
    "published_at": {"published_at_0": "2020-01-01", "published_at_1": "10:00:00", "published_at": "2020-01-01"},
    "is_hot": {"is_hot": "on"},
    "hot_until": {"is_hot": "on", "hot_until_0": "2030-01-01", "hot_until_1": "10:00:00"},
    "slug": {"slug": "forged"},
    "status": {"status": Status.PUBLISHED},
    "owner_id": {"owner": "1", "owner_id": "1"},
    "updated_at": {"updated_at_0": "2020-01-01", "updated_at_1": "10:00:00"},
}


def address(article: Article, page: str = "change") -> str:
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


def own(user: User, status: str = Status.DRAFT, **values: Any) -> Article:
    return make_article(status=status, owner=user, **values)


def test_a_journalist_sees_only_the_own_articles(login: Any, journalist: User) -> None:
    mine, other = own(journalist), own(make_user("journalist"))

    page = login(journalist).get(LIST).content.decode()

    assert mine.title in page
    assert other.title not in page


def test_an_editor_sees_every_article(login: Any, editor: User) -> None:
    articles = [own(make_user("journalist")), make_article()]

    page = login(editor).get(LIST).content.decode()

    assert all(article.title in page for article in articles)


@pytest.mark.parametrize("view", ["change", "delete", "history"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_anothers_article_answers_as_a_missing_one(login: Any, journalist: User, view: str, method: str) -> None:
    desk, other = login(journalist), own(make_user("journalist"))
    before, missing = columns(other), Article(pk=other.pk + 1000)

    found, absent = (getattr(desk, method)(address(each, view), {"title_ar": "سطو"}) for each in (other, missing))

    assert found.status_code in (302, 403, 404)
    assert (found.status_code, found.content) == (absent.status_code, absent.content)
    assert found.headers.get("Location") == absent.headers.get("Location")
    assert columns(other) == before


def test_the_search_for_an_article_offers_a_journalist_only_the_own(login: Any, journalist: User, editor: User) -> None:
    mine, other = own(journalist), own(make_user("journalist"))
    question = {"app_label": "articles", "model_name": "frontpageslot", "field_name": "article", "term": ""}

    journalists = login(journalist).get("/admin/autocomplete/", question)
    editors = login(editor).get("/admin/autocomplete/", question)

    assert other.title not in journalists.content.decode()
    assert {each["id"] for each in editors.json()["results"]} == {str(mine.pk), str(other.pk)}


@NOT_DRAFT
def test_a_journalist_cannot_change_the_own_article_once_handed_in(
    login: Any, journalist: User, status: Status
) -> None:
    desk, article = login(journalist), own(journalist, status)
    before, written = columns(article), {"title_ar": "عنوان آخر", "category": article.category_id}

    response = desk.post(address(article), written)

    assert response.status_code == 403
    assert columns(article) == before


@NOT_DRAFT
def test_a_journalist_reads_the_own_article_once_handed_in(login: Any, journalist: User, status: Status) -> None:
    article = own(journalist, status, summary="ملخص المقال", tags=("وسم فريد",))
    article.categories.add(make_category("قسم ثان"))
    article.bylines.create(author=make_author("سميرة المريني"))

    response = login(journalist).get(address(article))

    page = response.content.decode()
    texts = (article.title, "ملخص المقال", "وسم فريد", "قسم ثان", "سميرة المريني")
    assert response.status_code == 200
    assert [text for text in texts if text not in page] == []
    assert not [field for field in parse(response).iter("input") if field.get("name") == "title_ar"]


@pytest.mark.parametrize("step", STEPS)
def test_a_journalist_cannot_take_a_step_of_the_editors_by_a_forged_button(
    login: Any, journalist: User, step: str
) -> None:
    desk, article = login(journalist), own(journalist)

    response = save(desk, address(article), **{f"_step_{step}": "1"})

    article.refresh_from_db()
    assert response.status_code == 302
    assert "error" in levels(response)
    assert article.status == Status.DRAFT
    assert not article.status_changes.exists()


def test_a_journalist_cannot_publish_while_adding(login: Any, journalist: User) -> None:
    desk = login(journalist)
    written = {"title_ar": "خبر", "category": make_category().pk, "_step_publish": "1"}

    desk.post(f"{LIST}add/", form_data(desk.get(f"{LIST}add/")) | written)

    assert Article.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("action", [*STEPS, "delete_selected"])
def test_a_journalist_cannot_act_in_bulk_by_a_forged_name(login: Any, journalist: User, action: str) -> None:
    desk = login(journalist)
    articles = [own(journalist, status) for status in Status]
    before = [columns(article) for article in articles]

    response = act(desk, LIST, action, *articles)

    assert response.status_code == 302
    assert f'value="{action}"' not in desk.get(LIST).content.decode()
    assert [columns(article) for article in articles] == before


@pytest.mark.parametrize("column", FORGED)
def test_a_journalist_cannot_set_what_the_form_does_not_offer(login: Any, journalist: User, column: str) -> None:
    desk, article = login(journalist), own(journalist)
    before = columns(article)

    response = save(desk, address(article), title_ar="عنوان جديد", **FORGED[column])

    assert response.status_code == 302
    assert columns(article)["title_ar"] == "عنوان جديد"
    assert {name: columns(article)[name] for name in FORGED} == {name: before[name] for name in FORGED}


@pytest.mark.parametrize("status", list(Status), ids=str)
def test_a_journalist_cannot_delete_the_own_article(login: Any, journalist: User, status: Status) -> None:
    article = own(journalist, status)

    response = login(journalist).post(address(article, "delete"), {"post": "yes"})

    assert response.status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


@NOT_DRAFT
def test_an_editor_cannot_delete_what_is_no_draft(login: Any, editor: User, status: Status) -> None:
    desk, article = login(editor), own(editor, status)

    responses = [desk.get(address(article, "delete")), desk.post(address(article, "delete"), {"post": "yes"})]
    act(desk, LIST, "delete_selected", article)

    assert [response.status_code for response in responses] == [403, 403]
    assert Article.objects.filter(pk=article.pk).exists()


def test_an_editor_deletes_a_draft(login: Any, editor: User) -> None:
    desk, article = login(editor), own(make_user("journalist"))

    response = desk.post(address(article, "delete"), {"post": "yes"})

    assert response.status_code == 302
    assert not Article.objects.exists()


@pytest.mark.parametrize("role", ["moderator", "administrator", ""], ids=["moderator", "administrator", "no-role"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_have_no_way_to_articles(login: Any, role: str, method: str) -> None:
    desk, article = login(make_user(role)), own(make_user("journalist"))
    before = columns(article)
    views = [address(article, view) for view in ("change", "delete", "history")]

    # Administrators see pictures and categories, so they have an index of this app.
    index = [] if role == "administrator" else ["/admin/articles/"]

    responses = [getattr(desk, method)(path) for path in (LIST, f"{LIST}add/", *index, *views)]

    ends = {response.headers.get("Location", response.status_code) for response in responses}
    assert ends <= {403, 404, "/admin/"}  # the admin sends who asks for a missing object to its front page
    assert columns(article) == before


def test_an_anonymous_visitor_is_sent_to_the_login(client: Client) -> None:
    article = make_article(status=Status.DRAFT)
    before = columns(article)

    for path in ("/admin/", LIST, f"{LIST}add/", *(address(article, view) for view in ("change", "delete", "history"))):
        for response in (client.get(path), client.post(path, {"title_ar": "سطو", "post": "yes"})):
            assert response.status_code == 302
            assert response.headers["Location"] == f"/admin/login/?next={path}"
    assert columns(article) == before
