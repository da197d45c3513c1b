"""Who may open the board and press its buttons."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.choices import Block
from articles.models import FrontPageBlock, FrontPageChange, FrontPageSlot
from tests.admin_forms import columns
from tests.board import ACT, BOARD
from tests.factories import make_article, make_slot, make_user

pytestmark = pytest.mark.django_db

READ = [
    BOARD,
    f"{BOARD}found/?q=x",
    f"{BOARD}preview/?at_0=2026-11-24&at_1=10:00",
    f"{BOARD}block/",
    f"{BOARD}block/top/",
]
OTHERS = ["journalist", "moderator", "administrator", ""]


def forged() -> list[tuple[str, dict[str, Any]]]:
    slot = make_slot(make_article(is_hot=False), block=Block.TOP)
    make_slot(make_article(), block=Block.TOP, position=1)
    change = FrontPageChange.objects.create(what="x", before=[], after=[])
    this = {"slot": slot.pk, "article": slot.article_id, "block": "top", "position": 1, "change": change.pk}
    acts = ["place", "fix", "move", "up", "down", "pin", "unpin", "times", "remove", "heat", "cool", "block_up", "hide"]
    posts = [(ACT, {**this, "do": do, "times-1-starts_at_0": "2026-11-24"}) for do in (*acts, "undo")]
    settings = {"size": 9, "filling": "newest", "name_ar": "سطو"}
    return [
        *posts,
        (f"{BOARD}block/", settings),
        (f"{BOARD}block/top/", settings),
        (f"{BOARD}block/top/", {"delete": "1"}),
    ]


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("address", READ)
def test_the_board_is_closed_to_others(login: Any, role: str, address: str) -> None:
    assert login(make_user(role)).get(address).status_code == 403


@pytest.mark.parametrize("address", READ)
def test_the_board_is_open_to_editors(login: Any, editor: User, address: str) -> None:
    response = login(editor).get(address)

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("address", READ)
def test_a_stranger_is_sent_to_the_login(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("role", OTHERS)
def test_forged_acts_of_others_change_nothing(login: Any, role: str) -> None:
    posts, desk = forged(), login(make_user(role))
    before = [columns(slot) for slot in FrontPageSlot.objects.order_by("pk")]

    codes = {desk.post(address, sent).status_code for address, sent in posts}

    assert codes == {403}
    assert [columns(slot) for slot in FrontPageSlot.objects.order_by("pk")] == before
    assert FrontPageChange.objects.count() == 1
    assert not FrontPageBlock.objects.exists()


def test_a_stranger_changes_nothing(client: Client) -> None:
    codes = {client.post(address, sent).status_code for address, sent in forged()}

    assert codes == {302}
    assert FrontPageChange.objects.count() == 1


def test_what_is_absent_and_what_is_forbidden_look_the_same(login: Any, journalist: User) -> None:
    slot, desk = make_slot(make_article()), login(journalist)

    answers = [desk.post(ACT, {"do": "pin", "slot": key}) for key in (slot.pk, slot.pk + 999)]

    assert answers[0].content == answers[1].content
    assert {answer.status_code for answer in answers} == {403}


def test_acts_of_foreign_pages_are_refused(editor: User) -> None:
    desk, slot = Client(enforce_csrf_checks=True), make_slot(make_article())
    desk.force_login(editor)

    assert desk.post(ACT, {"do": "remove", "slot": slot.pk}).status_code == 403
    assert FrontPageSlot.objects.filter(pk=slot.pk).exists()


@pytest.mark.parametrize("role", OTHERS)
def test_the_index_offers_the_board_to_those_who_may_open_it(login: Any, role: str) -> None:
    assert f'href="{BOARD}"' not in login(make_user(role)).get("/admin/").content.decode()


def test_an_editor_who_lost_the_right_is_out_at_once(login: Any, editor: User) -> None:
    desk = login(editor)
    assert desk.get(BOARD).status_code == 200

    editor.groups.clear()

    assert desk.get(BOARD).status_code == 403


def test_the_preview_shows_no_draft(login: Any, editor: User) -> None:
    make_article("خبر في طور الكتابة", status="draft", published_at=timezone.now())

    page = login(editor).get(READ[2]).content.decode()

    assert "خبر في طور الكتابة" not in page
