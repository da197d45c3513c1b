"""manage.py check_links"""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.linkcheck import check_articles


class Command(BaseCommand):
    help = "Find links of published articles to addresses of this site that lead nowhere, for the list of broken links."

    def handle(self, *args: Any, **options: Any) -> None:
        found = check_articles(self._show)
        for path, source in found.items():
            self.stdout.write(f"{path}  ← {source}")
        self.stdout.write(f"{len(found)} broken links")

    def _show(self, number: int, count: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r{number} of {count} articles ", ending="\n" if number == count else "")
            self.stdout.flush()
