"""manage.py flush"""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from comments import triggers


class Command(flush.Command):
    """As Django's; the logs, which refuse to be deleted from, let go for this once."""

    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        triggers.remove(connection)
        try:
            super().handle(**options)
        finally:
            triggers.install(connection)
