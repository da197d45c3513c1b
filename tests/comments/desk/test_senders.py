"""The sender's drawer: what one address sent, bans, “always hold”, notes, and neighbours."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.choices import Status
from comments.models import Ban, Comment, Sender
from tests.factories import make_article, make_comment
from tests.pages import parse

pytestmark = pytest.mark.django_db

ADDRESS = "said@example.ma"
NETWORK = "41.140.0.0/16"


@pytest.fixture
def desk(login: Any, moderator: User) -> Client:
    return login(moderator)


def page_of(comment: Comment) -> str:
    return reverse("desk_sender", args=[comment.pk])


def shown(desk: Client, address: str) -> list[int]:
    """The comments on the page, in their order."""
    return [int(each.get("data-comment", "")) for each in parse(desk.get(address)).iter() if each.get("data-comment")]


def sender_of(comment: Comment) -> Sender:
    return Sender.objects.get(email_digest=comment.email_digest)


def ban(desk: Client, comment: Comment, **values: Any) -> Any:
    data = {"whom": "sender", "scope": "site", "days": "7", "note": "", **values}
    return desk.post(reverse("desk_ban", args=[comment.pk]), data)


def test_all_comments_of_the_address_are_there_and_nobody_elses(desk: Client) -> None:
    mine = [make_comment(status=status, email=ADDRESS) for status in Status]
    make_comment(email="other@example.ma")

    assert shown(desk, page_of(mine[0])) == [comment.pk for comment in reversed(mine)]


@pytest.mark.parametrize("status", Status)
def test_the_tabs_show_one_state_with_its_count(desk: Client, status: Status) -> None:
    mine = {each: make_comment(status=each, email=ADDRESS) for each in Status}

    assert shown(desk, f"{page_of(mine[status])}?status={status}") == [mine[status].pk]


def test_older_comments_are_a_page_further(desk: Client) -> None:
    mine = [make_comment(email=ADDRESS) for _ in range(25)]
    first = desk.get(page_of(mine[0])).content.decode()
    cursor = first.partition("?before=")[2].partition('"')[0]

    found = shown(desk, page_of(mine[0])) + shown(desk, f"{page_of(mine[0])}?before={cursor}")

    assert found == [comment.pk for comment in reversed(mine)]


def test_other_names_and_those_of_the_network_are_told(desk: Client) -> None:
    comment = make_comment(email=ADDRESS, network=NETWORK, name="سعيد")
    make_comment(email=ADDRESS, name="مسعود")
    other = make_comment(email="other@example.ma", network=NETWORK, name="جار")
    make_comment(email="far@example.ma", network="10.0.0.0/16", name="بعيد")

    page = desk.get(page_of(comment)).content.decode()

    assert "مسعود" in page
    assert page_of(other) in page
    assert "بعيد" not in page


@pytest.mark.parametrize(("days", "lasts"), [("1", 1), ("7", 7), ("30", 30), ("", None)])
def test_a_ban_lasts_as_long_as_chosen(desk: Client, moderator: User, days: str, lasts: int | None) -> None:
    comment = make_comment(email=ADDRESS)
    now = timezone.now()

    with time_machine.travel(now, tick=False):
        ban(desk, comment, days=days)

    made = Ban.objects.get()
    assert (made.sender, made.by) == (sender_of(comment), moderator)
    assert made.until == (now + timedelta(days=lasts) if lasts else None)
    assert (made.article, made.category) == (None, None)


@pytest.mark.parametrize("scope", ["site", "article", "category"])
@pytest.mark.parametrize("whom", ["sender", "network"])
def test_a_ban_has_its_scope(desk: Client, whom: str, scope: str) -> None:
    comment = make_comment(email=ADDRESS, network=NETWORK)

    ban(desk, comment, whom=whom, scope=scope)

    made = Ban.objects.get()
    assert made.network == (NETWORK if whom == "network" else "")
    assert bool(made.sender) == (whom == "sender")
    assert made.article == (comment.article if scope == "article" else None)
    assert made.category == (comment.article.category if scope == "category" else None)


def test_a_second_ban_of_the_same_scope_takes_the_place_of_the_first(desk: Client) -> None:
    comment = make_comment(email=ADDRESS)

    ban(desk, comment, days="1")
    ban(desk, comment, days="30")
    ban(desk, comment, days="30", scope="article")

    assert Ban.objects.in_force().count() == 2
    assert Ban.objects.count() == 3


@pytest.mark.parametrize("values", [{"whom": "network"}, {"days": "400"}, {"scope": "planet"}, {"note": "x" * 2001}])
def test_a_ban_that_cannot_be_is_told_and_not_stored(desk: Client, values: dict[str, str]) -> None:
    comment = make_comment(email=ADDRESS)  # without a network

    response = ban(desk, comment, **values)

    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert not Ban.objects.exists()


def test_a_ban_is_lifted_once(desk: Client, moderator: User) -> None:
    comment = make_comment(email=ADDRESS)
    ban(desk, comment)
    address = reverse("desk_lift_ban", args=[comment.pk, Ban.objects.get().pk])

    first, second = desk.post(address), desk.post(address)

    assert (first.status_code, second.status_code) == (303, 404)
    assert Ban.objects.get().lifted_by == moderator
    assert not Ban.objects.in_force().exists()


def test_a_ban_of_somebody_else_is_not_lifted_from_here(desk: Client) -> None:
    comment, other = make_comment(email=ADDRESS), make_comment(email="other@example.ma")
    ban(desk, other)

    assert desk.post(reverse("desk_lift_ban", args=[comment.pk, Ban.objects.get().pk])).status_code == 404
    assert Ban.objects.in_force().exists()


def test_a_ban_that_ran_out_is_over(desk: Client) -> None:
    comment = make_comment(email=ADDRESS)
    ban(desk, comment, days="1")

    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1)):
        assert not Ban.objects.in_force().exists()


def test_always_hold_is_switched_on_and_off(desk: Client) -> None:
    comment = make_comment(email=ADDRESS)
    address = reverse("desk_hold_sender", args=[comment.pk])

    desk.post(address, {"on": "1"})
    held = sender_of(comment).always_hold
    desk.post(address, {"on": "0"})

    assert (held, sender_of(comment).always_hold) == (True, False)


def test_a_note_for_colleagues_is_kept_and_shown(desk: Client) -> None:
    comment, other = make_comment(email=ADDRESS), make_comment(email=ADDRESS)

    desk.post(reverse("desk_annotate_sender", args=[comment.pk]), {"note": "يكتب باسم غيره"})

    assert "يكتب باسم غيره" in desk.get(page_of(other)).content.decode()


@pytest.mark.parametrize("note", ["x" * 2001, "x\x00", "x\u0007"])
def test_a_note_that_cannot_be_kept_is_refused(desk: Client, note: str) -> None:
    comment = make_comment(email=ADDRESS)

    response = desk.post(reverse("desk_annotate_sender", args=[comment.pk]), {"note": note})

    assert response.status_code == 303
    assert sender_of(comment).note == ""


def test_every_change_stands_in_the_history_without_the_address(desk: Client, moderator: User) -> None:
    comment = make_comment(email="canary.reader@example.ma")
    ban(desk, comment)
    desk.post(reverse("desk_lift_ban", args=[comment.pk, Ban.objects.get().pk]))
    desk.post(reverse("desk_hold_sender", args=[comment.pk]), {"on": "1"})
    desk.post(reverse("desk_hold_sender", args=[comment.pk]), {"on": "1"})  # nothing to do
    desk.post(reverse("desk_annotate_sender", args=[comment.pk]), {"note": "ملاحظة"})

    entries = list(LogEntry.objects.all())

    assert [entry.user for entry in entries] == [moderator] * 4
    assert not [each for each in entries if "canary" in f"{each.object_repr}{each.change_message}"]
    assert not [each for each in entries if comment.email_digest in f"{each.object_repr}{each.change_message}"]


def test_what_has_no_address_any_more_still_has_a_page(desk: Client) -> None:
    comment = make_comment(email="", network=NETWORK)

    page = desk.get(page_of(comment))

    assert shown(desk, page_of(comment)) == [comment.pk]
    assert 'value="network"' in page.content.decode()
    assert 'value="sender"' not in page.content.decode()
    assert desk.post(reverse("desk_hold_sender", args=[comment.pk]), {"on": "1"}).status_code == 404


def test_a_name_with_markup_stays_text(desk: Client) -> None:
    comment = make_comment(name="<b>س</b>", text="<script>alert(1)</script>", email=ADDRESS, article=make_article())

    page = desk.get(page_of(comment)).content.decode()

    assert "<script>alert" not in page
    assert "<b>س" not in page
