"""Former addresses of categories, tags and authors lead to their pages, however they were changed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from articles.addresses import find_filed
from articles.models import Author, Category, FormerSlug, Tag
from tests.admin_forms import save
from tests.factories import make_author, make_category, make_tag

pytestmark = pytest.mark.django_db

MAKE: dict[str, Callable[..., Any]] = {"category": make_category, "tag": make_tag, "author": make_author}
MODELS: dict[str, Any] = {"category": Category, "tag": Tag, "author": Author}
KINDS = pytest.mark.parametrize("kind", MAKE)


def leads_to(client: Client, address: str) -> tuple[int, str]:
    response = client.get(address)
    return response.status_code, response.headers.get("Location", "")


def rename(thing: Any, slug: str) -> None:
    thing.slug = slug
    thing.save()


def rename_one_field(thing: Any, slug: str) -> None:
    thing.slug = slug
    thing.save(update_fields=["slug"])


def rename_in_a_query(thing: Any, slug: str) -> None:
    type(thing).objects.filter(pk=thing.pk).update(slug=slug)


def rename_in_bulk(thing: Any, slug: str) -> None:
    thing.slug = slug
    type(thing).objects.bulk_update([thing], ["slug"])


def rename_by_upsert(thing: Any, slug: str) -> None:
    thing.slug = slug
    type(thing).objects.bulk_create([thing], update_conflicts=True, unique_fields=["id"], update_fields=["slug"])


def rename_by_update_or_create(thing: Any, slug: str) -> None:
    type(thing).objects.update_or_create(pk=thing.pk, defaults={"slug": slug})


WAYS = [rename, rename_one_field, rename_in_a_query, rename_in_bulk, rename_by_upsert, rename_by_update_or_create]


@KINDS
@pytest.mark.parametrize("change", WAYS)
def test_a_former_slug_leads_to_the_page_however_it_was_changed(client: Client, kind: str, change: Any) -> None:
    thing = MAKE[kind]("الاسم", slug="قديم")

    change(thing, "جديد")

    assert leads_to(client, f"/{kind}/قديم/") == (301, f"/{kind}/{quote('جديد')}/")
    assert leads_to(client, f"/{kind}/جديد/")[0] == 200


@KINDS
def test_a_slug_changed_in_the_admin_leads_there_as_well(client: Client, login: Any, editor: User, kind: str) -> None:
    thing = MAKE[kind]("الاسم", slug="old")

    save(login(editor), f"/admin/articles/{kind}/{thing.pk}/change/", slug="new")

    assert leads_to(Client(), f"/{kind}/old/") == (301, f"/{kind}/new/")


@KINDS
@pytest.mark.parametrize("prefix", ["", "/fr", "/en"])
def test_every_former_slug_leads_straight_there_in_every_language(client: Client, kind: str, prefix: str) -> None:
    thing = MAKE[kind]("الاسم", slug="first")
    for slug in ("second", "third", "fourth"):
        rename(thing, slug)

    found = [leads_to(client, f"{prefix}/{kind}/{slug}/") for slug in ("first", "second", "third")]

    assert found == [(301, f"{prefix}/{kind}/fourth/")] * 3


@KINDS
def test_a_slug_in_use_wins_over_one_that_was(client: Client, kind: str) -> None:
    rename(MAKE[kind]("الأول", slug="shared"), "elsewhere")
    MAKE[kind]("الثاني", slug="shared")

    response = client.get(f"/{kind}/shared/")

    assert response.status_code == 200
    assert str(response.context_data["heading"]) == "الثاني"


@KINDS
def test_a_slug_leads_to_who_had_it_last(client: Client, kind: str) -> None:
    rename(MAKE[kind]("الأول", slug="shared"), "one")
    rename(MAKE[kind]("الثاني", slug="shared"), "two")

    assert leads_to(client, f"/{kind}/shared/") == (301, f"/{kind}/two/")
    assert FormerSlug.objects.filter(slug="shared").count() == 1


@KINDS
@pytest.mark.parametrize("change", [rename, rename_in_a_query, rename_in_bulk])
def test_a_slug_given_back_is_no_former_one(client: Client, kind: str, change: Any) -> None:
    thing = MAKE[kind]("الاسم", slug="old")

    change(thing, "new")
    change(thing, "old")

    assert leads_to(client, f"/{kind}/old/")[0] == 200
    assert leads_to(client, f"/{kind}/new/") == (301, f"/{kind}/old/")
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["new"]


@KINDS
def test_a_slug_made_of_a_name_leaves_a_former_one_alone(client: Client, kind: str) -> None:
    rename(MAKE[kind]("سوس", slug="سوس-ماسة"), "سوس-الكبرى")
    name = "سوس ماسة"

    newcomer = MAKE[kind](name)

    assert newcomer.slug == "سوس-ماسة-2"
    assert leads_to(client, "/" + kind + "/سوس-ماسة/") == (301, f"/{kind}/{quote('سوس-الكبرى')}/")


@KINDS
def test_a_number_is_not_given_twice(kind: str) -> None:
    rename(MAKE[kind]("الأول", slug="اسم"), "one")
    MAKE[kind]("الثاني", slug="اسم-2")

    assert MAKE[kind]("اسم").slug == "اسم-3"


@KINDS
def test_kinds_do_not_share_their_former_slugs(client: Client, kind: str) -> None:
    for other in MAKE:
        rename(MAKE[other]("الاسم", slug="shared"), f"of-{other}")

    assert leads_to(client, f"/{kind}/shared/") == (301, f"/{kind}/of-{kind}/")


@KINDS
@pytest.mark.parametrize(
    "delete",
    [lambda thing: thing.delete(), lambda thing: type(thing).objects.filter(pk=thing.pk).delete()],
    ids=["one", "query"],
)
def test_what_is_deleted_takes_its_former_slugs_along(client: Client, kind: str, delete: Any) -> None:
    thing = MAKE[kind]("الاسم", slug="old")
    rename(thing, "new")

    delete(thing)

    assert leads_to(client, f"/{kind}/old/")[0] == 404
    assert not FormerSlug.objects.exists()


@KINDS
@pytest.mark.parametrize("typed", ["JADID", "جَديد", "جـديد"], ids=["upper-case", "marks", "tatweel"])
def test_a_slug_spelled_otherwise_leads_to_its_page(client: Client, kind: str, typed: str) -> None:
    MAKE[kind]("الأول", slug="jadid")
    MAKE[kind]("الثاني", slug="جديد")

    status, address = leads_to(client, f"/{kind}/{typed}/")

    assert (status, address) == (301, f"/{kind}/{'jadid' if typed.isascii() else quote('جديد')}/")


@KINDS
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("before=1700000000000000-7", "?before=1700000000000000-7"),
        ("before=x", ""),
        ("before=1-2%0d%0aX:1", ""),
        ("utm=1&next=//evil.example", ""),
    ],
)
def test_only_a_place_in_the_list_survives_the_redirect(client: Client, kind: str, query: str, kept: str) -> None:
    rename(MAKE[kind]("الاسم", slug="old"), "new")

    assert leads_to(client, f"/{kind}/old/?{query}") == (301, f"/{kind}/new/{kept}")


@KINDS
def test_a_redirect_is_not_kept_for_ever(client: Client, kind: str) -> None:
    """A slug may be given back; a browser that remembered both ways would turn in a circle."""
    rename(MAKE[kind]("الاسم", slug="old"), "new")

    response = client.get(f"/{kind}/old/")

    assert "max-age=0" in response.headers["Cache-Control"]
    assert not response.cookies


@KINDS
def test_a_current_slug_costs_one_query_and_any_other_two(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, kind: str
) -> None:
    rename(MAKE[kind]("الاسم", slug="old"), "new")

    with django_assert_num_queries(1):
        find_filed(MODELS[kind].objects.all(), "new")
    with django_assert_num_queries(2):
        find_filed(MODELS[kind].objects.all(), "old")
    with django_assert_num_queries(2):
        client.get(f"/{kind}/old/")


def test_a_former_slug_has_exactly_one_target() -> None:
    category, author = make_category(), make_author()

    for targets in ({}, {"category": category, "author": author}):
        with pytest.raises(IntegrityError, match="former_slug_has_one_target"), transaction.atomic():
            FormerSlug.objects.create(slug="x", **targets)


@KINDS
def test_a_former_slug_stands_once_in_a_kind_and_is_not_empty(kind: str) -> None:
    one, other = MAKE[kind](), MAKE[kind]()
    FormerSlug.objects.create(slug="x", **{kind: one})

    with pytest.raises(IntegrityError), transaction.atomic():
        FormerSlug.objects.create(slug="x", **{kind: other})
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerSlug.objects.create(slug="", **{kind: other})


SLUGS = ["a", "b", "c", "d"]


class SequencesOfRenaming(TestCase):
    @settings(deadline=None, max_examples=40)
    @given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(SLUGS), st.sampled_from(WAYS)), max_size=8))
    def test_no_address_that_ever_worked_is_lost(self, steps: list[tuple[int, str, Any]]) -> None:
        things = [Category.objects.create(name="1", slug="a"), Category.objects.create(name="2", slug="b")]
        holders = {"a": things[0].pk, "b": things[1].pk}
        for number, slug, change in steps:
            thing = Category.objects.get(pk=things[number].pk)
            if not Category.objects.filter(slug=slug).exclude(pk=thing.pk).exists():
                change(thing, slug)
                holders[slug] = thing.pk

        for slug, pk in holders.items():
            expected = Category.objects.get(pk=pk)
            response = self.client.get(f"/category/{slug}/", follow=True)
            assert response.context_data["category"] == expected
