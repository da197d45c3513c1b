"""What happens without a request: a short list of tasks, each of which may run at any time and again."""

import fcntl
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from articles.models import WorkingCopy
from comments.learning import learner
from comments.mail import digests, outbox
from comments.personal_data import retention
from newsroom import lost, readings
from newsroom.announcing import finding, sending
from newsroom.mail import newsletter, steps
from newsroom.mail.outbox import StaffOutbox
from newsroom.newsletter.queue import queue_newsletter

logger = logging.getLogger(__name__)

LOCK = "tick.lock"
RETENTION = "retention.day"
ANNOUNCED = "announced.moment"
FIRST_LOOK = timedelta(days=2)


@dataclass(frozen=True)
class Task:
    """A piece of work by name. What it gives back is logged where it is anything."""

    name: str
    run: Callable[[], Any]


def send_mail() -> Any:
    return outbox.send_due()


def send_staff_mail() -> Any:
    return StaffOutbox().send_due()


def queue_news() -> str:
    count = queue_newsletter()
    return f"queued {count}" if count else ""


def queue_digests() -> str:
    count = digests.queue_digests()
    return f"queued {count}" if count else ""


def queue_notices() -> str:
    count = steps.queue_notices()
    return f"queued {count}" if count else ""


def keep_retention() -> str:
    """Once a day; the day stands in a file, whose loss costs one more run."""
    done, today = _folder() / RETENTION, timezone.localdate().isoformat()
    if done.exists() and done.read_text(encoding="ascii") == today:
        return ""
    counts = retention.purge()
    done.write_text(today, encoding="ascii")
    return ", ".join(f"{name}: {count}" for name, count in counts.items())


def order_queues() -> str:
    """Put what waits into the order that follows from what was learnt and which events are still hot."""
    counts = {"scored": learner.rescore_waiting(), "cooled": learner.refresh_ranks()}
    counts |= {"marks": learner.forget_old_marks(), "pieces": learner.prune()}
    return ", ".join(f"{name}: {count}" for name, count in counts.items() if count)


def take_lost_addresses() -> str:
    """Count the addresses that readers asked for in vain since the last minute."""
    count = lost.take()
    return f"counted {count}" if count else ""


def count_readings() -> str:
    """Count what readers read since the last minute, and bring the lists of what is read most up to date."""
    count, has_changed = readings.count(), readings.rank()
    return ", ".join(filter(None, (f"counted {count}" if count else "", "new order" if has_changed else "")))


def forget_working_copies() -> str:
    """Unsaved texts of the writing form that nobody came back to."""
    count = WorkingCopy.purge()
    return f"forgot {count}" if count else ""


def announce() -> str:
    """Tell search engines and feed hubs what changed since the last run, where settings name any.

    The moment of the last run stands in a file, whose loss costs one more look at two days.
    """
    if not finding.services():
        return ""
    looked, now = _folder() / ANNOUNCED, timezone.now()
    since = datetime.fromisoformat(looked.read_text(encoding="ascii")) if looked.exists() else now - FIRST_LOOK
    finding.queue_changes(since, now)
    looked.write_text(now.isoformat(), encoding="ascii")
    count = sending.send_due(now)
    return f"told of {count}" if count else ""


TASKS = (
    Task("digests", queue_digests),
    Task("notices", queue_notices),
    Task("mail", send_mail),
    Task("staff mail", send_staff_mail),
    Task("newsletter", queue_news),
    Task("newsletter mail", newsletter.send_newsletter),
    Task("queues", order_queues),
    Task("retention", keep_retention),
    Task("broken links", take_lost_addresses),
    Task("readings", count_readings),
    Task("unsaved texts", forget_working_copies),
    Task("announcements", announce),
)


def run_tasks(tasks: tuple[Task, ...] = TASKS) -> list[str]:
    """Run every task, unless another process is at it; gives the names of those that failed.

    One line is logged for each that did something, and for each that failed, without its words:
    they may hold what a reader wrote.
    """
    failed = []
    with sole_runner() as is_sole:
        for task in tasks if is_sole else ():
            try:
                told = task.run()
            except Exception as error:  # one that fails keeps no other from its work
                logger.error("tick %s failed: %s", task.name, type(error).__name__)
                failed.append(task.name)
            else:
                if told:
                    logger.info("tick %s: %s", task.name, told)
    return failed


@contextmanager
def sole_runner() -> Iterator[bool]:
    """Whether this process alone runs tasks. The kernel frees the lock of a process that dies."""
    with (_folder() / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _folder() -> Path:
    return Path(settings.VAR_ROOT)
