"""manage.py rebuild_search_index"""

from typing import Any

from django.core.management.base import BaseCommand

from articles.search.index import rebuild

WIDTH = 30


class Command(BaseCommand):
    help = "Make the search index anew from all articles. Search goes on meanwhile; it may be run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild(self._show)
        self.stdout.write(f"Indexed {count} articles")

    def _show(self, done: int, count: int) -> None:
        if self.stdout.isatty():
            filled = WIDTH * done // count
            bar = "█" * filled + "·" * (WIDTH - filled)
            self.stdout.write(f"\r{bar} {done} of {count} ", ending="\n" if done == count else "")
            self.stdout.flush()
