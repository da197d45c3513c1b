"""The admin as people read it: names that fit Django's sentences, counts, and what reads left to right."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_article, make_category, make_comment, make_tag, make_user
from tests.pages import read, words

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


@pytest.fixture
def desk(login: Any) -> Client:
    return login(make_user(is_superuser=True))


@pytest.mark.parametrize(
    ("path", "plural", "choose", "add"),
    [
        ("articles/article", "مقالات", "اختيار مقال للتعديل", "إضافة مقال"),
        ("articles/category", "تصنيفات", "اختيار تصنيف للتعديل", "إضافة تصنيف"),
        ("articles/tag", "وسوم", "اختيار وسم للتعديل", "إضافة وسم"),
        ("articles/author", "كتّاب", "اختيار كاتب للتعديل", "إضافة كاتب"),
        ("articles/picture", "صور", "اختيار صورة للتعديل", "إضافة صورة"),
        ("comments/policy", "سياسات تعليقات", "اختيار سياسة تعليقات للتعديل", "إضافة سياسة تعليقات"),
        ("auth/user", "مستخدمون", "اختيار مستخدم للتعديل", "إضافة مستخدم"),
    ],
)
def test_names_fit_the_sentences_of_the_arabic_admin(
    desk: Client, path: str, plural: str, choose: str, add: str
) -> None:
    page = read(desk, f"/admin/{path}/")

    assert choose in {words(heading) for heading in page.iter("h1")}
    assert add in {words(link) for link in page.iter("a")}
    assert plural in words(page.find(".//nav"))


@pytest.mark.parametrize(("prefix", "said"), [("", "المجموع: 11"), ("/fr", "Total : 11"), ("/en", "Total: 11")])
def test_a_list_says_its_total_without_bending_a_name(desk: Client, prefix: str, said: str) -> None:
    category = make_category()
    for _ in range(11):
        make_article(category=category, title_fr="Titre", title_en="Title")

    pages = [each for each in read(desk, prefix + LIST).iter("p") if each.get("class") == "paginator"]

    assert [words(page).replace("\xa0", " ") for page in pages] == [said]


def test_a_list_that_is_edited_in_place_still_has_its_button(desk: Client) -> None:
    make_category()

    buttons = [each for each in read(desk, "/admin/articles/category/").iter("input") if each.get("name") == "_save"]

    assert [button.get("value") for button in buttons] == ["حفظ"]


@pytest.mark.parametrize("count", [1, 2, 3, 11])
def test_a_change_of_many_is_told_in_the_right_form(desk: Client, count: int) -> None:
    categories = [make_category() for _ in range(count)]
    rows = {f"form-{number}-id": category.pk for number, category in enumerate(categories)}
    changes = {f"form-{number}-position": "7" for number in range(count)}
    forms = {"form-TOTAL_FORMS": count, "form-INITIAL_FORMS": count, "_save": "1"}

    response = desk.post("/admin/articles/category/", {**rows, **changes, **forms}, follow=True)

    said = {1: "تم تعديل عنصر واحد.", 2: "تم تعديل عنصرين.", 3: "تم تعديل 3 عناصر.", 11: "تم تعديل 11 عنصرا."}
    assert said[count] in response.content.decode()


@pytest.mark.parametrize(
    ("action", "said"),
    [({}, "حُفظت تعديلات تصنيف: «\u2068"), ({"_continue": "1"}, "يمكن مواصلة التعديل أسفله.")],
    ids=["saved", "goes-on"],
)
def test_the_name_of_what_was_saved_is_set_apart(desk: Client, action: dict[str, str], said: str) -> None:
    category = make_category("Société (bis)")
    values = {"name_ar": "Société (bis)", "slug": category.slug, "position": "1"}

    page = desk.post(f"/admin/articles/category/{category.pk}/change/", values | action, follow=True)

    assert said in page.content.decode()


def test_the_other_names_of_a_tag_are_read_as_words_by_who_may_not_change_them(login: Any, journalist: User) -> None:
    tag = make_tag("السكك الحديدية")
    tag.set_other_names(["القطار", "ONCF"])

    page = read(login(journalist), f"/admin/articles/tag/{tag.pk}/change/")

    row = next(row for row in page.iter("div") if "field-other_names" in row.get("class", "").split())
    assert words(row).startswith("تسميات أخرى:")
    assert "القطار، ONCF" in words(row) or "ONCF، القطار" in words(row)


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_pages_of_an_account_are_in_the_language_of_the_page(desk: Client, editor: User, prefix: str) -> None:
    pages = [
        desk.get(f"{prefix}/admin/auth/user/{editor.pk}/{page}/").content.decode() for page in ("change", "password")
    ]

    assert [word for page in pages for word in ("salt<", "hash<", "will be lost") if word in page] == []


@pytest.mark.parametrize("kind", ["comments/comment", "auth/user"])
def test_a_term_without_end_is_a_page_as_well(desk: Client, kind: str) -> None:
    assert desk.get(f"/admin/{kind}/", {"q": "كلمة " * 3000}).status_code == 200


def test_names_of_accounts_and_addresses_read_left_to_right(client: Client, desk: Client, administrator: User) -> None:
    login = read(Client(), "/admin/login/")
    change = read(desk, f"/admin/auth/user/{administrator.pk}/change/")
    add = read(desk, "/admin/auth/user/add/")

    found = [
        (field.get("name"), field.get("dir"))
        for page in (login, change, add)
        for field in page.iter("input")
        if field.get("name") in ("username", "email")
    ]
    assert found == [("username", "ltr")] + [("username", "ltr"), ("email", "ltr")] * 2


def test_the_masked_address_of_a_reader_reads_left_to_right(desk: Client) -> None:
    comment = make_comment()
    page = read(desk, f"/admin/comments/comment/{comment.pk}/change/")

    assert [each.get("dir") for each in page.iter("bdi") if "@" in words(each)] == ["ltr"]


def test_the_lists_that_search_as_one_types_speak_arabic(desk: Client) -> None:
    scripts = [script.get("src", "") for script in read(desk, f"{LIST}add/").iter("script")]

    assert [script for script in scripts if script.endswith("select2/i18n/ar.js")]
