"""manage.py keep_wall_times"""

from typing import Any

from django.core.management.base import BaseCommand

from articles.models import Article


class Command(BaseCommand):
    help = (
        "Move scheduled articles to the instant at which the clock shows the time they were planned for. "
        "Needed where new zone data move the clock; runs after migrate by itself; may be repeated."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Scheduled articles moved: {Article.objects.keep_wall_times()}")
