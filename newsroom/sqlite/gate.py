"""A gate that one writer passes at a time, of all threads and processes that write to one database.

SQLite lets a writer that finds another at work sleep, for up to a tenth of a second, and ask again:
with many writers some are always asleep when their turn comes. Here they wait for a lock of the
kernel, which wakes them at once and frees the lock when its holder dies.
"""

import fcntl
import os
import threading
from pathlib import Path


class GateTimeoutError(Exception):
    """The gate did not open in time."""


class Gate:
    """The gate of the file `path`, which is made where it is missing; not to be passed twice at once."""

    def __init__(self, path: Path, timeout: float) -> None:
        self.path, self.timeout = path, timeout  # seconds
        self._file: int | None = None

    def enter(self) -> None:
        """Wait until it is ours. Raises GateTimeoutError after `timeout`."""
        file = os.open(self.path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not _Waiter(file).wait(self.timeout):
                raise GateTimeoutError from None
        self._file = file

    def leave(self) -> None:
        """Let the next one pass; does nothing where it is not ours."""
        if self._file is not None:
            os.close(self._file)  # the lock goes with it
            self._file = None


class _Waiter(threading.Thread):
    """Waits in the kernel for the lock on `file`, so that somebody else may stop waiting: flock knows no timeout."""

    def __init__(self, file: int) -> None:
        super().__init__(daemon=True, name="newsroom-gate")
        self._file = file
        self._settled = threading.Lock()  # whoever takes it first decides whether the lock is wanted
        self._locked = threading.Event()

    def wait(self, timeout: float) -> bool:
        """Whether the lock was ours within `timeout` seconds; where it was not, `file` is closed some time."""
        self.start()
        return self._locked.wait(timeout) or not self._settled.acquire(blocking=False)

    def run(self) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX)
        if self._settled.acquire(blocking=False):
            self._locked.set()
        else:
            os.close(self._file)
