"""What is looked at before an article is handed in: what warns, and what stops."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from articles.checklist import LONG_BODY, LONG_TITLE, SHORT_BODY, Draft
from articles.choices import Status
from articles.models import Article
from tests.admin_forms import errors_beside, form_data
from tests.factories import make_article, make_category, make_picture

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
GOOD = {"title_ar": "عنوان", "summary_ar": "ملخص", "body_ar": f"<p>{'كلمة ' * SHORT_BODY}</p>"}
KEEP_NEW = "/admin/articles/article/keep/"


def found(words: dict[str, str], **filed: Any) -> set[str]:
    draft = Draft(GOOD | words, **{"category": make_category(), "picture": make_picture(), **filed})
    return {finding.field for finding in draft.findings()}


def add(desk: Client, **values: Any) -> HttpResponse:
    values = {"title_ar": "خبر", "body_ar": "<p>نص</p>", "category": make_category().pk, **values}
    return desk.post(ADD, form_data(desk.get(ADD)) | values)


def test_a_complete_article_lacks_nothing() -> None:
    assert found({}) == set()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title_ar": " "}, "title_ar"),
        ({"title_ar": "ع" * (LONG_TITLE + 1)}, "title_ar"),
        ({"summary_ar": ""}, "summary_ar"),
        ({"body_ar": "<p></p>"}, "body_ar"),
        ({"body_ar": f"<p>{'كلمة ' * (SHORT_BODY - 1)}</p>"}, "body_ar"),
        ({"body_ar": f"<p>{'كلمة ' * (LONG_BODY + 1)}</p>"}, "body_ar"),
        ({"body_ar": GOOD["body_ar"] + '<p><a href="javascript:x()">هنا</a></p>'}, "body_ar"),
        ({"body_ar": "<blockquote>" * 300}, "body_ar"),
        ({**{f"{word}_fr": "x" for word in ("summary",)}, "body_fr": GOOD["body_ar"]}, "title_fr"),
    ],
    ids=[
        "no-title",
        "long-title",
        "no-summary",
        "no-body",
        "short-body",
        "long-body",
        "dead-link",
        "deep-body",
        "language-without-title",
    ],
)
def test_each_lack_is_found_beside_its_field(words: dict[str, str], field: str) -> None:
    assert found(words) == {field}


def test_limits_are_kept_to_the_letter() -> None:
    body = f"<p>{'كلمة ' * LONG_BODY}</p>"

    assert found({"title_ar": "ع" * LONG_TITLE, "body_ar": body}) == set()


@pytest.mark.parametrize("filed", [{"category": None}, {"picture": None}])
def test_what_is_not_chosen_is_found(filed: dict[str, Any]) -> None:
    assert found({}, **filed) == set(filed)


@pytest.mark.parametrize("lack", [{"alt": ""}, {"credit": ""}])
def test_a_picture_needs_its_description_and_its_credit(lack: dict[str, str]) -> None:
    assert found({}, picture=make_picture(**lack)) == {"picture"}


@pytest.mark.parametrize("step", ["submit", "publish"])
def test_a_picture_without_description_stops_the_step_beside_its_field(login: Any, editor: User, step: str) -> None:
    picture = make_picture(alt="")

    response = add(login(editor), picture=picture.pk, **{f"_step_{step}": "1"})

    assert response.status_code == 200
    assert len(errors_beside(response, "picture")) == 1
    assert form_data(response)["picture"] == str(picture.pk)
    assert not Article.objects.exists()


def test_a_draft_is_saved_whatever_it_lacks(login: Any, journalist: User) -> None:
    response = add(login(journalist), picture=make_picture(alt="").pk, title_ar="ع" * 200, body_ar="")

    assert response.status_code == 302
    assert Article.objects.get().status == Status.DRAFT


def test_what_only_warns_stops_nothing(login: Any, editor: User) -> None:
    add(login(editor), picture=make_picture(credit="").pk, title_ar="ع" * 200, _step_publish="1")

    assert Article.objects.get().status == Status.PUBLISHED


def test_a_language_without_title_stops_the_step_beside_its_field(login: Any, editor: User) -> None:
    response = add(login(editor), body_fr="<p>Texte</p>", _step_publish="1")

    assert len(errors_beside(response, "title_fr")) == 1
    assert not Article.objects.exists()


def test_the_model_itself_stays_permissive(journalist: User, editor: User) -> None:
    article = make_article(status=Status.DRAFT, owner=journalist, picture=make_picture(alt=""), body="")

    article.submit(by=journalist)
    article.publish(by=editor)

    assert article.status == Status.PUBLISHED


def test_the_form_is_told_what_is_missing_while_it_is_written(login: Any, journalist: User) -> None:
    told = login(journalist).post(
        KEEP_NEW, {"key": str(uuid.uuid4()), "fields": [["title_ar", "عنوان"]]}, content_type="application/json"
    )

    findings = told.json()["facts"]["findings"]
    assert {each["field"] for each in findings} == {"summary_ar", "body_ar", "category", "picture"}
    assert {each["field"] for each in findings if each["stops"]} == {"category"}
