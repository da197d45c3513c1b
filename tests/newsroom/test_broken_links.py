"""Addresses that lead nowhere: noted without a write to the database, counted in a short table."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from newsroom import lost, spool
from newsroom.models import BrokenLink, Redirect
from newsroom.models.addresses import FORGOTTEN, MOST_BROKEN, SPARED, Sighting
from tests.admin_forms import act
from tests.factories import make_article, make_page
from tests.pages import read

pytestmark = pytest.mark.django_db

LIST = "/admin/newsroom/brokenlink/"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(VAR_ROOT=str(tmp_path)):
        yield tmp_path


def taken() -> dict[str, int]:
    """Read what was noted, whenever that was done last."""
    mark = lost.SPOOL.taken
    if mark.exists():
        os.utime(mark, (time.time() - spool.PAUSE - 1,) * 2)
    lost.take()
    return dict(BrokenLink.objects.values_list("path", "count"))


def test_a_missing_page_is_counted_by_tick_and_not_by_the_request(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):  # the frame, and whether a redirect leads on
        client.get("/لا-شيء/?secret=1")
    client.get("/لا-شيء/")
    client.get("/fr/rien/")

    assert not BrokenLink.objects.exists()
    assert taken() == {"/لا-شيء/": 2, "/fr/rien/": 1}


def test_counts_add_up_and_are_written_once_a_minute(client: Client, folder: Path) -> None:
    client.get("/nowhere/")
    assert lost.take() == 1
    client.get("/nowhere/")

    assert lost.take() == 0
    assert taken() == {"/nowhere/": 2}


@pytest.mark.parametrize(
    "path",
    [
        "/wp-login.php",
        "/old/index.php",
        "/.env",
        "/.git/config",
        "/admin/nowhere/",
        "/fr/admin/nowhere/",
        "/static/x.css",
    ]
    + ["/media/x.jpg", "/cgi-bin/x", "/xmlrpc.php", "/said@example.ma/", "/comments/received/forged/", "/a%0Ab/"]
    + ["/" + "x" * 501, "/wp-content/x", "/fr/comments/confirm/forged/"],
)
def test_robots_noise_and_what_may_be_personal_is_not_noted(client: Client, path: str) -> None:
    assert client.get(path).status_code in (302, 404)

    assert taken() == {}


def test_posts_and_redirected_addresses_are_not_noted(client: Client) -> None:
    client.post("/nowhere/")
    client.get("/latest")

    assert taken() == {}


@pytest.mark.parametrize(
    ("referrer", "source"),
    [
        ("http://testserver/fr/latest/?q=secret#x", "/fr/latest/"),
        ("http://testserver/category/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/", "/category/أخبار/"),
        ("https://other.example/private/", ""),
        ("http://testserver/comments/received/token/", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_of_where_a_reader_came_from_only_our_own_page_is_kept(client: Client, referrer: str, source: str) -> None:
    client.get("/nowhere/", headers={"Referer": referrer})

    taken()
    assert BrokenLink.objects.get().source == source


def test_ten_thousand_addresses_leave_a_short_table_and_a_short_file(client: Client, folder: Path, rf: Any) -> None:
    BrokenLink.objects.note({"/wanted/": Sighting(5)})
    for number in range(10_000):
        lost.note(rf.get(f"/made-up-{number}/"))

    assert lost.SPOOL.path.stat().st_size <= lost.SPOOL.most_bytes
    counts = taken()
    assert len(counts) == MOST_BROKEN
    assert counts["/wanted/"] == 5


def test_the_least_asked_for_makes_room_and_the_old_are_forgotten() -> None:
    now = timezone.now()
    BrokenLink.objects.bulk_create(
        BrokenLink(path=f"/{number}/", count=2, last_at=now) for number in range(MOST_BROKEN - 1)
    )
    yesterday = now - timedelta(days=1)
    BrokenLink.objects.create(path="/once/", count=1, first_at=yesterday, last_at=yesterday)
    BrokenLink.objects.note({"/new/": Sighting(3)}, at=now)
    assert not BrokenLink.objects.filter(path="/once/").exists()

    BrokenLink.objects.note({"/later/": Sighting(1)}, at=now + FORGOTTEN + timedelta(seconds=1))
    assert list(BrokenLink.objects.values_list("path", flat=True)) == ["/later/"]


def test_a_new_address_gets_in_whatever_fills_the_list() -> None:
    now, junk = timezone.now(), {f"/junk/{number}/": Sighting(2) for number in range(MOST_BROKEN)}
    BrokenLink.objects.note(junk, at=now - timedelta(minutes=2))
    BrokenLink.objects.note(junk | {"/real/": Sighting(1)}, at=now - timedelta(minutes=1))
    BrokenLink.objects.note({**junk, "/real/": Sighting(1)}, at=now)

    assert BrokenLink.objects.get(path="/real/").count == 2
    assert BrokenLink.objects.count() == MOST_BROKEN


def test_a_flood_of_new_addresses_leaves_those_asked_for_often() -> None:
    now = timezone.now()
    BrokenLink.objects.note({f"/wanted/{number}/": Sighting(2) for number in range(MOST_BROKEN)}, at=now)
    flood = {f"/made-up/{number}/": Sighting(1) for number in range(3 * MOST_BROKEN)}
    BrokenLink.objects.note(flood, at=now + timedelta(minutes=1))

    assert BrokenLink.objects.filter(path__startswith="/made-up/").count() == SPARED
    assert BrokenLink.objects.count() == MOST_BROKEN


@pytest.mark.parametrize("fault", [PermissionError, FileNotFoundError, OSError])
def test_a_disk_that_takes_nothing_leaves_the_missing_page_as_it_is(
    client: Client, monkeypatch: pytest.MonkeyPatch, fault: type[OSError]
) -> None:
    def fail(*args: Any) -> None:
        raise fault("no space left")

    monkeypatch.setattr("newsroom.spool.os.open", fail)

    assert client.get("/nowhere/").status_code == 404


def test_a_damaged_file_is_read_as_far_as_it_goes(client: Client, folder: Path) -> None:
    lost.SPOOL.path.write_bytes(b'\x00\xff\n["/admin/x/", ""]\n[1, 2]\n["/a/"]\n["/good/", ""]\n["/cut')

    assert taken() == {"/good/": 1}


def test_the_list_offers_a_redirect_and_lets_dismiss(login: Any, editor: User) -> None:
    wanted, other = (BrokenLink.objects.create(path=path) for path in ("/قديمة/", "/لا-شيء/"))
    desk = login(editor)

    links = [each.get("href", "") for each in read(desk, LIST).iter("a")]
    form = read(desk, next(each for each in links if "redirect/add" in each and "%D9%82" in each))
    field = form.find(".//input[@name='old_path']")
    act(desk, LIST, "dismiss", other)

    assert field is not None
    assert field.get("value") == "/قديمة/"
    assert BrokenLink.objects.get() == wanted


@pytest.mark.parametrize("role", ["journalist", "moderator"])
def test_others_do_not_see_the_list(login: Any, role: str, request: pytest.FixtureRequest) -> None:
    link = BrokenLink.objects.create(path="/nowhere/")
    desk = login(request.getfixturevalue(role))

    assert [desk.get(LIST).status_code, act(desk, LIST, "dismiss", link).status_code] == [403, 403]
    assert BrokenLink.objects.exists()


def test_links_inside_articles_are_followed() -> None:
    target = make_article("هدف")
    page, draft = make_page("من نحن", slug="about"), make_article("مسودة", status="draft")
    good = [target.get_absolute_url(), f"/news/{target.pk}/wrong-slug/", page.get_absolute_url(), "/latest", "/feed/"]
    good += [
        "https://other.example/x/",
        "http://localhost:8000/hot/",
        "mailto:x@example.ma",
        "#top",
        "/admin/x/",
        "?q=1",
    ]
    bad = ["/page/no-such/", f"/news/{draft.pk}/", "/nowhere/?x=1", "http://localhost:8000/category/لا-شيء/"]
    body = "".join(f'<p><a href="{address}">رابط</a></p>' for address in good + bad)
    article, out = make_article("مقال", body=body), StringIO()
    make_article("مسودة أخرى", status="draft", body='<p><a href="/only-in-a-draft/">رابط</a></p>')

    call_command("check_links", stdout=out)

    rows = BrokenLink.objects.order_by("path")
    assert [row.path for row in rows] == sorted(
        ["/page/no-such/", f"/news/{draft.pk}/", "/nowhere/", "/category/لا-شيء/"]
    )
    assert {row.source for row in rows} == {f"/news/{article.pk}/مقال/"}
    assert "4 broken links" in out.getvalue()


def test_a_link_that_a_redirect_mends_is_not_broken() -> None:
    make_article(body='<p><a href="/old/">رابط</a></p>')
    Redirect.objects.lead("/old/", "/latest/", by=None)

    call_command("check_links", stdout=StringIO())

    assert not BrokenLink.objects.exists()
