"""manage.py demo"""

import os
import socket
import subprocess
import sys
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Article
from newsroom.demo import accounts, bulk
from newsroom.demo.loader import Loader

HOST = "127.0.0.1"
WIDTH = 30


class Command(BaseCommand):
    help = "Make a portal full of demonstration content and serve it. It may be run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="prepare everything, then stop")
        parser.add_argument("--port", type=int, default=8000, help="where to serve (8000)")
        parser.add_argument("--host", default=HOST, help=f"on which address to serve ({HOST})")
        parser.add_argument("--articles", type=int, default=0, help="add articles up to this number, for measuring")
        parser.add_argument("--comments", type=int, default=0, help="add comments up to this number, for measuring")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        if not accounts.exist() and (Article.objects.exists() or User.objects.exists()):
            raise CommandError(
                "This database holds content that is not the demo's. Point DATABASE_URL at an empty one."
            )
        people = accounts.make()
        for what, number, count in Loader().steps():
            self._show(what, number, count)
        bulk.fill_articles(options["articles"], partial(self._show, "more articles"))
        bulk.fill_comments(options["comments"], partial(self._show, "more comments"))
        call_command("collectstatic", verbosity=0, interactive=False)
        self._introduce(people, options["port"])
        if not options["no_serve"]:
            self._serve(options["host"], options["port"])

    def _show(self, what: str, number: int, count: int) -> None:
        if self.stdout.isatty():
            bar = "█" * (WIDTH * number // count) + "·" * (WIDTH - WIDTH * number // count)
            self.stdout.write(f"\r{bar} {number} of {count} {what} ", ending="\n" if number == count else "")
        elif number == count:
            self.stdout.write(f"Loaded {count} {what}")
        self.stdout.flush()

    def _introduce(self, people: list[accounts.Account], port: int) -> None:
        address = f"http://localhost:{port}"
        self.stdout.write(f"\n  Readers:  {address}/   {address}/fr/   {address}/en/")
        self.stdout.write(f"  Staff:    {address}/admin/")
        self.stdout.write(f"  Mail:     {settings.VAR_ROOT}/mail/ (unless EMAIL_URL names a server)\n\n")
        self.stdout.write(f"  {'account':<16}password")
        for person in people:
            self.stdout.write(f"  {person.username:<16}{person.password or '(changed since)'}")
        self.stdout.write("")

    def _serve(self, host: str, port: int) -> None:
        """Become the server, with `tick` beside; every setting they need is in the environment and `.env`."""
        with socket.socket() as probe:
            # granian would share a taken port without a word, and two servers answer in turn.
            if probe.connect_ex((host, port)) == 0:
                raise CommandError(f"Port {port} is taken. `PORT={port + 1} make demo` serves elsewhere.")
        self.stdout.flush()
        # The links in its mails lead to this server. It ends by itself when the server is gone.
        tick = [sys.executable, "manage.py", "tick", "--loop", "--with-parent", "--interval", "2"]
        environment = {"SITE_URL": f"http://localhost:{port}", **os.environ}
        subprocess.Popen(tick, cwd=settings.BASE_DIR, env=environment, process_group=0)  # noqa: S603 (as below)
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
        command += ["--workers", "2", "--blocking-threads", "4", "newsroom.wsgi:application"]
        os.execv(sys.executable, command)  # noqa: S606 (no shell, and nothing from outside in it)
