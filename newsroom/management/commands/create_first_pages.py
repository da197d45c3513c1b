"""manage.py create_first_pages"""

import tomllib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from newsroom.models import Page

DATA = Path(__file__).resolve().parents[2] / "data" / "pages.toml"


class Command(BaseCommand):
    help = "Create the pages that every newspaper needs, with texts to fill in, where there is none of their kind."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["page"]
        created = sum(self._create(position, row) for position, row in enumerate(rows, start=1))
        self.stdout.write(f"Pages: {created} created, {len(rows) - created} there already")

    def _create(self, position: int, row: dict[str, Any]) -> bool:
        if Page.objects.filter(kind=row["kind"]).exists() or Page.objects.filter(slug=row["slug"]).exists():
            return False
        words = {f"{name}_{code}": row[code][name] for code in ("ar", "fr", "en") for name in ("title", "body")}
        Page.objects.create(kind=row["kind"], slug=row["slug"], position=position, **words)
        return True
