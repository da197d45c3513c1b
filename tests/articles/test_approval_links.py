"""Links by which a director without an account decides on an article: issued and revoked at the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.choices import LinkKind, LinkState, Status
from articles.links import link_path
from articles.models import Article, ArticleLink, InvalidTransition
from tests.admin_forms import errors_beside, levels
from tests.factories import make_article, make_user
from tests.pages import parse

pytestmark = pytest.mark.django_db

DIRECTOR = "فاطمة الزهراء المديرة"


def waiting(**values: Any) -> Article:
    return make_article(status=Status.IN_REVIEW, **values)


def issue(article: Article | None = None, by: User | None = None, days: int = 2) -> ArticleLink:
    return ArticleLink.issue_approval(article or waiting(), by or make_user("editor"), DIRECTOR, days)


def desk_page(article: Article) -> str:
    return reverse("admin:articles_article_approval", args=[article.pk])


def outcome(response: Any) -> str:
    """What the page says it is about: its `data-result`."""
    return next((each.get("data-result") for each in parse(response).iter() if each.get("data-result")), "")


def test_an_editor_issues_a_link_and_sees_its_address_once(login: Any, editor: User) -> None:
    desk, article = login(editor), waiting()

    response = desk.post(desk_page(article), {"name": DIRECTOR, "days": "3"}, follow=True)

    link = article.links.get()
    address = f"http://testserver{link_path(link)}"
    assert (link.kind, link.name, link.issued_by) == (LinkKind.APPROVAL, DIRECTOR, editor)
    assert link.expires_at - link.created_at == timedelta(days=3)
    assert address in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"
    again = desk.get(desk_page(article)).content.decode()
    assert address not in again
    assert DIRECTOR in again


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": " ", "days": "3"}),
        ("name", {"name": "ا" * 121, "days": "3"}),
        ("days", {"name": DIRECTOR, "days": "8"}),
        ("days", {"name": DIRECTOR, "days": "0"}),
    ],
)
def test_a_wrong_word_is_told_beside_its_field(login: Any, editor: User, field: str, values: dict[str, str]) -> None:
    desk, article = login(editor), waiting()

    response = desk.post(desk_page(article), values)

    assert len(errors_beside(response, field)) == 1
    assert not ArticleLink.objects.exists()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED, Status.WITHDRAWN], ids=str)
def test_only_an_article_in_review_gets_a_link(login: Any, editor: User, status: str) -> None:
    article = make_article(status=status)

    response = login(editor).post(desk_page(article), {"name": DIRECTOR, "days": "3"})

    assert response.status_code == 200
    assert not ArticleLink.objects.exists()
    with pytest.raises(InvalidTransition):
        issue(article)


def test_an_editor_revokes_a_link(login: Any, editor: User) -> None:
    link = issue()
    revoke = reverse("admin:articles_article_approval_revoke", args=[link.article_id, link.pk])

    asked = login(editor).get(revoke)
    response = login(editor).post(revoke)
    again = login(editor).post(revoke)

    link.refresh_from_db()
    assert asked.status_code == 405
    assert levels(response) == ["success"]
    assert "warning" in levels(again)
    assert link.state == LinkState.REVOKED
    assert outcome(Client().get(link_path(link))) == "revoked"


@pytest.mark.parametrize("role", ["journalist", "moderator", "administrator", ""])
def test_nobody_else_issues_lists_or_revokes_links(login: Any, role: str) -> None:
    user = make_user(role)
    desk, link = login(user), issue(waiting(owner=user))
    revoke = reverse("admin:articles_article_approval_revoke", args=[link.article_id, link.pk])
    missing = desk_page(Article(pk=link.article_id + 1000))

    statuses = [desk.get(desk_page(link.article)).status_code, desk.get(missing).status_code]
    statuses += [desk.post(desk_page(link.article), {"name": "x", "days": "3"}).status_code]
    statuses += [desk.post(revoke).status_code]

    link.refresh_from_db()
    assert statuses == [403] * 4
    assert link.state == LinkState.OPEN
    assert ArticleLink.objects.count() == 1


def test_an_anonymous_visitor_is_sent_to_the_login(client: Client) -> None:
    page = desk_page(waiting())

    assert client.post(page, {"name": "x", "days": "3"}).headers["Location"] == f"/admin/login/?next={page}"
    assert not ArticleLink.objects.exists()
