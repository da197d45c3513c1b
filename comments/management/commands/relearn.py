"""manage.py relearn"""

from typing import Any

from django.core.management.base import BaseCommand

from comments.learning.learner import relearn, rescore_all
from comments.models import Feature

WIDTH = 30


class Command(BaseCommand):
    help = "Let the learner learn anew from all that people decided, and score what waits. It may be run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        relearn(self._show)
        approved, refused = Feature.objects.lessons()
        self.stdout.write(f"Learnt from {approved} approved and {refused} refused comments")
        self.stdout.write(f"Scored anew: {rescore_all(self._show)} comments that wait")

    def _show(self, done: int, count: int) -> None:
        if self.stdout.isatty():
            filled = WIDTH * done // count
            bar = "█" * filled + "·" * (WIDTH - filled)
            self.stdout.write(f"\r{bar} {done} of {count} ", ending="\n" if done == count else "")
            self.stdout.flush()
