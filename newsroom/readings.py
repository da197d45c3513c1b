"""Readings of articles: told by a beacon, noted in a file, counted by `tick` (docs/decisions/0033).

A line of the file is the number of an article. Who read it is never written down: that one reader does not
count twice is a matter of this process's memory, where a connection is a keyed hash that expires.
"""

import hashlib
import secrets
import time
from array import array
from collections import Counter
from datetime import datetime
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import transaction

from articles.models import MostRead, ReadingHour
from newsroom.models import PageGeneration
from newsroom.spool import Spool

SPOOL = Spool("readings", most_bytes=1024 * 1024)  # at eight bytes each some 2,000 a second
PAUSE = 30 * 60  # seconds in which one connection counts once for an article
SLOTS = 1 << 16
DAY = 24 * 3600  # seconds
LONGEST = 18  # digits of a number, as in the address
RANKED, RANK_PAUSE = "most-read.ranked", 300  # seconds between two makings of the lists
GENERATION = "most-read"


class Repeats:
    """Which readings were counted just now: in a table of fixed size, by hashes whose key is new every day.

    Two that fall into one slot push each other out: the table forgets, and never refuses whom it does not know.
    """

    def __init__(self, slots: int = SLOTS) -> None:
        self._lock = Lock()
        self._digests, self._times = array("Q", [0] * slots), array("d", [0.0] * slots)
        self._key, self._key_until = b"", 0.0

    def is_new(self, connection: str, article: int) -> bool:
        """Whether `connection` was not counted for `article` in the last PAUSE seconds; from now on it was."""
        with self._lock:
            now = time.monotonic()
            digest = self._digest(f"{article} {connection}", now)
            slot = digest % len(self._digests)
            if self._digests[slot] == digest and now - self._times[slot] < PAUSE:
                return False
            self._digests[slot], self._times[slot] = digest, now
        return True

    def _digest(self, text: str, now: float) -> int:
        if now >= self._key_until:
            self._key, self._key_until = secrets.token_bytes(32), now + DAY
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8, key=self._key).digest())


repeats = Repeats()


def note(article: int, connection: str) -> None:
    """Write down that `article` was read, unless `connection` told so just now."""
    if repeats.is_new(connection, article):
        SPOOL.append(b"%d\n" % article)


def count() -> int:
    """Count what was noted, at most once a minute; says how many readings there were.

    Nothing counts twice. Lost at worst is one batch, of a process that dies in the last step of its transaction.
    """
    if not SPOOL.is_due():
        return 0
    with transaction.atomic(), SPOOL.batch() as lines:
        numbers = Counter(int(line) for line in lines if line.isdigit() and len(line) <= LONGEST)
        return ReadingHour.objects.add(numbers)


def rank(at: datetime | None = None) -> bool:
    """Make the lists anew, at most once in RANK_PAUSE seconds; says whether readers see another order."""
    mark = Path(settings.VAR_ROOT) / RANKED
    if mark.exists() and time.time() - mark.stat().st_mtime < RANK_PAUSE:
        return False
    with transaction.atomic():
        ReadingHour.objects.purge(at)
        has_changed = MostRead.objects.renew(at)
        if has_changed:
            PageGeneration.objects.bump([GENERATION])
    mark.touch()
    return has_changed
