"""Digests to moderators: a few times a day, once, and only where something waits."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from comments.choices import MailKind
from comments.mail.digests import SHOWN, queue_digests
from comments.mail.messages import compose
from comments.mail.outbox import send_due
from comments.models import Comment, OutboxMessage
from tests.factories import make_comment, make_user
from tests.postman import mail_server, part

pytestmark = pytest.mark.django_db

MORNING = timezone.make_aware(datetime(2026, 11, 20, 8, 3))
SOON = timezone.make_aware(datetime(2026, 11, 20, 9, 30))
AFTERNOON = timezone.make_aware(datetime(2026, 11, 20, 14, 0))


@pytest.fixture(autouse=True)
def _hours() -> Iterator[None]:
    with override_settings(DIGEST_HOURS=[8, 14], SITE_URL="https://news.example"):
        yield


@pytest.fixture
def staff() -> User:
    return make_user("moderator", email="staff@example.ma")


@pytest.fixture
def comment() -> Comment:
    return make_comment(status="pending", submitted_at=MORNING - timedelta(days=2), text="تعليق ينتظر القرار")


def test_each_moderator_with_an_address_gets_one_an_interval(staff: User, comment: Comment) -> None:
    make_user("moderator")
    make_user("moderator", email="gone@example.ma", is_active=False)
    make_user("journalist", email="journalist@example.ma")

    counts = [queue_digests(now) for now in (MORNING, MORNING, SOON, AFTERNOON, AFTERNOON)]

    assert counts == [1, 0, 0, 1, 0]
    assert [each.user for each in OutboxMessage.objects.filter(kind=MailKind.DIGEST)] == [staff, staff]


def test_what_was_missed_is_caught_up_once(staff: User, comment: Comment) -> None:
    queue_digests(MORNING)

    assert queue_digests(AFTERNOON + timedelta(days=3, hours=2)) == 1
    assert queue_digests(AFTERNOON + timedelta(days=3, hours=2)) == 0


def test_where_nothing_waited_at_the_hour_nobody_is_written_to(staff: User) -> None:
    assert queue_digests(MORNING) == 0
    make_comment(status="pending", submitted_at=MORNING + timedelta(minutes=20))

    assert queue_digests(SOON) == 0
    assert queue_digests(AFTERNOON) == 1


def test_without_hours_there_are_no_digests(staff: User, comment: Comment) -> None:
    with override_settings(DIGEST_HOURS=[]):
        assert queue_digests(AFTERNOON) == 0


def test_the_database_refuses_a_second_digest_of_the_same_hour(staff: User, comment: Comment) -> None:
    queue_digests(MORNING)
    first = OutboxMessage.objects.get()

    OutboxMessage.objects.bulk_create(
        [OutboxMessage(kind=MailKind.DIGEST, user=staff, act=first.act)], ignore_conflicts=True
    )

    assert OutboxMessage.objects.count() == 1


def test_a_digest_counts_the_queues_and_links_each_decision(staff: User, comment: Comment, client: Client) -> None:
    make_comment(status="pending", queue="rule", submitted_at=MORNING - timedelta(days=3))
    queue_digests(MORNING)
    with mail_server() as postman:
        send_due()

    letter = postman.letter()
    plain = part(letter, "plain")
    paths = re.findall(r"https://news\.example(/comments/decide/\S+)", plain)
    assert "تعليق ينتظر القرار" in plain
    assert "https://news.example/admin/comments/desk/" in plain
    assert len(set(paths)) == 4
    assert {client.get(path).status_code for path in paths} == {200}


def test_what_is_passed_to_the_editor_in_chief_asks_no_moderator(staff: User) -> None:
    make_comment(status="pending", queue="escalated", submitted_at=MORNING - timedelta(days=1), text="سر")

    assert queue_digests(MORNING) == 0
    message = OutboxMessage.objects.create(kind=MailKind.DIGEST, user=staff)
    assert compose(message) is None


def test_a_digest_to_somebody_who_left_or_about_nothing_is_dropped(
    staff: User, comment: Comment, moderator: Any
) -> None:
    queue_digests(MORNING)
    User.objects.filter(pk=staff.pk).update(is_active=False)
    with mail_server() as postman:
        assert send_due().dropped == 1
        User.objects.filter(pk=staff.pk).update(is_active=True)
        queue_digests(AFTERNOON)
        comment.approve(by=moderator)
        assert send_due().dropped == 1

    assert postman.received == []


def test_a_digest_costs_a_fixed_number_of_queries_and_shows_the_most_urgent(staff: User, comment: Comment) -> None:
    message = OutboxMessage.objects.create(kind=MailKind.DIGEST, user=staff)
    few = _queries(message)
    for _ in range(SHOWN * 2):
        make_comment(status="pending")

    assert _queries(message) <= few
    letter = compose(message)
    assert letter is not None
    assert str(letter.body).count("/comments/decide/") == SHOWN * 2


def _queries(message: OutboxMessage) -> int:
    with CaptureQueriesContext(connection) as captured:
        compose(OutboxMessage.objects.select_related("user").get(pk=message.pk))
    return len(captured)
