"""Folded columns: every spelling finds a name in the admin, and names stand in alphabetical order without ال."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.folding import KEY_LENGTH, fold_all, search_words, sort_key
from articles.models import Author, Category, Picture, Tag
from tests.admin_forms import parse
from tests.factories import make_author, make_category, make_picture, make_tag
from tests.pages import words

ADMIN = "/admin/articles"
MAKE: dict[str, Callable[..., Any]] = {
    "category": lambda name, **values: make_category(name, slug="x", **values),
    "tag": lambda name, **values: make_tag(name, slug="x", **values),
    "author": lambda name, **values: make_author(name, slug="x", **values),
    "picture": lambda name, **values: make_picture(alt=name, **values),
}
KINDS = pytest.mark.parametrize("kind", MAKE)
SPELLINGS = ["أكادير", "اكادير", "أݣادير", "أگادير", "أڭادير", "أَكـادير", "إكاديرْ"]


@pytest.fixture
def desk(login: Any, editor: User) -> Client:
    return login(editor)


def found(desk: Client, kind: str, term: str) -> int:
    return len(parse(desk.get(f"{ADMIN}/{kind}/", {"q": term})).findall(".//input[@name='_selected_action']"))


@pytest.mark.django_db
@KINDS
@pytest.mark.parametrize("term", SPELLINGS)
def test_the_search_finds_every_spelling(desk: Client, kind: str, term: str) -> None:
    MAKE[kind]("مدينة أكادير")

    assert found(desk, kind, term) == 1
    assert found(desk, kind, f"{term} تارودانت") == 0


@pytest.mark.django_db
@KINDS
@pytest.mark.parametrize("term", ["agadir", "AGADIR", "Agadir ville", "ville agadir", "Ville AGADIR مدينه"])
def test_words_are_found_in_any_order_case_and_language(desk: Client, kind: str, term: str) -> None:
    field = {"tag": "label_fr", "picture": "alt_fr"}.get(kind, "name_fr")
    MAKE[kind]("مدينة", **{field: "Ville d’Agadir"})

    assert found(desk, kind, term) == 1
    assert found(desk, kind, f"{term} fès") == 0


@pytest.mark.django_db
@pytest.mark.parametrize("term", ["%", "_", "\\", "'", "50%", "؟", "\u200f"])
def test_signs_find_no_more_than_what_has_them(desk: Client, term: str) -> None:
    make_tag("الماء")

    assert found(desk, "tag", term) == (1 if term == "\u200f" else 0)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["category", "tag", "author", "picture"])
@pytest.mark.parametrize("term", ["كلمة ", "ك", "a b c d "], ids=["words", "letters", "alphabet"])
def test_a_term_without_end_is_a_page_as_well(desk: Client, kind: str, term: str) -> None:
    assert desk.get(f"/admin/articles/{kind}/", {"q": term * 5000}).status_code == 200


def test_a_tag_of_signs_is_found_by_them(desk: Client) -> None:
    make_tag("++")
    make_tag("الماء")

    assert found(desk, "tag", "++") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "field", "kind"), [("article", "picture", "picture"), ("byline", "author", "author")]
)
def test_fields_that_complete_search_so_as_well(desk: Client, model: str, field: str, kind: str) -> None:
    made = MAKE[kind]("سميرة أݣادير")
    query = {"app_label": "articles", "model_name": model, "field_name": field, "term": "اكادير سَميره"}

    answer = desk.get("/admin/autocomplete/", query).json()

    assert [each["id"] for each in answer["results"]] == [str(made.pk)]


def rewrite(model: Any, **values: Any) -> None:
    model.objects.update(**values)


def resave(model: Any, **values: Any) -> None:
    row = model.objects.get()
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*values])


def bulk_update(model: Any, **values: Any) -> None:
    row = model.objects.get()
    for name, value in values.items():
        setattr(row, name, value)
    model.objects.bulk_update([row], [*values])


@pytest.mark.django_db
@pytest.mark.parametrize("change", [rewrite, resave, bulk_update])
@pytest.mark.parametrize(
    ("kind", "model", "values", "words_after"),
    [
        ("category", Category, {"name_ar": "فاس"}, "فاس x"),
        ("tag", Tag, {"name": "فـاس"}, "فاس x"),
        ("tag", Tag, {"label_fr": "Fès"}, "طنجه fes x"),
        ("author", Author, {"name_fr": "Fès"}, "طنجه fes x"),
        ("picture", Picture, {"caption_ar": "فاس"}, "طنجه فاس الجريده photo jpg"),
    ],
)
def test_columns_follow_however_a_name_is_changed(
    kind: str, model: Any, values: dict[str, str], words_after: str, change: Callable[..., None]
) -> None:
    MAKE[kind]("طنجة")

    change(model, **values)

    row = model.objects.get()
    assert row.folded_text == words_after
    row.refold()
    stored = model.objects.get()
    assert all(getattr(row, name) == getattr(stored, name) for name in stored.refold())


@pytest.mark.django_db
def test_rows_created_at_once_are_complete() -> None:
    Tag.objects.bulk_create([Tag(name="الوزارة"), Tag(name="وَزارة؟!"), Tag(name="وزارة الماء")])

    tags = {tag.name: tag for tag in Tag.objects.all()}
    assert tags["وزارة الماء"].sort_key == "وزاره ما"
    assert tags["الوزارة"].folded == "الوزاره"
    assert len({tag.slug for tag in tags.values()}) == 3
    assert all(tag.folded_text and tag.opening for tag in tags.values())


@pytest.mark.django_db
def test_an_update_of_other_columns_costs_no_more(django_assert_num_queries: Any) -> None:
    make_category()

    with django_assert_num_queries(4):  # begin, update, the pages' generation, commit
        Category.objects.update(position=3)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("المغرب", "مغرب"),
        ("الْمَغرب", "مغرب"),
        ("ٱلمغرب", "مغرب"),
        ("«المغرب»", "مغرب"),
        ("وزارة الصحة", "وزاره صحه"),
        ("الماء", "ما"),
        ("ألمانيا", "المانيا"),
        ("إلياس", "الياس"),
        ("ألعاب القوى", "العاب قوي"),
        ("التزام", "التزام"),
        ("التزامات", "التزامات"),
        ("التقاعد", "تقاعد"),
        ("البيئة", "بيه"),
        ("الواحات", "واحات"),
        ("الألوان", "الوان"),
        ("الالتزام", "التزام"),
        ("ال", "ال"),
        ("الدار البيضاء-سطات", "دار بيضا سطات"),
        ("Alger", "alger"),
        ("++", "++"),
        ("", ""),
    ],
)
def test_the_article_is_passed_over_and_letters_that_look_like_it_are_not(name: str, key: str) -> None:
    assert sort_key(name) == key


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(exclude_categories=())))
def test_a_key_fits_its_column_whatever_the_name(name: str) -> None:
    assert len(sort_key(name)) <= KEY_LENGTH


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(st.sampled_from("أابتثدرسقكلمنهويةىءئ ’-aéZ"), max_size=12), max_size=4))
def test_whatever_was_folded_is_found_by_its_own_words(texts: list[str]) -> None:
    folded = fold_all(texts)

    assert all(word in folded for text in texts for word in search_words(text))


@pytest.mark.django_db
def test_the_order_is_that_of_the_alphabet_on_every_database() -> None:
    names = ["التاريخ", "Zagora", "برشيد", "الآداب", "Agadir", "تارودانت", "10 أيام", "الباكالوريا", "يومي"]
    for name in names:
        make_author(name)

    ordered = list(Author.objects.order_by("sort_key", "pk").values_list("name_ar", flat=True))

    assert ordered == ["10 أيام", "Agadir", "Zagora", "الآداب", "الباكالوريا", "برشيد", "تارودانت", "التاريخ", "يومي"]


@pytest.mark.django_db
def test_an_author_with_one_language_is_ordered_by_it() -> None:
    author = make_author("")
    author.name_ar, author.name_fr = None, "Nadia"
    author.save()

    assert Author.objects.get().sort_key == "nadia"


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["tag", "author"])
def test_the_list_of_the_admin_is_ordered_so(desk: Client, kind: str) -> None:
    make = {"tag": make_tag, "author": make_author}[kind]
    for name in ("الوزارة", "أكادير", "المغرب"):
        make(name)

    rows = parse(desk.get(f"{ADMIN}/{kind}/")).findall(".//table[@id='result_list']//th/a")

    assert [words(row) for row in rows] == ["أكادير", "المغرب", "الوزارة"]
