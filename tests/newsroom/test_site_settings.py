"""The newspaper's settings: one row, kept in the admin, shown in the frame of every page."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from articles.choices import Status
from newsroom.choices import Network
from newsroom.models import MenuLink, PageGeneration, SiteSettings, SocialAccount
from tests.admin_forms import errors_beside, form_data, save
from tests.factories import make_article, make_category, make_page, make_picture, make_site
from tests.pages import parse, read, words

pytestmark = pytest.mark.django_db

LIST = "/admin/newsroom/sitesettings/"
BAD_ADDRESSES = [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "data:text/html,x",
    "//evil.example/",
    "/\\evil.example/",
    "vbscript:x",
    "ftp://files.example/",
    "page/about/",
    "https://",
    "mailto:x@example.ma",
]


def generation() -> int:
    row = PageGeneration.objects.filter(key="site").first()
    return row.value if row else 0


def links(client: Client, selector: str, address: str = "/") -> dict[str, str]:
    """What each link under the element with this class or id says, by its address."""
    page = read(client, address)
    holder = next(each for each in page.iter() if selector in ((each.get("class") or "").split() + [each.get("id")]))
    return {each.get("href", ""): words(each) for each in holder.iter("a")}


def test_the_list_leads_to_the_form_for_the_first_row_and_then_to_that_row(login: Any, administrator: User) -> None:
    desk = login(administrator)

    assert desk.get(LIST).headers["Location"] == f"{LIST}add/"
    saved = save(desk, f"{LIST}add/", name_ar="بريد الأطلس")
    row = SiteSettings.objects.get()

    assert saved.status_code == 302
    assert desk.get(LIST).headers["Location"] == f"{LIST}{row.pk}/change/"
    assert desk.get(f"{LIST}add/").status_code == 403


@pytest.mark.parametrize("role", ["journalist", "editor", "moderator"])
def test_nobody_but_administrators_opens_the_settings(login: Any, role: str, request: pytest.FixtureRequest) -> None:
    site = make_site()
    desk = login(request.getfixturevalue(role))

    answers = [desk.get(LIST), desk.get(f"{LIST}{site.pk}/change/"), desk.post(f"{LIST}{site.pk}/change/", {})]

    assert [each.status_code for each in answers] == [403, 403, 403]


def test_the_form_keeps_accounts_links_and_roles(login: Any, administrator: User) -> None:
    site, page = make_site(), make_page("من نحن")
    desk, address = login(administrator), f"{LIST}{site.pk}/change/"
    data = form_data(desk.get(address))
    data |= {"links-TOTAL_FORMS": "1", "links-0-label_ar": "عنا", "links-0-place": "foot", "links-0-page": page.pk}
    data |= {"links-0-address": "", "links-0-position": "1", "accounts-TOTAL_FORMS": "1"}
    data |= {"accounts-0-network": "x", "accounts-0-address": "x.example/atlas", "accounts-0-position": "0"}
    editors = Group.objects.get(name="editor")
    before = generation()

    response = desk.post(address, data | {"two_factor_groups": [editors.pk], "hijri_offset": "-1"})

    site.refresh_from_db()
    assert response.status_code == 302
    assert site.accounts.get().address == "https://x.example/atlas"
    assert (site.links.get().page, site.hijri_offset) == (page, -1)
    assert list(site.two_factor_groups.all()) == [editors]
    assert generation() != before


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_link_of_the_menu_opens_pages_alone(login: Any, administrator: User, address: str) -> None:
    site = make_site()
    desk, form = login(administrator), f"{LIST}{site.pk}/change/"
    data = form_data(desk.get(form)) | {"links-TOTAL_FORMS": "1", "links-0-label_ar": "رابط", "links-0-place": "menu"}

    response = desk.post(form, data | {"links-0-page": "", "links-0-address": address, "links-0-position": "0"})

    assert response.status_code == 200
    assert errors_beside(response, "address")
    assert address.strip() in response.content.decode().replace("&#x27;", "'")
    assert not MenuLink.objects.exists()


@pytest.mark.parametrize("address", ["ftp://files.example/x", "javascript:alert(1)"])
def test_an_account_has_a_web_address(address: str) -> None:
    with pytest.raises(ValidationError) as caught:
        SocialAccount(site=make_site(), network="x", address=address).full_clean()

    assert set(caught.value.message_dict) == {"address"}


def test_a_link_has_one_target() -> None:
    with pytest.raises(ValidationError):
        MenuLink(site=make_site(), label_ar="رابط", page=make_page(), address="/latest/").full_clean()


def test_the_menu_and_the_foot_show_their_links_in_order(client: Client) -> None:
    site, page = make_site(), make_page("من نحن", in_foot=False)
    section = make_category("الحكومة", in_menu=True)
    MenuLink.objects.create(site=site, label_ar="ثان", address="https://other.example/", place="menu", position=2)
    MenuLink.objects.create(site=site, label_ar="أول", page=page, place="menu", position=1)
    MenuLink.objects.create(site=site, label_ar="عنا", page=page, place="foot")

    menu, foot = links(client, "menu"), links(client, "footer")

    assert list(menu)[1:4] == [section.get_absolute_url(), page.get_absolute_url(), "https://other.example/"]
    assert menu[page.get_absolute_url()] == "أول"
    assert foot[page.get_absolute_url()] == "عنا"


def test_a_link_speaks_the_language_of_the_page_and_skips_pages_that_are_not_there(client: Client) -> None:
    site = make_site()
    both, arabic = make_page("من نحن", title_fr="Qui sommes-nous"), make_page("شروط")
    hidden = make_page("مخفية", is_published=False)
    for page in (both, arabic, hidden):
        MenuLink.objects.create(site=site, label_ar="رابط", label_fr="Lien", page=page, place="menu")

    addresses = [f"/fr{page.get_absolute_url()}" for page in (both, arabic, hidden)]

    menu = links(client, "menu", "/fr/")

    assert [address in menu for address in addresses] == [True, False, False]
    assert menu[addresses[0]] == "Lien"


def test_accounts_are_named_links_and_nothing_is_loaded_from_them(client: Client) -> None:
    SocialAccount.objects.create(site=make_site(), network="youtube", address="https://video.example/atlas")

    page = client.get("/").content.decode()

    assert links(client, "footer__accounts") == {"https://video.example/atlas": str(Network.YOUTUBE.label)}
    assert [page.count(f'{name}="https://video.example') for name in ("href", "src")] == [1, 0]


def test_the_logo_stands_for_the_name_until_its_file_is_missing(client: Client) -> None:
    logo = make_picture()
    make_site(name="بريد الأطلس", logo=logo)

    shown = read(client).find(".//header//img")
    Path(logo.file.path).unlink()
    response = client.get("/")

    assert shown is not None
    assert (shown.get("alt"), shown.get("src")) == ("بريد الأطلس", logo.file.url)
    assert response.status_code == 200
    assert parse(response).find(".//header//img") is None
    assert words(parse(response).find(".//a[@class='masthead__name']")) == "بريد الأطلس"


def test_whatever_is_written_in_bulk_renews_every_page() -> None:
    site, page = make_site(), make_page()
    MenuLink.objects.create(site=site, label_ar="رابط", address="/latest/")
    writes = [
        lambda: MenuLink.objects.update(position=3),
        lambda: MenuLink.objects.all().delete(),
        lambda: type(page).objects.filter(pk=page.pk).update(in_foot=False),
        lambda: SocialAccount.objects.bulk_create([SocialAccount(site=site, network="x", address="https://x.example")]),
        lambda: page.delete(),
    ]

    for write in writes:
        before = generation()
        write()
        assert generation() != before


def test_the_form_tells_the_sections_and_leads_to_them(login: Any, administrator: User) -> None:
    site, section = make_site(), make_category("الحكومة", in_menu=True)
    make_article(category=section, status=Status.DRAFT)
    desk = login(administrator)

    page = desk.get(f"{LIST}{site.pk}/change/").content.decode()

    assert "<bdi>الحكومة</bdi>" in page
    assert desk.get(reverse("admin:articles_category_changelist")).status_code == 200
