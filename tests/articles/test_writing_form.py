"""The writing form: its order, its languages, and the numbers that it shows."""

import uuid
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.choices import Status
from articles.html import plain_text
from articles.models import Article
from articles.slugs import make_slug
from articles.wording import reading_minutes, reading_time
from tests.admin_forms import form_data, parse
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"
LIST = "/admin/articles/article/"


def facts(desk: Client, fields: dict[str, str], article: Article | None = None) -> Any:
    address = f"{LIST}{article.pk}/keep/" if article else f"{LIST}keep/"
    told = {"key": str(uuid.uuid4()), "fields": list(fields.items())}
    return desk.post(address, told, content_type="application/json").json()["facts"]


def test_the_form_goes_from_the_text_to_the_filing_to_the_publishing(login: Any, editor: User) -> None:
    page = parse(login(editor).get(ADD))

    names = [each.get("name", "") for each in page.iter() if each.tag in ("input", "textarea", "select")]
    order = ["title_ar", "summary_ar", "body_ar", "title_fr", "title_en", "category", "picture", "published_at_0"]

    assert [name for name in names if name in order] == order


def test_without_script_every_language_is_there(login: Any, journalist: User) -> None:
    page = parse(login(journalist).get(ADD))

    panels = [each for each in page.iter("fieldset") if "language" in (each.get("class") or "").split()]

    assert len(panels) == 3
    assert not [each for panel in panels for each in panel.iter() if each.tag == "details" or "hidden" in each.attrib]


@pytest.mark.parametrize("count", [0, 1, 89, 90, 269, 270, 1000])
def test_the_reading_time_is_that_of_the_article_page(login: Any, journalist: User, count: int) -> None:
    body = "<h2>عنوان</h2><p>" + "وَكَلِمَةٌ مُشَكَّلَةٌ " * count + "</p>"

    told = facts(login(journalist), {"body_ar": body})["languages"]["ar"]["measures"]

    assert told[-1] == reading_time(reading_minutes(plain_text(body)))


@pytest.mark.parametrize(
    "title",
    ["عودة القطار إلى وجدة", "«عاجل»: 45% من المغاربة… و\u200fغيرهم", "ﻻ إله", "comments", "!!!", "ع" * 600],
)
def test_the_address_is_the_one_that_a_save_makes(login: Any, journalist: User, title: str) -> None:
    desk = login(journalist)
    shown = facts(desk, {"title_ar": title})["languages"]["ar"]["address"]

    saved = make_article(title[:500], status=Status.DRAFT, owner=journalist)

    assert shown == f"/news/…/{make_slug(title)}/"
    if len(title) <= 500:
        assert shown.endswith(f"/{saved.slug}/")


def test_each_language_has_its_own_address(login: Any, editor: User) -> None:
    article = make_article("عنوان", slug="قديم")

    told = facts(login(editor), {"title_ar": "آخر", "title_fr": "Le train", "slug": "قديم"}, article)["languages"]

    assert told["ar"]["address"] == f"/news/{article.pk}/قديم/"
    assert told["fr"]["address"] == f"/fr/news/{article.pk}/le-train/"
    assert told["en"]["address"] == ""


def test_a_journalists_form_has_no_slug_and_shows_the_stored_one(login: Any, journalist: User) -> None:
    article = make_article("عنوان", status=Status.DRAFT, owner=journalist)

    told = facts(login(journalist), {"title_ar": "عنوان آخر"}, article)["languages"]["ar"]

    assert told["address"] == f"/news/{article.pk}/{article.slug}/"


@pytest.mark.parametrize("field", ["picture", "byline", "filed_under", "category", "kind", "tags", "version"])
@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "9" * 30, "-1", "٣"])
def test_nonsense_in_a_field_is_answered_with_the_form(login: Any, editor: User, field: str, value: str) -> None:
    desk = login(editor)
    typed = {"title_ar": "", "category": make_category().pk, field: value}

    response = desk.post(ADD, form_data(desk.get(ADD)) | typed)

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert not Article.objects.exists()


def test_an_arabic_body_as_long_as_may_be_is_sent_whole(login: Any, editor: User) -> None:
    form = next(each for each in parse(login(editor).get(ADD)).iter("form") if each.get("id") == "article_form")

    assert form.get("enctype") == "multipart/form-data"
