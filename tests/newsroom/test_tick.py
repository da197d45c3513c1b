"""The one task that runs without a request: alone, whatever fails, until it is told to stop."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test.utils import override_settings

from newsroom import tick
from newsroom.tick import Task, run_tasks, sole_runner
from tests.factories import make_comment

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    with override_settings(VAR_ROOT=str(tmp_path)):
        yield tmp_path


def test_a_task_that_fails_keeps_no_other_from_its_work(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def fail() -> None:
        raise ValueError("said@example.ma is in the words of this error")

    with caplog.at_level("INFO"):
        failed = run_tasks((Task("first", fail), Task("second", lambda: done.append("second"))))

    assert (failed, done) == (["first"], ["second"])
    assert caplog.messages == ["tick first failed: ValueError"]


def test_a_task_with_nothing_to_do_is_not_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        run_tasks((Task("quiet", lambda: ""), Task("busy", lambda: "sent 2")))

    assert caplog.messages == ["tick busy: sent 2"]


def test_two_runs_at_once_do_the_work_once() -> None:
    done: list[str] = []
    inner = Task("inner", lambda: done.append("inner"))

    run_tasks((Task("outer", lambda: run_tasks((inner,))),))
    assert done == []
    run_tasks((inner,))
    assert done == ["inner"]


def test_the_lock_is_free_again_after_a_fault() -> None:
    with pytest.raises(ValueError, match="fault"), sole_runner():
        raise ValueError("fault")

    with sole_runner() as is_sole:
        assert is_sole


@pytest.mark.django_db
def test_the_command_says_which_task_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comments.mail.outbox.send_due", lambda: 1 / 0)

    with pytest.raises(CommandError, match="mail"):
        call_command("tick")


@pytest.mark.django_db
def test_retention_runs_once_a_day(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    runs: list[int] = []
    monkeypatch.setattr("comments.personal_data.retention.purge", lambda: runs.append(1) or {"messages": 2})

    told = [tick.keep_retention(), tick.keep_retention()]
    (folder / tick.RETENTION).write_text("2020-01-01")
    tick.keep_retention()

    assert told == ["messages: 2", ""]
    assert len(runs) == 2


@pytest.mark.django_db
def test_every_task_runs_on_a_database_with_content() -> None:
    make_comment(status="pending")

    assert run_tasks() == []
    assert run_tasks() == []


def loop(folder: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
    }
    command = [sys.executable, "manage.py", "tick", "--loop", "--interval", "60", *arguments]
    return subprocess.Popen(command, cwd=TOP, env=environment, stderr=subprocess.DEVNULL, **options)


def test_the_loop_ends_cleanly_when_it_is_asked_to(folder: Path) -> None:
    process = loop(folder)
    time.sleep(8)  # on a busy machine it takes its time to begin
    assert process.poll() is None

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=10) == 0


def test_the_loop_ends_with_the_process_that_started_it(folder: Path) -> None:
    script = (
        "import subprocess, sys, time\n"
        "command = ['manage.py', 'tick', '--loop', '--with-parent', '--interval', '0.2']\n"
        "child = subprocess.Popen([sys.executable, *command])\n"
        "print(child.pid, flush=True)\n"
        "time.sleep(5)\n"
    )
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
    }
    parent = subprocess.run(
        [sys.executable, "-c", script], cwd=TOP, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    child = int(parent.stdout)

    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and Path(f"/proc/{child}").exists():
        time.sleep(0.1)
    assert not Path(f"/proc/{child}").exists()
