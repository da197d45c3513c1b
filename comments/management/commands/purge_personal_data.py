"""manage.py purge_personal_data"""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from comments.personal_data import retention


class Command(BaseCommand):
    help = "End what is kept only for a time: connections, addresses, proofs, sent mail. `tick` runs it daily."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ip-days", type=_days, help="days that connections are kept (as set at the desk)")
        parser.add_argument("--email-days", type=_days, help="days that addresses are kept (as set at the desk)")
        parser.add_argument("--dry-run", action="store_true", help="only say how much there is")

    def handle(self, *args: Any, **options: Any) -> None:
        work = retention.purgeable if options["dry_run"] else retention.purge
        counts = work(ip_days=options["ip_days"], email_days=options["email_days"])
        for name, count in counts.items():
            self.stdout.write(f"{name}: {count}")
        if not any(counts.values()):
            self.stdout.write("Nothing has had its time.")


def _days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise argparse.ArgumentTypeError("a whole number of days")
    return int(text)
