"""The newsletter goes out once a day to each, whoever runs what and however often."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext, override_settings

from newsroom.choices import DigestMail
from newsroom.mail.newsletter import AskedOutbox, DigestOutbox, send_newsletter
from newsroom.models import DigestMessage, DigestSubscription
from newsroom.models.digest import span_of
from newsroom.newsletter import queue
from newsroom.newsletter.queue import queue_newsletter
from tests.at_once import at_once
from tests.newsletter import DAY, SETTINGS, at, make_news, make_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings() -> Any:
    with SETTINGS:
        yield


def send(hour: int, minute: int = 0, **values: Any) -> list[Any]:
    """What a run of `tick` at this time of DAY sends."""
    mail.outbox.clear()
    with time_machine.travel(at(hour, minute, **values), tick=False):
        queue_newsletter()
        send_newsletter()
    return list(mail.outbox)


def test_it_goes_out_at_its_hour_and_not_before() -> None:
    make_news()
    make_subscriber()

    assert [len(send(hour)) for hour in (0, 6, 7)] == [0, 0, 1]


def test_many_runs_send_it_once() -> None:
    make_news()
    make_subscriber()

    assert [len(send(7, minute)) for minute in (0, 1, 2)] == [1, 0, 0]
    assert not send(23, 59)


def test_the_next_day_has_its_own() -> None:
    make_news("خبر الأمس")
    make_subscriber()
    first = send(7)
    make_news("خبر اليوم", published_at=at(12))

    second = send(7, day=DAY + timedelta(days=1))

    assert len(first) == len(second) == 1
    assert "خبر اليوم" not in first[0].body
    assert "خبر الأمس" not in second[0].body


def test_what_was_missed_is_caught_up_until_midnight() -> None:
    make_news("خبر الأمس")
    make_news("خبر المساء", published_at=at(20))
    make_subscriber()

    late = send(23, 30)

    assert len(late) == 1
    assert "خبر المساء" not in late[0].body  # it stands in the next, which follows after some hours
    assert not send(0, 30, day=DAY + timedelta(days=1))


def test_a_day_that_is_over_is_not_sent_at_night() -> None:
    make_news()
    make_subscriber()
    with time_machine.travel(at(23, 59), tick=False):
        queue_newsletter()

    assert not send(0, 1, day=DAY + timedelta(days=1))
    assert not DigestMessage.objects.filter(sent_at=None).exists()


def test_days_without_a_run_are_not_made_up_for() -> None:
    make_news()
    make_subscriber(last_day=DAY - timedelta(days=9))

    assert len(send(8)) == 1


def test_nothing_new_is_no_mail() -> None:
    make_news("قديم", published_at=at(6, day=DAY - timedelta(days=1)))
    make_news("مستقبل", published_at=at(9))
    make_news("إعلان", kind="sponsored")
    make_news("مسودة", status="draft")
    make_subscriber()

    assert not send(8)
    assert not DigestMessage.objects.exists()


def test_who_did_not_confirm_gets_none() -> None:
    make_news()
    make_subscriber(confirmed_at=None)

    assert not send(8)


def test_a_language_without_news_waits_alone() -> None:
    make_news("خبر", title_fr="Nouvelle")
    for language in ("ar", "fr", "en"):
        make_subscriber(language=language)

    assert sorted(letter.extra_headers["Content-Language"] for letter in send(8)) == ["ar", "fr"]


def test_an_hour_of_ones_own_holds() -> None:
    make_news(published_at=at(12))
    make_subscriber()

    with override_settings(NEWSLETTER_HOUR=18):
        assert [len(send(hour)) for hour in (17, 18)] == [0, 1]


@pytest.mark.parametrize("day", [DAY.replace(month=2, day=15), DAY.replace(month=3, day=22)])
def test_days_follow_one_another_when_the_clock_is_changed(day: Any) -> None:
    with override_settings(NEWSLETTER_HOUR=2):
        spans = [span_of(day + timedelta(days=number)) for number in (-1, 0, 1, 2)]

    assert [end for _start, end in spans[:-1]] == [start for start, _end in spans[1:]]


def test_a_run_queues_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "BATCH", 3)
    monkeypatch.setattr(queue, "LIMIT", 7)
    make_news()
    for number in range(10):
        make_subscriber(f"reader{number}@example.ma")

    assert [queue_newsletter(at(8)) for _ in range(3)] == [7, 3, 0]
    assert DigestMessage.objects.filter(day=DAY).values("subscription").distinct().count() == 10


def test_queueing_costs_the_same_for_many() -> None:
    make_news()

    def cost(count: int, start: int) -> int:
        for number in range(count):
            make_subscriber(f"reader{start + number}@example.ma")
        with CaptureQueriesContext(connection) as captured:
            assert queue_newsletter(at(8)) == count
        return len(captured)

    assert cost(40, 100) == cost(2, 0)


def test_who_waits_for_a_link_waits_for_no_digest() -> None:
    make_news()
    for number in range(3):
        make_subscriber(f"reader{number}@example.ma")
    with time_machine.travel(at(8), tick=False):
        queue_newsletter()
        DigestSubscription.objects.ask("new@example.ma", "ar", "client")
        AskedOutbox().send_due()

    assert [letter.to for letter in mail.outbox] == [["new@example.ma"]]


def test_the_database_refuses_a_second_digest_of_a_day() -> None:
    row = make_subscriber()
    row.messages.create(kind=DigestMail.DIGEST, day=DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.messages.create(kind=DigestMail.DIGEST, day=DAY)


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_send_each_one_mail(in_a_file: None) -> None:
    make_news()
    for number in range(8):
        make_subscriber(f"reader{number}@example.ma")

    with time_machine.travel(at(8), tick=False):
        at_once(*[queue_newsletter] * 4)
        at_once(*[lambda: DigestOutbox().send_due()] * 4)

    assert sorted(letter.to[0] for letter in mail.outbox) == [f"reader{number}@example.ma" for number in range(8)]
