"""The policies of the discussions in the admin: closing and opening, for moderators alone."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from articles.models import Article
from comments.choices import Mode
from comments.models import Comment, Policy
from tests.admin_forms import save
from tests.factories import comment_data, make_article

pytestmark = pytest.mark.django_db

POLICIES = "/admin/comments/policy/"


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def page_of(article: Article) -> HttpResponse:
    return Client().get(article.get_absolute_url())


def post_comment(article: Article) -> HttpResponse:
    origin = {"Origin": "http://testserver"}
    return Client().post(f"/news/{article.pk}/comments/", comment_data(article), headers=origin)


def test_a_closed_article_has_no_form_and_takes_no_post(desk: Client) -> None:
    article, other = make_article(), make_article()
    assert b'id="comment-form"' in page_of(article).content

    response = save(desk, f"{POLICIES}add/", article=article.pk, mode=Mode.CLOSED)

    assert response.status_code == 302
    assert b'id="comment-form"' not in page_of(article).content
    assert post_comment(article).status_code == 403
    assert not Comment.objects.exists()
    assert b'id="comment-form"' in page_of(other).content
    assert post_comment(other).status_code == 303


def test_an_article_is_opened_again_by_taking_its_policy_away(desk: Client) -> None:
    policy = Policy.objects.create(article=make_article(), mode=Mode.CLOSED)

    desk.post(f"{POLICIES}{policy.pk}/delete/", {"post": "yes"})

    assert not Policy.objects.exists()
    assert b'id="comment-form"' in page_of(policy.article).content


@pytest.mark.parametrize("scope", ["both", "site", "article", "category"])
def test_a_policy_that_cannot_be_is_told_and_not_stored(desk: Client, scope: str) -> None:
    article = make_article()
    if scope != "both":
        Policy.objects.create(**{} if scope == "site" else {scope: getattr(article, scope, article)})
    wanted = {"both": ("article", "category"), "site": ()}.get(scope, (scope,))
    keys = {"article": article.pk, "category": article.category_id}
    stored = Policy.objects.count()

    response = save(desk, f"{POLICIES}add/", mode=Mode.CLOSED, **{name: keys[name] for name in wanted})

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert Policy.objects.count() == stored


def test_a_moderator_learns_no_draft_from_its_number(desk: Client) -> None:
    draft = make_article("سبق صحفي لم ينشر بعد", status="draft")

    mistaken = save(desk, f"{POLICIES}add/", article=draft.pk, mode="no-such-mode")
    save(desk, f"{POLICIES}add/", article=draft.pk, mode=Mode.CLOSED)

    assert draft.title not in mistaken.content.decode()
    assert draft.title not in desk.get(POLICIES).content.decode()
