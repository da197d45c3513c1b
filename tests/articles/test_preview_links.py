"""Links that show an article to somebody without an account: made, opened, ended."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.choices import LinkKind, LinkState, Status
from articles.links import link_path
from articles.models import Article, ArticleLink
from tests.admin_forms import columns, errors_beside, levels, parse
from tests.factories import make_article, make_category, make_user

pytestmark = pytest.mark.django_db


def links_page(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/preview/links/"


def make_link(article: Article | None = None, **values: Any) -> ArticleLink:
    article = article or make_article("مسودة", status=Status.DRAFT)
    return ArticleLink.issue_preview(article, by=make_user("editor"), **{"days": 3, **values})


def test_a_link_shows_the_stored_text_without_an_account(client: Client) -> None:
    link = make_link()
    link.article.title = "النص كما حفظ الآن"
    link.article.save()

    response = client.get(link_path(link))

    assert response.status_code == 200
    assert "النص كما حفظ الآن" in response.content.decode()


def test_it_is_private_and_sets_no_cookie(client: Client) -> None:
    response = client.get(link_path(make_link()))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies


def test_opening_it_changes_nothing(client: Client) -> None:
    link = make_link()
    article, row = columns(link.article), columns(link)

    client.get(link_path(link))
    client.head(link_path(link))

    assert (columns(link.article), columns(link)) == (article, row)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_takes_nothing(client: Client, method: str) -> None:
    assert getattr(client, method)(link_path(make_link())).status_code == 405


def test_it_shows_no_form_and_no_comments(client: Client) -> None:
    page = client.get(link_path(make_link())).content.decode()

    assert "comment-form" not in page


def test_a_forged_link_is_not_found(client: Client) -> None:
    path = link_path(make_link())
    token = path.split("/")[-2]
    key, _separator, signature = token.partition(".")
    forged = [f"{key}.{signature[::-1]}", f"{int(key) + 1}.{signature}", key, "x", "١.x", f"{token}x"]

    answers = {client.get(path.replace(token, each)).status_code for each in forged}

    assert answers == {404}


def test_a_link_for_an_approval_is_no_preview(client: Client) -> None:
    link = make_link()
    path = link_path(link)
    ArticleLink.objects.filter(pk=link.pk).update(kind=LinkKind.APPROVAL, name="المدير")

    assert client.get(path).status_code == 404


def test_a_link_whose_time_is_over_says_so(client: Client) -> None:
    link = make_link(days=1)

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        response = client.get(link_path(link))

    assert response.status_code == 410
    assert link.article.title not in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_revoked_link_says_so(client: Client) -> None:
    link = make_link()
    link.revoke()

    response = client.get(link_path(link))

    assert response.status_code == 410
    assert link.article.title not in response.content.decode()


def test_an_article_that_was_deleted_takes_its_links_along(client: Client) -> None:
    link = make_link()
    path = link_path(link)
    link.article.delete()

    assert client.get(path).status_code == 404


def test_it_leads_to_the_other_languages(client: Client) -> None:
    link = make_link(make_article("عنوان", title_fr="Titre", status=Status.DRAFT))

    arabic = client.get(link_path(link))
    french = client.get(f"/fr{link_path(link)}")
    english = client.get(f"/en{link_path(link)}")

    assert f'href="/fr{link_path(link)}"' in arabic.content.decode()
    assert "Titre" in french.content.decode()
    assert (english.status_code, english.headers["Location"]) == (302, link_path(link))


def test_it_shows_nothing_of_other_drafts(client: Client) -> None:
    category = make_category()
    make_article("مسودة أخرى", category=category, status=Status.DRAFT)
    link = make_link(make_article(category=category, status=Status.DRAFT))

    assert "مسودة أخرى" not in client.get(link_path(link)).content.decode()


def test_it_asks_the_database_as_often_for_few_and_many_neighbours(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    category = make_category()
    for _ in range(5):
        make_article(category=category)
    link = make_link(make_article(category=category, status=Status.DRAFT, tags=("ماء", "سد")))

    with django_assert_max_num_queries(13):
        client.get(link_path(link))


def test_an_editor_makes_a_link_and_copies_it(login: Any, editor: User, client: Client) -> None:
    article = make_article(status=Status.DRAFT)
    desk = login(editor)

    response = desk.post(links_page(article), {"name": "المصدر", "days": 14})

    link = article.links.get()
    assert levels(response) == ["success"]
    assert (link.kind, link.issued_by, link.name) == (LinkKind.PREVIEW, editor, "المصدر")
    assert link.expires_at - link.created_at == timedelta(days=14)
    addresses = [each.get("value") for each in parse(desk.get(links_page(article))).iter("input")]
    assert f"http://testserver{link_path(link)}" in addresses


@pytest.mark.parametrize("days", ["0", "15", "-1", "x", ""])
def test_a_link_lives_one_to_fourteen_days(login: Any, editor: User, days: str) -> None:
    article = make_article()

    response = login(editor).post(links_page(article), {"name": "المصدر", "days": days})

    assert errors_beside(response, "days")
    assert "المصدر" in response.content.decode()
    assert not ArticleLink.objects.exists()


def test_an_editor_ends_a_link(login: Any, editor: User) -> None:
    link = make_link()
    page = links_page(link.article)
    address = f"{page}{link.pk}/revoke/"

    assert login(editor).get(address).status_code == 405
    first, second = (login(editor).post(address) for _ in range(2))

    assert (levels(first), levels(second)[-1]) == (["success"], "warning")
    assert ArticleLink.objects.get().state == LinkState.REVOKED
    assert link_path(link) not in login(editor).get(page).content.decode()


def test_a_link_of_another_article_cannot_be_ended_here(login: Any, editor: User) -> None:
    link, other = make_link(), make_article()

    login(editor).post(f"{links_page(other)}{link.pk}/revoke/")

    assert ArticleLink.objects.get().state == LinkState.OPEN


@pytest.mark.parametrize("role", ["journalist", "moderator", "administrator"])
def test_others_neither_make_nor_end_links(login: Any, role: str) -> None:
    user = make_user(role)
    link = make_link(make_article(owner=user, status=Status.DRAFT))
    page, desk = links_page(link.article), login(user)

    answers = [desk.get(page), desk.post(page, {"days": 3}), desk.post(f"{page}{link.pk}/revoke/")]

    assert {answer.status_code for answer in answers} == {403}
    assert ArticleLink.objects.get().state == LinkState.OPEN
