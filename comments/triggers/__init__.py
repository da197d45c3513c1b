"""What the database itself does about comments: it counts them, keeps the logs as they are, and what is on hold.

Counted by triggers, the numbers are right after any write, a bulk one or one by hand, and after a
crash. SQLite loses a table's triggers where a migration alters that table, because Django copies it
then; therefore they are made anew after each `migrate`.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from comments.triggers import counting, keeping, searching, versions
from comments.triggers.trigger import POSTGRESQL

SUBJECTS = (counting, keeping, searching, versions)


def install(connection: BaseDatabaseWrapper) -> None:
    """Make all triggers whose tables are there, in place of those that stand."""
    vendor, tables = connection.vendor, set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for subject in (subject for subject in SUBJECTS if tables >= subject.TABLES):
            for statement in subject.FUNCTIONS if vendor == POSTGRESQL else []:
                cursor.execute(statement)
            for trigger in subject.TRIGGERS:
                cursor.execute(trigger.drop(vendor))
                if trigger.runs_on(vendor):
                    cursor.execute(trigger.create(vendor))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take those triggers away that count and that refuse; those that keep the search in step stay."""
    with connection.cursor() as cursor:
        for trigger in (trigger for subject in (counting, keeping, versions) for trigger in subject.TRIGGERS):
            cursor.execute(trigger.drop(connection.vendor))


def recount(connection: BaseDatabaseWrapper) -> None:
    """Count everything anew from the rows: for data that came in while there were no triggers."""
    with connection.cursor() as cursor:
        for statement in counting.RECOUNT.split(";"):
            cursor.execute(statement)


def install_after_migrate(using: str, **kwargs: Any) -> None:
    """For `post_migrate`: the tables may be new, or have lost their triggers."""
    install(connections[using])
