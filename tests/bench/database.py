"""A database of the measuring command's own, made and dropped again; DATABASE_URL says on which server."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django


def set_up() -> None:
    """Start Django with the settings of tests."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()


@contextmanager
def scratch_database() -> Iterator[str]:
    """Run in an empty, migrated database; gives the vendor's name."""
    from django.db import connection

    folder = tempfile.TemporaryDirectory(prefix="newsroom-bench-")
    original = connection.settings_dict["NAME"]
    in_file = str(Path(folder.name) / "bench.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = in_file if connection.vendor == "sqlite" else "newsroom_bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)
        folder.cleanup()
