"""SQLite under many writers and under violence: nothing that was acknowledged is lost, and the numbers are right."""

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

WRITERS, POSTS = 16, 4
ROUNDS = 4


def environment(database: Path) -> dict[str, str]:
    return {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}


def run(database: Path, *arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "tests.posting", *arguments]
    done = subprocess.run(command, env=environment(database), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("writers") / "prepared.sqlite3"
    run(database, "prepare")
    return database


@pytest.fixture
def database(prepared: Path, tmp_path: Path) -> Path:
    """A database in a file, with articles that take comments."""
    copy = tmp_path / "news.sqlite3"
    with sqlite3.connect(prepared) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    return copy


def check(database: Path, acknowledged: set[str]) -> int:
    """That the file is whole, every acknowledged comment is there, and the numbers are those of the rows."""
    with sqlite3.connect(database) as opened:
        ask = opened.execute
        stored = {text for (text,) in ask("SELECT text FROM comments_comment")}
        assert ask("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert ask("PRAGMA foreign_key_check").fetchall() == []
        assert acknowledged <= stored
        counted = dict(ask("SELECT key, value FROM comments_tally").fetchall())
        assert counted.get("status:pending", 0) == counted.get("queue:first", 0) == len(stored)
        assert ask("SELECT COALESCE(SUM(pending), 0) FROM comments_articletally").fetchone() == (len(stored),)
        assert ask("SELECT COALESCE(SUM(pending), 0) FROM comments_sender").fetchone() == (len(stored),)
        assert ask("SELECT COUNT(DISTINCT comment_id) FROM comments_decision").fetchone() == (len(stored),)
    return len(stored)


def test_no_post_of_sixteen_writers_at_once_fails(database: Path) -> None:
    answers = run(database, "crowd", str(WRITERS), str(POSTS))

    assert [answer["status"] for answer in answers] == [303] * WRITERS * POSTS
    assert check(database, {answer["text"] for answer in answers}) == WRITERS * POSTS


def killed_writer(database: Path, after: int) -> Iterator[str]:
    """The comments that a process was told are stored, before it was killed while it posted the next."""
    command = [sys.executable, "-m", "tests.posting", "endless"]
    with subprocess.Popen(command, env=environment(database), stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        for number, line in enumerate(writer.stdout):
            answer = json.loads(line)
            assert answer["status"] == 303
            yield answer["text"]
            if number == after:
                time.sleep(random.uniform(0, 0.01))  # noqa: S311 (any moment will do)
                writer.kill()


def test_a_killed_process_loses_nothing_that_was_acknowledged(database: Path) -> None:
    acknowledged: set[str] = set()
    for number in range(ROUNDS):
        acknowledged |= set(killed_writer(database, after=3 + number * 2))

        stored = check(database, acknowledged)

        assert stored - len(acknowledged) <= number + 1  # what was stored, but not yet answered
    assert len(acknowledged) > ROUNDS * 4


def test_a_database_can_be_written_after_its_writer_was_killed(database: Path) -> None:
    acknowledged = set(killed_writer(database, after=2))

    answers = run(database, "crowd", "2", "2")

    assert {answer["status"] for answer in answers} == {303}
    check(database, acknowledged | {answer["text"] for answer in answers})
