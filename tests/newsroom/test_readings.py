"""Readings: told by a beacon without a cookie, kept as numbers, counted once whatever happens."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client
from django.test.utils import override_settings

from articles.models import MostRead, ReadingHour
from newsroom import readings, spool
from newsroom.models import PageGeneration
from newsroom.tick import Task, run_tasks
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(readings, "repeats", readings.Repeats(1024))
    with override_settings(VAR_ROOT=str(tmp_path)):
        yield tmp_path


def tell(client: Client, article: int, reader: str = "192.0.2.1", **headers: str) -> int:
    return client.post(f"/v/{article}", headers=headers, REMOTE_ADDR=reader).status_code


def counted() -> dict[int, int]:
    """Count what was noted, whenever that was done last."""
    mark = readings.SPOOL.taken
    if mark.exists():
        os.utime(mark, (time.time() - spool.PAUSE - 1,) * 2)
    readings.count()
    return dict(ReadingHour.objects.values_list("article_id", "count"))


def test_a_reading_is_counted_by_tick_and_the_beacon_makes_no_query(
    client: Client, django_assert_num_queries: Any
) -> None:
    article = make_article()

    with django_assert_num_queries(0):
        response = client.post(f"/v/{article.pk}", headers={"Sec-Fetch-Site": "same-origin"})

    assert (response.status_code, response.content) == (204, b"")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not ReadingHour.objects.exists()
    assert counted() == {article.pk: 1}


def test_nothing_but_the_number_is_written_down(client: Client, folder: Path) -> None:
    client.post(
        "/v/17",
        "name=said",
        content_type="text/plain",
        headers={"User-Agent": "Canary/1", "Referer": "http://testserver/x/", "Cookie": "a=b"},
        REMOTE_ADDR="192.0.2.77",
    )

    assert [(each.name, each.read_bytes()) for each in folder.iterdir()] == [("readings.log", b"17\n")]
    assert {field.name for field in ReadingHour._meta.fields} == {"id", "article", "hour", "count"}


def test_the_page_itself_writes_nothing(client: Client, folder: Path) -> None:
    client.get(make_article().get_absolute_url())

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_a_post_tells_of_a_reading(client: Client, method: str) -> None:
    assert getattr(client, method)("/v/1").status_code == 405
    assert not readings.SPOOL.path.exists()


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://other.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://["}],
)
def test_foreign_pages_tell_nothing(client: Client, headers: dict[str, str]) -> None:
    assert tell(client, 1, **headers) == 403
    assert tell(client, 1, Origin="http://testserver") == 204
    assert readings.SPOOL.path.read_bytes() == b"1\n"


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 19, "1/"])
def test_what_is_no_number_is_no_address(client: Client, number: str) -> None:
    assert client.post(f"/v/{number}").status_code == 404


def test_who_presses_reload_counts_once_in_half_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("newsroom.readings.time.monotonic", lambda: clock[0])

    for _ in range(50):
        tell(client, 1)
    tell(client, 2)
    tell(client, 1, "192.0.2.2")
    clock[0] += readings.PAUSE + 1
    tell(client, 1)

    assert readings.SPOOL.path.read_bytes().split() == [b"1", b"2", b"1", b"1"]


def test_what_is_remembered_of_readers_is_hashed_bounded_and_gone_with_its_key() -> None:
    repeats = readings.Repeats(64)
    for number in range(10_000):
        repeats.is_new(f"192.0.2.{number}", 1)

    assert len(repeats._digests) == len(repeats._times) == 64
    assert not repeats.is_new("192.0.2.9999", 1)
    repeats._key_until = 0.0
    assert repeats.is_new("192.0.2.9999", 1)


def test_the_file_is_bounded(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings.SPOOL, "most_bytes", 100)
    for number in range(10, 200):
        assert tell(client, number) == 204

    assert 90 < readings.SPOOL.path.stat().st_size <= 100


def test_a_disk_that_takes_nothing_is_no_readers_fault(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("newsroom.spool.os.open", fail)

    assert tell(client, 1) == 204


def test_numbers_of_nothing_and_of_what_readers_cannot_see_are_dropped() -> None:
    seen, draft = make_article(), make_article(status="draft")
    ahead = make_article(published_at=datetime(2999, 1, 1, tzinfo=UTC))
    lines = [b"%d" % key for key in (seen.pk, draft.pk, ahead.pk, 999_999)]
    readings.SPOOL.path.write_bytes(b"\n".join([*lines, b"\x00\xff", b"-1", b"", b"9" * 30, b"1e3", b"%d" % seen.pk]))

    assert counted() == {seen.pk: 2}


def test_counts_add_up_within_an_hour_and_are_written_once_a_minute(client: Client) -> None:
    article = make_article(published_at=datetime(2026, 1, 1, tzinfo=UTC)).pk

    with time_machine.travel(datetime(2026, 11, 24, 12, 10, tzinfo=UTC), tick=False) as clock:
        ReadingHour.objects.add({article: 3})
        clock.shift(timedelta(minutes=49))
        ReadingHour.objects.add({article: 4})
        clock.shift(timedelta(minutes=1))
        ReadingHour.objects.add({article: 5})
    assert [(each.hour.hour, each.count) for each in ReadingHour.objects.order_by("hour")] == [(12, 7), (13, 5)]

    tell(client, article)
    assert readings.count() == 1
    tell(client, article, "192.0.2.2")
    assert readings.count() == 0


def test_a_count_that_fails_is_made_up_for_and_one_that_worked_is_not_repeated(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make_article().pk
    tell(client, article)

    with monkeypatch.context() as fault:
        fault.setattr("django.db.models.query.QuerySet.update", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            readings.count()
    tell(client, article, "192.0.2.2")

    assert not ReadingHour.objects.exists()
    assert counted() == {article: 1}
    assert counted() == {article: 2}
    assert counted() == {article: 2}


def test_two_ticks_at_once_count_once(client: Client) -> None:
    article = make_article().pk
    tell(client, article)
    task = Task("readings", readings.count)

    run_tasks((Task("outer", lambda: run_tasks((task,))), task, task))

    assert counted() == {article: 1}


def test_only_a_new_order_moves_the_generation(folder: Path) -> None:
    article, other = make_article().pk, make_article().pk
    ReadingHour.objects.add({article: 5, other: 2})

    def rank() -> bool:
        (folder / readings.RANKED).unlink(missing_ok=True)
        return readings.rank()

    assert [rank(), rank(), readings.rank()] == [True, False, False]
    first = PageGeneration.objects.get(key="most-read").value
    ReadingHour.objects.add({article: 1})
    assert not rank()
    ReadingHour.objects.add({other: 50})
    assert rank()
    assert PageGeneration.objects.get(key="most-read").value != first


def test_lists_that_fail_halfway_stay_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    ReadingHour.objects.add({make_article().pk: 5})
    MostRead.objects.renew()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr("articles.models.readings.MostReadQuerySet.bulk_create", fail)
    with pytest.raises(DatabaseError):
        MostRead.objects.renew()

    assert MostRead.objects.count() == 2
