"""Static pages: written in the admin, read at their address, led to from the foot of every page."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from newsroom.choices import PageKind
from newsroom.models import Page, PageGeneration, Redirect
from tests.admin_forms import errors_beside, form_data, inline_scripts, nonce, save
from tests.factories import make_page, make_site
from tests.pages import parse, read, words

pytestmark = pytest.mark.django_db

LIST = "/admin/newsroom/page/"


def alternates(client: Client, address: str) -> list[str]:
    return [each.get("hreflang", "") for each in read(client, address).iter("link") if each.get("hreflang")]


def test_a_page_is_public_and_the_same_for_everyone(client: Client, login: Any, editor: User) -> None:
    page = make_page("من نحن", body_ar="<p>جريدة مغربية</p>")

    response = client.get(page.get_absolute_url())
    as_editor = login(editor).get(page.get_absolute_url())

    document = parse(response)
    assert response.status_code == 200
    assert response.headers["Cache-Control"].startswith("public")
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert words(document.find(".//main//h1")) == "من نحن"
    assert "جريدة مغربية" in words(document.find(".//main"))
    assert response.content == as_editor.content


def test_a_page_exists_in_the_languages_of_its_title(client: Client) -> None:
    page = make_page("من نحن", slug="about", title_fr="Qui sommes-nous", body_fr="<p>Un journal</p>")

    assert alternates(client, page.get_absolute_url()) == ["ar", "fr", "x-default"]
    assert words(read(client, "/fr/page/about/").find(".//main//h1")) == "Qui sommes-nous"
    assert client.get("/en/page/about/").status_code == 404


@pytest.mark.parametrize("address", ["/page/about/", "/page/no-such-page/"])
def test_a_page_that_is_not_published_is_not_there(client: Client, address: str) -> None:
    make_page("من نحن", slug="about", is_published=False)

    assert client.get(address).status_code == 404


def test_the_imprint_has_an_address_of_its_own(client: Client) -> None:
    page = make_page("بيانات النشر", slug="imprint", kind=PageKind.IMPRINT, body_ar="<p>مدير النشر</p>")

    document = read(client, "/imprint/")

    assert page.get_absolute_url() == "/imprint/"
    assert "مدير النشر" in words(document.find(".//main"))
    canonical = [
        each.get("href") for each in read(client, "/page/imprint/").iter("link") if each.get("rel") == "canonical"
    ]
    assert canonical == ["http://testserver/imprint/"]


@pytest.mark.parametrize("prefix", ["", "/fr", "/en"])
def test_the_imprint_is_never_missing(client: Client, prefix: str) -> None:
    make_site(imprint="شركة النشر، الرباط")
    make_page("بيانات", kind=PageKind.IMPRINT, is_published=False)

    assert "شركة النشر، الرباط" in words(read(client, f"{prefix}/imprint/").find(".//main"))


def test_the_foot_leads_to_pages_in_their_order(client: Client) -> None:
    second, first = make_page("ثانية", position=2), make_page("أولى", position=1)
    make_page("ليست هنا", in_foot=False)
    make_page("مسودة", is_published=False)

    foot = read(client).find(".//footer")

    assert foot is not None
    pages = [(each.get("href"), words(each)) for each in foot.iter("a") if "/page/" in each.get("href", "")]
    assert pages == [(first.get_absolute_url(), "أولى"), (second.get_absolute_url(), "ثانية")]


def test_an_editor_writes_a_page(login: Any, editor: User) -> None:
    desk = login(editor)

    response = save(desk, f"{LIST}add/", title_ar="من نحن", body_ar="<p>نص<script>alert(1)</script></p>")

    page = Page.objects.get()
    assert response.status_code == 302
    assert (page.slug, page.body_ar, page.modified_by) == ("من-نحن", "<p>نص</p>", editor)


def test_the_form_lets_only_the_editors_own_script_run(login: Any, editor: User) -> None:
    response = login(editor).get(f"{LIST}add/")

    assert inline_scripts(response)
    assert all(script.get("nonce") == nonce(response) for script in inline_scripts(response))
    fields = {each.get("name"): (each.get("lang"), each.get("dir")) for each in parse(response).iter("textarea")}
    assert fields["body_ar"] == ("ar", "rtl")
    assert fields["body_fr"] == ("fr", "ltr")


def test_a_slug_that_another_page_has_is_refused_beside_its_field(login: Any, editor: User) -> None:
    make_page("من نحن")

    response = save(login(editor), f"{LIST}add/", title_ar="من نحن")

    assert response.status_code == 200
    assert errors_beside(response, "slug")
    assert Page.objects.count() == 1


def test_a_second_page_of_one_kind_is_refused(login: Any, editor: User) -> None:
    make_page("اتصل بنا", kind=PageKind.CONTACT)

    response = save(login(editor), f"{LIST}add/", title_ar="صفحة أخرى", kind=PageKind.CONTACT)

    assert response.status_code == 200
    assert Page.objects.count() == 1


@pytest.mark.parametrize("role", ["journalist", "moderator"])
def test_others_do_not_write_pages(login: Any, role: str, request: pytest.FixtureRequest) -> None:
    page = make_page("من نحن")
    desk = login(request.getfixturevalue(role))

    answers = [desk.get(LIST), desk.post(f"{LIST}{page.pk}/change/", {"title_ar": "مخترق"})]

    assert [each.status_code for each in answers] == [403, 403]
    page.refresh_from_db()
    assert page.title_ar == "من نحن"


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_a_former_slug_of_a_published_page_leads_to_it(client: Client, prefix: str) -> None:
    page = make_page("من نحن", slug="من-نحن", title_fr="Qui")
    page.slug = "about"
    page.save()

    response = client.get(f"{prefix}/page/من-نحن/")

    assert (response.status_code, response.headers["Location"]) == (301, f"{prefix}/page/about/")


def test_a_slug_given_back_is_no_loop(client: Client) -> None:
    page = make_page("صفحة", slug="one")
    for slug in ("two", "one"):
        page.slug = slug
        page.save()

    assert client.get("/page/one/").status_code == 200
    assert client.get("/page/two/").headers["Location"] == "/page/one/"
    assert Redirect.objects.count() == 1


def test_a_slug_that_nobody_saw_leaves_no_redirect() -> None:
    page = make_page("صفحة", slug="draft", is_published=False)
    page.slug = "final"
    page.save()

    assert not Redirect.objects.exists()


def test_a_redirect_gives_way_to_a_page_only_when_readers_see_it(client: Client) -> None:
    Redirect.objects.lead("/page/camp/", "/latest/", by=None)
    page = make_page("صفحة", slug="camp", is_published=False)
    assert client.get("/page/camp/").headers["Location"] == "/latest/"

    page.is_published = True
    page.save()
    assert client.get("/page/camp/").status_code == 200
    assert not Redirect.objects.exists()


def test_a_page_withdrawn_under_its_slug_of_before_is_no_loop(client: Client) -> None:
    page = make_page("صفحة", slug="one")
    page.slug = "two"
    page.save()
    page.slug, page.is_published = "one", False
    page.save()

    assert client.get("/page/two/").headers["Location"] == "/page/one/"
    assert client.get("/page/one/").status_code == 404


def test_a_change_of_a_page_renews_every_page(login: Any, editor: User) -> None:
    page = make_page("من نحن")
    before = PageGeneration.objects.get(key="site").value
    desk, address = login(editor), f"{LIST}{page.pk}/change/"

    desk.post(address, form_data(desk.get(address)) | {"title_ar": "عنا"})

    assert PageGeneration.objects.get(key="site").value != before
