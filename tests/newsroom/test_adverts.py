"""Adverts of the house: labelled, in their slot and time, the same for everyone, kept by editors and administrators."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone, translation

from newsroom.models import Advert, PageGeneration
from tests.admin_forms import errors_beside, form_data
from tests.factories import make_advert, make_article, make_picture
from tests.newsroom.test_query_counts import queries
from tests.pages import parse, read, words

pytestmark = pytest.mark.django_db

LIST = "/admin/newsroom/advert/"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def adverts(page: Element) -> list[str]:
    """The addresses that adverts of the page lead to."""
    return [link.get("href", "") for link in page.iterfind(".//aside/a[@class='advert__link']")]


def test_an_advert_says_what_it_is_and_leads_where_it_should(client: Client) -> None:
    make_advert("side", address="https://shop.example/", picture=make_picture(alt="كتاب", caption="اقرأ معنا"))

    frame = read(client, "/").find(".//aside[@class='advert advert--side']")

    assert frame is not None
    assert "إشهار" in frame.get("aria-label", "")
    assert words(frame.find("p")) == "إشهار"
    link, image = frame.find("a"), frame.find(".//img")
    assert link is not None
    assert image is not None
    assert (link.get("href"), link.get("rel")) == ("https://shop.example/", "sponsored nofollow noopener")
    assert (image.get("alt"), image.get("width"), image.get("height")) == ("كتاب", "64", "48")
    assert image.get("src", "").startswith("/media/")
    assert words(frame.find(".//span[@class='advert__words']")) == "اقرأ معنا"


def test_each_slot_has_its_page(client: Client) -> None:
    article = make_article()
    for slot in ("top", "side", "list", "below"):
        make_advert(slot, address=f"/page/{slot}/")

    assert adverts(read(client, "/")) == ["/page/top/", "/page/side/"]
    assert adverts(read(client, "/latest/")) == ["/page/list/"]
    assert adverts(read(client, article.get_absolute_url())) == ["/page/below/"]


@pytest.mark.parametrize("address", ["/nowhere/", "/search/", "/imprint/", "/corrections/", "/comments/my-data/"])
def test_other_pages_have_none(client: Client, address: str) -> None:
    for slot in ("top", "side", "list", "below"):
        make_advert(slot)

    assert adverts(parse(client.get(address))) == []


def test_a_preview_has_none(login: Any, editor: User) -> None:
    make_advert("below")
    article = make_article(status="draft")

    page = login(editor).get(f"/admin/articles/article/{article.pk}/preview/")

    assert adverts(parse(page)) == []


def test_an_advert_stands_from_its_beginning_until_its_end() -> None:
    advert = make_advert(starts_at=NOW, ends_at=NOW + HOUR)
    seen = {ago: list(Advert.objects.shown(NOW + ago)) for ago in (-HOUR, 0 * HOUR, HOUR / 2, HOUR)}

    assert seen == {-HOUR: [], 0 * HOUR: [advert], HOUR / 2: [advert], HOUR: []}


def test_one_that_is_off_is_not_shown(client: Client) -> None:
    make_advert("side", is_active=False)

    assert adverts(read(client, "/")) == []


def test_of_several_in_a_slot_the_first_by_position_stands(client: Client) -> None:
    make_advert("side", address="/page/second/", position=2)
    make_advert("side", address="/page/first/", position=1)
    make_advert("side", address="/page/over/", position=0, ends_at=timezone.now() - HOUR / 2)

    assert {tuple(adverts(read(client, "/"))) for _ in range(5)} == {("/page/first/",)}


def test_an_advert_in_one_language_stands_on_its_pages_alone(client: Client) -> None:
    make_advert("side", language="fr", address="/fr/latest/")
    make_advert("top", language="", address="/page/all/")

    assert adverts(read(client, "/")) == ["/page/all/"]
    assert adverts(read(client, "/fr/")) == ["/page/all/", "/fr/latest/"]


def test_where_the_picture_says_nothing_in_a_language_the_link_says_it_in_another(client: Client) -> None:
    make_advert("side", picture=make_picture(alt_ar="كتاب"))

    link = read(client, "/fr/").find(".//a[@class='advert__link']")

    assert link is not None
    assert (link.get("aria-label"), link.get("lang")) == ("كتاب", "ar")


def test_the_next_change_is_when_one_begins_or_ends_by_itself() -> None:
    assert Advert.objects.next_change(NOW) is None
    make_advert(starts_at=NOW - HOUR, ends_at=NOW + 3 * HOUR)
    make_advert(starts_at=NOW + 2 * HOUR)
    make_advert(starts_at=NOW + HOUR, is_active=False)

    assert Advert.objects.next_change(NOW) == NOW + 2 * HOUR
    assert Advert.objects.next_change(NOW + 2 * HOUR) == NOW + 3 * HOUR
    assert Advert.objects.next_change(NOW + 3 * HOUR) is None


@pytest.mark.parametrize("address", ["/", "/latest/"])
def test_all_slots_cost_one_query(client: Client, address: str) -> None:
    for _ in range(8):
        make_article()
    bare = queries(client, address)
    for slot in ("top", "side", "list", "below") * 3:
        make_advert(slot)

    assert queries(client, address) == bare


def test_the_pages_hear_of_every_change() -> None:
    advert = make_advert()
    seen = set()
    for change in (advert.save, lambda: Advert.objects.update(position=3), advert.delete):
        change()
        seen.add(PageGeneration.objects.get(key="site").value)

    assert len(seen) == 3


@pytest.mark.parametrize("values", [{"ends_at": NOW - HOUR}, {"ends_at": NOW}, {"address": "javascript:alert(1)"}])
def test_the_database_refuses_what_cannot_be(values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_advert(**{"starts_at": NOW, **values})


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//evil.example/", "latest/", "/\\evil.example", "https://", "data:text/html,x"]
)
def test_an_address_that_no_page_has_is_refused_beside_its_field(login: Any, editor: User, address: str) -> None:
    response = post(login(editor), address=address)

    assert errors_beside(response, "address")
    assert not Advert.objects.exists()


def test_a_picture_needs_words_in_the_language_of_the_advert(login: Any, editor: User) -> None:
    picture = make_picture(alt_ar="كتاب").pk

    assert errors_beside(post(login(editor), picture=picture, language="fr"), "picture")
    assert post(login(editor), picture=picture, language="ar").status_code == 302
    assert errors_beside(post(login(editor), picture=make_picture(alt="").pk), "picture")


def test_an_end_before_the_start_is_refused(login: Any, editor: User) -> None:
    response = post(login(editor), ends_at_0="2020-01-01", ends_at_1="10:00")

    assert response.status_code == 200
    assert not Advert.objects.exists()


@pytest.mark.parametrize(("role", "may"), [("editor", True), ("administrator", True), ("journalist", False)])
def test_editors_and_administrators_keep_the_adverts(
    login: Any, role: str, may: bool, request: pytest.FixtureRequest
) -> None:
    standing = make_advert()
    desk = login(request.getfixturevalue(role))

    statuses = [desk.get(address).status_code for address in (LIST, f"{LIST}add/", f"{LIST}{standing.pk}/change/")]
    assert statuses == ([200] * 3 if may else [403] * 3)
    if may:
        assert post(desk).status_code == 302
    assert Advert.objects.count() == 1 + may


def test_moderators_keep_none(login: Any, moderator: User) -> None:
    assert login(moderator).get(LIST).status_code == 403


def test_the_form_shows_the_advert_as_readers_see_it(login: Any, editor: User) -> None:
    advert = make_advert("side", address="/page/x/")

    assert adverts(read(login(editor), f"{LIST}{advert.pk}/change/")) == ["/page/x/"]


def test_the_list_tells_what_readers_see(login: Any, editor: User) -> None:
    now = timezone.now()
    make_advert()
    make_advert(is_active=False)
    make_advert(starts_at=now + HOUR)
    make_advert(ends_at=now - HOUR / 2)

    with translation.override("ar"):
        expected = {str(advert.state.label) for advert in Advert.objects.all()}
    cells = read(login(editor), LIST).iterfind(".//td[@class='field-state_now']")

    assert {words(cell) for cell in cells} == expected
    assert len({advert.state for advert in Advert.objects.all()}) == 4


def test_a_picture_that_an_advert_shows_is_not_deleted() -> None:
    advert = make_advert()

    with pytest.raises(ProtectedError):
        advert.picture.delete()


def test_full_clean_takes_what_the_form_takes() -> None:
    advert = make_advert(address="/latest/")
    advert.full_clean()
    advert.address = "ftp://x.example/"

    with pytest.raises(ValidationError):
        advert.full_clean()


def post(desk: Client, **values: Any) -> Any:
    fields = {"name": "اشتراك", "address": "/latest/", "slot": "side", "language": "", "position": "0", **values}
    fields.setdefault("picture", make_picture(alt="كتاب").pk)
    return desk.post(f"{LIST}add/", form_data(desk.get(f"{LIST}add/")) | fields)
