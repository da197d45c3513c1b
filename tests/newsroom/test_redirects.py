"""Redirects: made in the admin, served where a page would be missing, never in a circle."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client

from newsroom.models import BrokenLink, Redirect
from tests.admin_forms import errors_beside, save
from tests.factories import make_page
from tests.pages import parse

pytestmark = pytest.mark.django_db

LIST = "/admin/newsroom/redirect/"
ENCODED = "/%D9%82%D8%AF%D9%8A%D9%85%D8%A9/"  # /قديمة/


def lead(old: str, new: str = "/latest/") -> Redirect:
    return Redirect.objects.lead(old, new, by=None)


def stored() -> dict[str, str]:
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def test_an_old_address_leads_on_for_good_and_caches_may_keep_it(client: Client) -> None:
    lead("/2019/old.html", "/latest/?before=1#top")

    for answer in (client.get("/2019/old.html?utm=1"), client.head("/2019/old.html")):
        assert (answer.status_code, answer.headers["Location"]) == (301, "/latest/?before=1#top")
        assert answer.headers["Cache-Control"].startswith("public")
        assert not answer.cookies


def test_a_post_is_led_nowhere(client: Client) -> None:
    lead("/old/")

    assert client.post("/old/").status_code == 404


def test_an_empty_target_says_that_the_page_is_gone(client: Client) -> None:
    lead("/old/", "")

    response = client.get("/old/")

    assert response.status_code == 410
    assert parse(response).find(".//main//h1") is not None


def test_a_page_that_is_there_goes_before_a_redirect(client: Client) -> None:
    make_page("من نحن", slug="about")
    lead("/page/about/")

    assert client.get("/page/about/").status_code == 200


@pytest.mark.parametrize("asked", ["/قديمة/", ENCODED, "/قديمة", f"{ENCODED}?x=1"])
@pytest.mark.parametrize("typed", ["/قديمة/", ENCODED, f"{ENCODED}?p=3", f"http://localhost:8000{ENCODED}"])
def test_arabic_addresses_are_one_however_they_are_written(client: Client, typed: str, asked: str) -> None:
    lead(typed, "/category/الحكومة/")

    assert list(stored()) == ["/قديمة/"]
    assert client.get(asked).headers["Location"] == "/category/%D8%A7%D9%84%D8%AD%D9%83%D9%88%D9%85%D8%A9/"


@pytest.mark.parametrize(
    ("old", "new", "asked", "location"),
    [
        ("/old/", "/latest/", "/fr/old/", "/fr/latest/"),
        ("/old/", "/en/latest/", "/fr/old/", "/en/latest/"),
        ("/fr/vieux/", "/fr/latest/", "/fr/vieux/", "/fr/latest/"),
        ("/fr/vieux/", "/latest/", "/fr/vieux/", "/latest/"),
    ],
)
def test_each_language_is_led_in_its_own(client: Client, old: str, new: str, asked: str, location: str) -> None:
    lead(old, new)

    assert client.get(asked).headers["Location"] == location


def test_a_redirect_for_one_language_is_none_for_another(client: Client) -> None:
    lead("/fr/vieux/")

    assert client.get("/vieux/").status_code == 404


@pytest.mark.parametrize(
    "old",
    [
        "",
        "old/",
        "//evil.example/",
        "/%2Fevil.example/",
        "/\\evil/",
        "https://evil.example/",
        "/a\x07/",
        "/" + "x" * 501,
    ]
    + ["/admin/x/", "/fr/admin/", "/static/x.css", "/media/x.jpg", "/admin"],
)
def test_what_is_no_old_address_of_ours_is_refused_beside_its_field(login: Any, editor: User, old: str) -> None:
    response = save(login(editor), f"{LIST}add/", old_path=old, new_path="/latest/")

    assert response.status_code == 200
    assert errors_beside(response, "old_path")
    assert stored() == {}


@pytest.mark.parametrize(
    "new",
    ["latest/", "//evil.example/", "/%2Fevil.example/", "/%5Cevil/", "https://evil.example/", "javascript:alert(1)"]
    + ["/old/", "/old", "/old/?x=1", "/admin/", "/x?\ty"],
)
def test_what_is_no_new_address_is_refused_beside_its_field(login: Any, editor: User, new: str) -> None:
    response = save(login(editor), f"{LIST}add/", old_path="/old/", new_path=new)

    assert response.status_code == 200
    assert errors_beside(response, "new_path")
    assert stored() == {}


def test_chains_are_made_short(client: Client) -> None:
    lead("/b/", "/c/")
    lead("/a/", "/b/")
    lead("/c/", "/latest/")

    assert stored() == {"/a/": "/latest/", "/b/": "/latest/", "/c/": "/latest/"}


@pytest.mark.parametrize("last", ["/a/", "/a", "/b/?x=1"])
def test_circles_are_refused(last: str) -> None:
    lead("/a/", "/b/")

    with pytest.raises(ValidationError):
        lead("/b/", last)
    assert stored() == {"/a/": "/b/"}


def test_what_leads_back_to_itself_by_its_language_is_a_missing_page(client: Client) -> None:
    lead("/a/", "/fr/a/")

    assert client.get("/fr/a/").status_code == 404
    assert client.get("/a/").headers["Location"] == "/fr/a/"


def test_a_target_that_is_gone_is_refused() -> None:
    lead("/b/", "")

    with pytest.raises(ValidationError):
        lead("/a/", "/b/")


def test_a_redirect_answers_the_broken_link(login: Any, editor: User) -> None:
    BrokenLink.objects.create(path="/قديمة")

    save(login(editor), f"{LIST}add/", old_path=ENCODED, new_path="/latest/")

    assert Redirect.objects.get().by == editor
    assert not BrokenLink.objects.exists()


def test_pasted_lines_become_redirects(login: Any, editor: User) -> None:
    lines = f"/a/ /latest/\r\n\r\n{ENCODED}\t/hot/\n/gone/ 410\n/a/ /hot/"

    response = login(editor).post(f"{LIST}import/", {"lines": lines})

    assert response.status_code == 302
    assert stored() == {"/a/": "/hot/", "/قديمة/": "/hot/", "/gone/": ""}


def test_one_bad_line_stores_none_and_is_named(login: Any, editor: User) -> None:
    lines = "/a/ /latest/\n/b/\n/c/ https://evil.example/\n/admin/ /d/"

    response = login(editor).post(f"{LIST}import/", {"lines": lines})

    page = response.content.decode()
    errors = errors_beside(response, "lines")
    assert stored() == {}
    assert len(errors) == 3
    assert [str(number) in error for number, error in zip((2, 3, 4), errors, strict=True)] == [True] * 3
    assert "/c/ https://evil.example/" in page


@pytest.mark.parametrize("role", ["journalist", "moderator"])
def test_others_make_no_redirects(login: Any, role: str, request: pytest.FixtureRequest) -> None:
    desk = login(request.getfixturevalue(role))

    answers = [desk.get(LIST), desk.get(f"{LIST}import/"), desk.post(f"{LIST}import/", {"lines": "/a/ /b/"})]

    assert [each.status_code for each in answers] == [403, 403, 403]
    assert stored() == {}


@pytest.mark.parametrize("path", ["/%00/", "/%FF%FE/", "/" + "x" * 3000 + "/", "/a%0Ab/", "/%5C/"])
def test_a_hostile_address_is_a_missing_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_database_that_fails_leaves_the_missing_page_as_it_is(client: Client, monkeypatch: Any) -> None:
    def fail(*args: Any) -> None:
        raise DatabaseError("locked")

    monkeypatch.setattr("newsroom.models.addresses.RedirectManager.target_for", fail)

    assert client.get("/old/").status_code == 404


def test_a_page_that_is_there_costs_no_query_more(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/robots.txt").status_code == 200
