"""manage.py personal_data export|erase ADDRESS"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from comments.models import Comment
from comments.personal_data import records as personal
from comments.privacy import address_digest


class Command(BaseCommand):
    help = "Give out or erase everything that is kept about an e-mail address. Prove the mailbox first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["export", "erase"])
        parser.add_argument("address")
        parser.add_argument("--output", help="the file that an export is written to (standard output)")
        parser.add_argument("--yes", action="store_true", help="erase without asking")

    def handle(self, *args: Any, **options: Any) -> None:
        digest = address_digest(options["address"])
        if options["act"] == "export":
            self._export(digest, options["output"])
        else:
            self._erase(digest, is_sure=options["yes"])

    def _export(self, digest: str, output: str | None) -> None:
        text = json.dumps(personal.export(digest), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        if output is None:
            self.stdout.write(text)
            return
        path = Path(output)
        path.touch(mode=0o600)
        path.write_text(text + "\n", encoding="utf-8")

    def _erase(self, digest: str, *, is_sure: bool) -> None:
        if not is_sure and not self._asks(digest):
            raise CommandError("Nothing was erased.")
        erased = personal.erase(digest)
        self.stdout.write(
            f"Erased: {erased.deleted} comments, {erased.subscriptions} subscriptions. "
            f"Emptied, because others answered them: {erased.emptied}."
        )
        for name, count in erased.others.items():
            self.stdout.write(f"Emptied: {count} {name}.")
        if erased.keeps_sender:
            self.stdout.write("A keyed hash of the address stays: a ban, “always hold” or a legal hold needs it.")
        if erased.held:
            raise CommandError(f"{erased.held} comments are kept for legal reasons and were not erased.")

    def _asks(self, digest: str) -> bool:
        if not sys.stdin.isatty():
            raise CommandError("Add --yes to erase without being asked.")
        count = Comment.objects.filter(email_digest=digest).count()
        return input(f"Erase {count} comments and all else about this address? Type yes: ").strip() == "yes"
