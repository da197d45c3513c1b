"""manage.py rotate_keys"""

from typing import Any

from django.core.management.base import BaseCommand

from comments.personal_data import keys


class Command(BaseCommand):
    help = "Encrypt every address and second factor under the newest of ADDRESS_KEYS. It may be stopped and run again."

    def handle(self, *args: Any, **options: Any) -> None:
        total, state = keys.count(), keys.Rotation()
        for state in keys.rotate():
            self._show(state, total)
        self.stdout.write(f"{state.rotated} of {state.seen} addresses and second factors encrypted anew.")
        if state.sealed:
            self.stdout.write(
                f"{state.sealed} cannot be opened by any key and stay as they are: their key must not be the one you "
                "take away."
            )
        else:
            self.stdout.write("Every key but the newest may be taken away.")

    def _show(self, state: keys.Rotation, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{state.seen} of {total} ", ending="\n" if state.seen >= total else "")
            self.stdout.flush()
