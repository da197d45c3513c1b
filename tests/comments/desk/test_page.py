"""The desk's page: what waits, in the order of urgency, at a constant number of queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.choices import Queue, Status
from comments.models import Comment
from newsroom.env import BASE_DIR
from tests.comments.desk.forms import DESK, waiting
from tests.factories import make_article, make_comment, make_user
from tests.pages import parse, words

pytestmark = pytest.mark.django_db


def keys(client: Client, address: str = DESK) -> list[int]:
    """The comments on the cards, in their order."""
    return [int(card.get("data-card")) for card in parse(client.get(address)).iter("article")]


def test_the_desk_opens_at_the_most_urgent_queue_that_is_not_empty(desk: Client) -> None:
    waiting(Queue.KNOWN)
    held = waiting(Queue.RULE)

    assert keys(desk) == [held.pk]


def test_each_queue_has_its_count_and_the_age_of_its_oldest(desk: Client) -> None:
    for hours in (1, 3):
        waiting(Queue.FIRST, submitted_at=timezone.now() - timedelta(hours=hours))

    page = parse(desk.get(DESK))

    queues = {link.get("data-queue"): words(link) for link in page.iter("a") if link.get("data-queue")}
    assert list(queues) == ["reported", "rule", "first", "known", "sample"]
    assert "2" in queues["first"]
    assert "3 ساعات" in queues["first"]
    assert "0" in queues["rule"]


def test_hot_events_come_first_and_then_the_longest_waiting(desk: Client) -> None:
    now = timezone.now()
    late = waiting(rank=150, submitted_at=now - timedelta(hours=1))
    early = waiting(rank=150, submitted_at=now - timedelta(hours=2))
    hot = waiting(rank=50, submitted_at=now)

    assert keys(desk) == [hot.pk, early.pk, late.pk]


def test_a_page_has_twenty_cards_and_the_next_goes_on_behind_them(desk: Client) -> None:
    article, moment = make_article(), timezone.now()
    comments = [waiting(article=article, submitted_at=moment) for _ in range(23)]

    page = parse(desk.get(DESK))

    cards = list(page.iter("article"))
    assert [int(card.get("data-card")) for card in cards] == [each.pk for each in comments[:20]]
    after = cards[-1].get("data-place")
    rest = [each.pk for each in comments[20:]]
    assert keys(desk, f"{DESK}?queue=known&after={after}") == rest
    assert keys(desk, f"{DESK}cards/?queue=known&after={after}") == rest


@pytest.mark.parametrize(
    "query",
    ["queue=nowhere", "queue=escalated", "queue=", "queue=known&after=x", "queue=known&after=99999-1-1"],
)
def test_an_address_that_the_desk_never_makes_is_not_found(desk: Client, query: str) -> None:
    assert desk.get(f"{DESK}?{query}").status_code == 404


def test_queries_do_not_grow_with_what_waits(desk: Client) -> None:
    def fill(count: int) -> None:
        for _ in range(count):
            parent = make_comment()
            comment = waiting(article=parent.article, parent=parent, network="10.0.0.0/24", group=1)
            comment.reports.create(complaint="spam", revision=1)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(DESK).status_code == 200
        return len(captured)

    fill(2)
    queries()
    with_few = queries()
    fill(18)

    assert queries() == with_few <= 15  # requests, kept filters and the surge alarm among them


def test_what_a_colleague_reads_is_passed_over_until_the_lease_ends(desk: Client, moderator: User) -> None:
    colleague, soon = make_user("moderator"), timezone.now() + timedelta(seconds=60)
    waiting(lease_by=colleague, lease_until=soon)
    mine = waiting(lease_by=moderator, lease_until=soon)
    over = waiting(lease_by=colleague, lease_until=timezone.now() - timedelta(seconds=1))

    assert keys(desk) == [mine.pk, over.pk]


def test_a_lease_is_taken_once_and_lasts_ninety_seconds(login: Any, moderator: User) -> None:
    comment, colleague = waiting(), make_user("moderator", first_name="سارة")

    mine = login(moderator).post(f"{DESK}lease/", {"pk": comment.pk}).json()
    theirs = login(colleague).post(f"{DESK}lease/", {"pk": comment.pk}).json()

    stored = Comment.objects.get(pk=comment.pk)
    assert mine["mine"] is True
    assert (theirs["mine"], moderator.username in theirs["by"]) == (False, True)
    assert stored.lease_by == moderator
    assert 85 < (stored.lease_until - timezone.now()).total_seconds() <= 90


@pytest.mark.parametrize("key", ["", "x", "9" * 30, "12345678"], ids=["none", "word", "long", "absent"])
def test_a_lease_of_nothing_harms_nobody(desk: Client, key: str) -> None:
    response = desk.post(f"{DESK}lease/", {"pk": key})

    assert response.status_code in (200, 400)
    assert response.status_code == 400 or response.json() == {"mine": False, "by": ""}


def test_new_arrivals_are_counted_and_move_nothing(desk: Client) -> None:
    waiting(submitted_at=timezone.now() - timedelta(hours=1))
    opened = timezone.now() - timedelta(minutes=1)
    waiting()
    waiting()

    news = desk.get(f"{DESK}news/", {"queue": "known", "since": opened.isoformat()}).json()

    assert news["new"] == 2
    assert news["queues"]["known"] == "3"


@pytest.mark.parametrize("since", ["", "yesterday", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z"])
def test_news_since_a_moment_that_is_none_is_not_found(desk: Client, since: str) -> None:
    assert desk.get(f"{DESK}news/", {"queue": "known", "since": since}).status_code == 404


@pytest.mark.parametrize("path", ["", "cards/?queue=known", "recent/", "news/?queue=known&since=2026-01-01T00:00:00Z"])
def test_reading_changes_nothing_and_is_never_stored(desk: Client, path: str) -> None:
    comment = waiting()
    before = Comment.objects.filter(pk=comment.pk).values().get()

    response = desk.get(f"{DESK}{path}")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert Comment.objects.filter(pk=comment.pk).values().get() == before


def test_the_list_and_the_index_lead_to_the_desk(desk: Client) -> None:
    waiting()

    for page in ("/admin/", "/admin/comments/comment/"):
        links = [link.get("href") for link in parse(desk.get(page)).iter("a")]
        assert DESK in links


def test_a_decided_comment_leaves_the_queue(desk: Client, moderator: User) -> None:
    comment = waiting()
    comment.approve(by=moderator)

    assert keys(desk) == []
    assert Comment.objects.get(pk=comment.pk).status == Status.APPROVED


def test_the_script_stays_small() -> None:
    assert len((BASE_DIR / "comments/static/comments/desk.js").read_bytes()) < 12_000
