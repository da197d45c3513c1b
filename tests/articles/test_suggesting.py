"""Tags offered while an article is written: which are found in a text, in which order, and to whom."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from articles.models import Tag
from articles.suggesting import suggest_tags
from tests.factories import make_tag

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/articles/article/suggest-tags/"


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("أخنوش", "طلب لأخنوش والحكومة"),
        ("أخنوش", "ولأَخنـوش"),
        ("الحكومة", "طلب لأخنوش والحكومة"),
        ("الحكومة", "للحكومة رأي"),
        ("مراكش", "حريق بمراكش."),
        ("فاس", "معرض بفاس"),
        ("الماء", "ندرة للماء"),
        ("الماء", "بالماء الصالح للشرب"),
        ("السكك الحديدية", "مشروع للسكك الحديدية بالشمال"),
        ("الدار البيضاء سطات", "جهة الدار البيضاء-سطات"),
        ("كأس أمم إفريقيا لكرة القدم", "نهائي كأس أمم إفريقيا لكرة القدم بالرباط"),
        ("مونديال 2030", "ملاعب مونديال ٢٠٣٠"),
        ("OCP", "أرباح ocp"),
        ("أكادير", "من أݣادير"),
    ],
)
def test_a_text_offers_the_tags_it_speaks_of(tag: str, text: str) -> None:
    make_tag(tag)
    make_tag("شيء آخر تماما")

    assert suggest_tags("", text) == [tag]
    assert suggest_tags(text, "") == [tag]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("الطاقة", "بطاقة التعريف"),
        ("كرة", "فكرة جيدة"),
        ("السكك الحديدية", "الحديد والسكك"),
        ("كأس أمم إفريقيا لكرة القدم", "كأس أمم آسيا"),
        ("كلب", "كلبش"),
        ("++", "أ ++ ب"),
        ("الماء", ""),
    ],
)
def test_a_text_does_not_offer_what_only_looks_alike(tag: str, text: str) -> None:
    make_tag(tag)

    assert suggest_tags(text, text) == []


def test_another_name_offers_the_tag_once() -> None:
    tag = make_tag("الماء")
    make_tag("الموارد المائية", merged_into=tag)

    assert suggest_tags("", "الموارد المائية والماء") == ["الماء"]


@pytest.mark.parametrize("field", ["الماء", "المِاء، سدود", "الموارد المائية"])
def test_what_stands_in_the_field_is_not_offered(field: str) -> None:
    make_tag("الموارد المائية", merged_into=make_tag("الماء"))
    make_tag("الفلاحة")

    assert suggest_tags("الماء والفلاحة", "", field) == ["الفلاحة"]


def test_the_title_comes_first_then_what_is_named_most_often() -> None:
    for name in ("الماء", "الصحة", "التعليم", "الطقس"):
        make_tag(name)
    text = "الصحة والتعليم ثم الصحة والماء، " * 3

    assert suggest_tags("حالة الطقس", text) == ["الطقس", "الصحة", "التعليم", "الماء"]


def test_at_most_eight_are_offered() -> None:
    names = [f"موضوع{letter}" for letter in "بتثجحخدذرز"]
    for name in names:
        make_tag(name)

    assert len(suggest_tags("", " ".join(names))) == 8


def test_a_text_of_any_length_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_tag("الماء")

    for length in (0, 1, 1_000, 50_000):
        with django_assert_num_queries(1):
            suggest_tags("عنوان", " ".join(f"كلمة{number}" for number in range(length)) + " الماء", "وسم")


class AnyText(TestCase):
    @settings(deadline=None, max_examples=60)
    @given(*[st.text(st.characters(exclude_categories=()), max_size=40)] * 3)
    def test_no_text_is_too_odd(self, title: str, text: str, field: str) -> None:
        Tag.objects.get_or_create(name="الماء")

        assert suggest_tags(title, f"{text} الماء", field) in ([], ["الماء"])


def test_the_script_weighs_at_most_three_kilobytes() -> None:
    path = finders.find("articles/suggestions.js")

    assert path is not None
    assert Path(path).stat().st_size <= 3_000


def ask(client: Client, body: Any = None, **headers: Any) -> HttpResponse:
    text = body if isinstance(body, str | bytes) else json.dumps(body or {"title": "", "text": "الماء", "field": ""})
    return client.post(ADDRESS, text, content_type="application/json", headers=headers)


@pytest.mark.parametrize("role", ["journalist", "editor"])
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_writers_are_answered_privately(login: Any, request: Any, role: str, prefix: str) -> None:
    make_tag("الماء")
    desk = login(request.getfixturevalue(role))

    response = desk.post(prefix + ADDRESS, {"text": "الماء"}, content_type="application/json")

    assert (response.status_code, response.json()) == (200, {"tags": ["الماء"]})
    assert response.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("role", ["moderator", "administrator"])
def test_nobody_else_is(login: Any, request: Any, role: str) -> None:
    assert ask(login(request.getfixturevalue(role))).status_code == 403


def test_a_stranger_is_sent_to_log_in(client: Client) -> None:
    assert ask(client).status_code == 302


def test_only_a_post_with_the_token_is_taken(login: Any, editor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)

    assert ask(strict).status_code == 403
    assert login(editor).get(ADDRESS).status_code == 405


@pytest.mark.parametrize("size", [500_001, 3_000_000])
def test_a_text_that_is_too_long_is_told_so(login: Any, editor: User, size: int) -> None:
    response = ask(login(editor), b"x" * size)

    assert response.status_code == 413
    assert response.json()["error"] == "النص أطول من أن تُستخرج منه وسوم."


@pytest.mark.parametrize("body", ["", "x", "[]", '{"text": 1}', '{"text": null}', "[" * 100_000, b"\xff"], ids=repr)
def test_what_is_no_text_is_told_so(login: Any, editor: User, body: Any) -> None:
    response = login(editor).post(ADDRESS, body, content_type="application/json")

    assert response.status_code == 400
    assert response.json()["error"]
