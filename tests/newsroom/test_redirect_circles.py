"""Redirects never lead in a circle or to the desk, however their addresses are written."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from newsroom.models import Redirect
from tests.factories import make_page

pytestmark = pytest.mark.django_db


def lead(old: str, new: str) -> Redirect:
    return Redirect.objects.lead(old, new, by=None)


def stored() -> dict[str, str]:
    return dict(Redirect.objects.values_list("old_path", "new_path"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/100%25/", "/100%25/"),
        ("/100%25/", "/%3100%25?x=1"),
        ("/q%3Fb/", "/q%3Fb/"),
        ("/q%23b/", "/%71%23b"),
        ("/a/", "/b/../a/"),
        ("/a/", "/a/%2e"),
    ],
)
def test_an_address_cannot_lead_to_itself_in_other_signs(old: str, new: str) -> None:
    with pytest.raises(ValidationError) as refused:
        lead(old, new)

    assert list(refused.value.message_dict) == ["new_path"]
    assert stored() == {}


def test_a_sign_that_is_encoded_twice_is_another_address(client: Client) -> None:
    lead("/%D8%A3/", "/%25D8%25A3/")

    assert client.get("/%D8%A3/").headers["Location"] == "/%25D8%25A3/"
    assert client.get("/%25D8%25A3/").status_code == 404


@pytest.mark.parametrize("typed", ["/100%25/", "/%3100%25"])
def test_chains_are_made_short_through_encoded_signs(typed: str) -> None:
    lead("/a/", typed)
    lead("/100%25/", "/latest/")
    lead("/c/", typed)

    assert stored() == {"/a/": "/latest/", "/100%/": "/latest/", "/c/": "/latest/"}


@pytest.mark.parametrize(("typed", "path"), [("/q%3Fb/", "/q?b/"), ("/100%2525/", "/100%25/")])
def test_an_old_address_is_decoded_once(client: Client, typed: str, path: str) -> None:
    lead(typed, "/latest/")

    assert stored() == {path: "/latest/"}
    assert client.get(typed).headers["Location"] == "/latest/"


@pytest.mark.parametrize(
    "new", ["/%61dmin/%25", "/%61dmin%25/../admin", "/fr/%61dmin/?next=/%3F", "/x/../admin/", "/x/%2e%2e/admin/%23"]
)
def test_nothing_leads_to_the_desk_in_other_signs(new: str) -> None:
    with pytest.raises(ValidationError) as refused:
        lead("/e/", new)

    assert list(refused.value.message_dict) == ["new_path"]
    assert stored() == {}


CIRCLES = [
    [("/a/", "/b/"), ("/en/b/", "/en/a/")],
    [("/en/b/", "/en/a/"), ("/a/", "/b/")],
    [("/x/", "/fr/y/"), ("/y/", "/fr/x/")],
    [("/100%25/", "/b/?x=1"), ("/fr/b/", "/fr/100%25#top")],
    [("/a/", "/b/?x=1"), ("/fr/b/", "/fr/c/?x=1"), ("/c/", "/a/?x=1")],
]


@pytest.mark.parametrize("pairs", CIRCLES)
def test_circles_through_another_language_are_refused(pairs: list[tuple[str, str]]) -> None:
    for old, new in pairs[:-1]:
        lead(old, new)
    before = stored()

    with pytest.raises(ValidationError) as refused:
        lead(*pairs[-1])

    assert list(refused.value.message_dict) == ["new_path"]
    assert stored() == before


@pytest.mark.parametrize("asked", ["/en/a/", "/en/b", "/fr/into/"])
def test_a_circle_that_is_stored_all_the_same_is_a_missing_page(client: Client, asked: str) -> None:
    rows = [("/a/", "/b/"), ("/en/b/", "/en/a/"), ("/fr/into/", "/en/a/")]
    Redirect.objects.bulk_create(Redirect(old_path=old, new_path=new) for old, new in rows)

    assert client.get(asked).status_code == 404
    assert client.get("/a/").headers["Location"] == "/b/"


def test_an_end_in_another_language_is_no_circle(client: Client) -> None:
    lead("/a/", "/b/?x=1")
    lead("/en/b/", "/en/c/")
    lead("/fr/b/", "/a/")

    assert client.get("/en/a/").headers["Location"] == "/en/b/?x=1"
    assert client.get("/fr/b/").headers["Location"] == "/b/?x=1"


def test_readers_of_one_language_are_not_led_on_by_what_holds_for_another(client: Client) -> None:
    lead("/a/", "/en/b/")
    lead("/fr/c/", "/fr/a/")
    lead("/en/b/", "/c/")

    assert client.get("/fr/a/").headers["Location"] == "/en/b/"


def test_a_page_takes_an_address_that_led_to_it_in_one_language(client: Client) -> None:
    page = make_page("صفحة", slug="old")
    lead("/en/page/new/", "/en/page/old/")
    page.slug = "new"
    page.save()

    assert stored() == {"/page/old/": "/page/new/"}
    assert client.get("/page/old/").headers["Location"] == "/page/new/"
