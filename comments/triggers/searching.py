"""SQLite's index for the search at the desk (migration 0006_record); PostgreSQL keeps its own by itself."""

from django.db.backends.base.base import BaseDatabaseWrapper

from comments.triggers.trigger import Trigger

SEARCH = "comments_searchindex"
TABLES = {"comments_comment", SEARCH}
# `folded` is the stems of the name, a line break, and the stems of the text.
STEMS = (
    "{row}.id, substr({row}.folded, 1, instr({row}.folded, char(10)) - 1), "
    "substr({row}.folded, instr({row}.folded, char(10)) + 1)"
)
_INDEX = f"INSERT INTO {SEARCH} (rowid, name, text) VALUES ({STEMS.format(row='NEW')});"  # noqa: S608 (no words of readers)
_FORGET = f"INSERT INTO {SEARCH} ({SEARCH}, rowid, name, text) VALUES ('delete', {STEMS.format(row='OLD')});"  # noqa: S608
TRIGGERS = [
    Trigger("comments_search_insert", "comments_comment", "AFTER INSERT", _INDEX),
    Trigger("comments_search_delete", "comments_comment", "AFTER DELETE", _FORGET),
    Trigger(
        "comments_search_update",
        "comments_comment",
        "AFTER UPDATE OF folded",
        _FORGET + _INDEX,
        condition="OLD.folded IS DISTINCT FROM NEW.folded",
    ),
]
FUNCTIONS: list[str] = []


def forget_erased(connection: BaseDatabaseWrapper) -> None:
    """Take what was deleted out of SQLite's index for good: until then it only stands there as deleted."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {SEARCH} ({SEARCH}) VALUES ('optimize')")  # noqa: S608 (our own name)
