"""manage.py create_first_categories"""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from articles.models import Category

DATA = Path(__file__).resolve().parents[2] / "data" / "categories.toml"


class Command(BaseCommand):
    help = "Create the categories of a Moroccan portal, the twelve regions among them, where they are missing."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["category"]
        created = sum(self._create(position, row) for position, row in enumerate(rows, start=1))
        self.stdout.write(f"Categories: {created} created, {len(rows) - created} there already")

    def _create(self, position: int, row: dict[str, Any]) -> bool:
        values = {f"name_{code}": row[code] for code in ("ar", "fr", "en")}
        if "parent" in row:
            values["parent"] = Category.objects.get(slug=row["parent"])
        values |= {"position": position, "in_menu": "parent" not in row}
        return Category.objects.get_or_create(slug=row["slug"], defaults=values)[1]
