"""manage.py make_renditions"""

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles import renditions
from articles.models import Article, Picture

WIDTH = 30


class Command(BaseCommand):
    help = "Make the sizes of all published pictures before a reader asks for them, and delete outdated ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="of every picture in the library")

    def handle(self, *args: Any, **options: Any) -> None:
        pictures = Picture.objects.order_by("-pk")
        if not options["all"]:
            pictures = pictures.filter(pk__in=Article.objects.published().order_by().values("picture"))
        made = make_all(pictures, self._show)
        self.stdout.write(f"Made {made} renditions")

    def _show(self, done: int, count: int) -> None:
        if self.stdout.isatty():
            filled = WIDTH * done // count
            bar = "█" * filled + "·" * (WIDTH - filled)
            self.stdout.write(f"\r{bar} {done} of {count} ", ending="\n" if done == count else "")
            self.stdout.flush()


def make_all(pictures: Any, show: Callable[[int, int], None]) -> int:
    """Make what the pages offer of `pictures`, tell `show(done, all)` after each; how many were made."""
    made, count = 0, pictures.count()
    for number, picture in enumerate(pictures.iterator(), start=1):
        renditions.forget(picture.pk, keep=picture.key)
        for entry in renditions.offered(picture):
            if renditions.stored(entry) is None:
                made += renditions.make(picture, entry) is not None
        show(number, count)
    return made
