"""Files in which requests leave lines for `tick`: who only tells something writes nothing to the database."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings

PAUSE = 60  # seconds between two batches


class Spool:
    """The file `<name>.log` in VAR_ROOT, of at most `most_bytes`; what comes after that is left out."""

    def __init__(self, name: str, most_bytes: int) -> None:
        self.name, self.most_bytes = name, most_bytes

    @property
    def path(self) -> Path:
        return Path(settings.VAR_ROOT) / f"{self.name}.log"

    @property
    def taken(self) -> Path:
        """The batch that is being counted; once it is, an empty file that tells when."""
        return Path(settings.VAR_ROOT) / f"{self.name}.batch"

    def append(self, line: bytes) -> None:
        """Write `line`, which ends with a line break. It never fails: what cannot be written is left out."""
        with suppress(OSError):
            self._append(line)

    def is_due(self) -> bool:
        """Whether there is a batch to count: a new one after PAUSE, or one whose counting failed."""
        if not self.taken.exists():
            return self.path.exists()
        state = self.taken.stat()
        return state.st_size > 0 or (self.path.exists() and time.time() - state.st_mtime >= PAUSE)

    @contextmanager
    def batch(self) -> Iterator[list[bytes]]:
        """The lines of a batch, for one process at a time; gone at the end, there again if the block fails.

        Within a transaction nothing is counted twice. What is lost at worst is the batch of a process that
        dies between the end of the block and the end of its transaction.
        """
        if not self.taken.exists() or not self.taken.stat().st_size:
            self.path.replace(self.taken)  # whoever holds the old file open writes a last line into it, or loses one
        yield self.taken.read_bytes().splitlines()
        self.taken.write_bytes(b"")

    def _append(self, line: bytes) -> None:
        """One write to the end of the file, which the kernel keeps whole, whichever processes write at once."""
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            if os.fstat(handle).st_size + len(line) <= self.most_bytes:
                os.write(handle, line)
        finally:
            os.close(handle)
