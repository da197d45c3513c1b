"""manage.py sync_roles"""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.roles import ROLES, sync_roles


class Command(BaseCommand):
    help = "Give the groups of the newsroom exactly their rights. Runs after migrate by itself; may be repeated."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_roles()
        self.stdout.write(f"Roles kept: {', '.join(ROLES)}")
