"""manage.py tick"""

import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from newsroom.tick import run_tasks

INTERVAL = 5  # seconds


class Command(BaseCommand):
    help = "Send mail, queue digests, keep the times of retention: once, or over and over with --loop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on until SIGTERM or SIGINT")
        parser.add_argument("--interval", type=float, default=INTERVAL, help=f"seconds between two runs ({INTERVAL})")
        parser.add_argument("--with-parent", action="store_true", help="end with the process that started this one")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["loop"]:
            self._loop(options["interval"], os.getppid() if options["with_parent"] else None)
        elif failed := run_tasks():
            raise CommandError(f"Failed: {', '.join(failed)}")

    def _loop(self, interval: float, parent: int | None) -> None:
        """Run until a signal asks to stop; the run that is under way is finished first."""
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        while not stop.is_set():
            close_old_connections()
            run_tasks()
            if parent is not None and os.getppid() != parent:
                return
            stop.wait(interval)
