"""The gate before SQLite: one writer at a time, open again whatever happens to its holder."""

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connections, transaction

from newsroom.sqlite.base import DatabaseWrapper
from newsroom.sqlite.gate import Gate, GateTimeoutError

HOLD = """
import sys, time
from pathlib import Path
from newsroom.sqlite.gate import Gate
gate = Gate(Path(sys.argv[1]), 5)
gate.enter()
print("mine", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.sqlite3-gate"


def is_open(path: Path) -> bool:
    gate = Gate(path, timeout=0.05)
    try:
        gate.enter()
    except GateTimeoutError:
        return False
    gate.leave()
    return True


def test_one_passes_at_a_time(path: Path) -> None:
    gate = Gate(path, 5)

    gate.enter()
    assert not is_open(path)

    gate.leave()
    assert is_open(path)


def test_leaving_twice_or_without_entering_does_nothing(path: Path) -> None:
    gate, other = Gate(path, 5), Gate(path, 5)
    gate.leave()
    gate.enter()
    other.leave()

    assert not is_open(path)


def test_those_who_gave_up_are_forgotten(path: Path) -> None:
    gate = Gate(path, 5)
    gate.enter()
    for _ in range(3):
        assert not is_open(path)

    gate.leave()

    assert is_open(path)


def test_all_who_wait_pass_one_after_the_other(path: Path) -> None:
    inside, most, passed = 0, 0, 0

    def go() -> None:
        nonlocal inside, most, passed
        gate = Gate(path, 20)
        for _ in range(5):
            gate.enter()
            inside += 1
            most = max(most, inside)
            time.sleep(0.001)
            inside -= 1
            passed += 1
            gate.leave()

    threads = [threading.Thread(target=go) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (passed, most) == (80, 1)


def test_the_gate_of_a_killed_process_is_open(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "mine\n"
        assert not is_open(path)

        holder.kill()

    assert is_open(path)


@pytest.fixture
def connection(tmp_path: Path, django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    """A connection to a file, as settings make it, under the alias “gated”."""
    with django_db_blocker.unblock():
        opened = connections["gated"] = connect(tmp_path / "news.sqlite3")
        with opened.cursor() as cursor:
            cursor.execute("CREATE TABLE words (word TEXT UNIQUE)")
        yield opened
        opened.close()
        del connections["gated"]


def connect(name: Path | str) -> DatabaseWrapper:
    values = {"ENGINE": "newsroom.sqlite", "NAME": name, "AUTOCOMMIT": True, "TIME_ZONE": None, "CONN_MAX_AGE": 0}
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0.2}
    return DatabaseWrapper({**values, "CONN_HEALTH_CHECKS": False, "OPTIONS": options}, "gated")


def write(word: str) -> None:
    with connections["gated"].cursor() as cursor:
        cursor.execute("INSERT INTO words VALUES (%s)", [word])


def test_a_transaction_holds_the_gate_to_its_end(connection: DatabaseWrapper, path: Path) -> None:
    with transaction.atomic("gated"):
        assert not is_open(path)
        with transaction.atomic("gated"):
            write("one")
        assert not is_open(path)

    assert is_open(path)


def test_a_transaction_that_fails_opens_the_gate(connection: DatabaseWrapper, path: Path) -> None:
    write("one")

    with pytest.raises(IntegrityError), transaction.atomic("gated"):
        write("one")

    assert is_open(path)


def test_a_connection_that_closes_opens_the_gate(connection: DatabaseWrapper, path: Path) -> None:
    with pytest.raises(RuntimeError), transaction.atomic("gated"):
        write("one")
        connection.close()
        assert is_open(path)
        raise RuntimeError

    assert is_open(path)


def test_a_writer_that_finds_the_gate_shut_says_that_the_database_is_locked(
    connection: DatabaseWrapper, path: Path
) -> None:
    gate = Gate(path, 5)
    gate.enter()

    with pytest.raises(OperationalError, match="locked"), transaction.atomic("gated"):
        write("one")
    gate.leave()

    with transaction.atomic("gated"):
        write("one")


def test_one_who_comes_past_the_gate_is_waited_for_and_the_gate_left_open(
    connection: DatabaseWrapper, path: Path, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "news.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(OperationalError, match="locked"), transaction.atomic("gated"):
        write("one")

    other.close()
    assert is_open(path)


def test_a_database_in_memory_has_no_gate(
    connection: DatabaseWrapper, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    connections["gated"] = connect(":memory:")

    with transaction.atomic("gated"), connections["gated"].cursor() as cursor:
        cursor.execute("CREATE TABLE words (word TEXT)")

    assert sorted(tmp_path.iterdir()) == before
