"""The database's index of the words in comments: SQLite's FTS5, PostgreSQL's GIN (migration 0006_record).

Both give the newest comments that hold some stems without sorting all that do: FTS5 keeps its rows
in the order of their keys; for PostgreSQL keys are cut into windows, and the index is asked for one
window after the other until there are enough.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection

from comments.triggers.searching import SEARCH

BEYOND = 2**63 - 1  # behind every key
SQLITE = f"SELECT rowid FROM {SEARCH} WHERE {SEARCH} MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
# As the index has them, to the letter.
VECTOR = (
    "(setweight(to_tsvector('simple', split_part(folded, E'\\n', 1)), 'A')"
    " || setweight(to_tsvector('simple', split_part(folded, E'\\n', 2)), 'B'))"
)
MARKS = "(ARRAY['o' || (id >> 9), 'p' || (id >> 12), 'q' || (id >> 15), 'r' || (id >> 18), 's' || (id >> 21)])"
# The mark of a window, and how many bits of a key it leaves out.
WINDOWS = (("o", 9), ("p", 12), ("q", 15), ("r", 18), ("s", 21))
# Keys in arithmetic, so that the planner never walks their index and tests row by row.
POSTGRESQL = (
    f"(SELECT id FROM comments_comment WHERE {VECTOR} @@ %s::tsquery{{window}} "  # noqa: S608
    "AND id + 0 BETWEEN %s AND %s ORDER BY id + 0 DESC LIMIT %s)"
)


def newest_with(words: Sequence[str], name: Sequence[str], before: int | None, count: int) -> list[int]:
    """The newest `count` comments with a key below `before` that hold the stems `words`, and in their name `name`.

    Stems hold letters and digits alone, so that in quotation marks nothing of them is syntax.
    """
    build = _postgresql if connection.vendor == "postgresql" else _sqlite
    sql, parameters = build(words, name, BEYOND if before is None else before, count)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [key for (key,) in cursor.fetchall()]


def _sqlite(words: Sequence[str], name: Sequence[str], before: int, count: int) -> tuple[str, list[Any]]:
    terms = [f'"{word}"' for word in words] + [f'name : "{word}"' for word in name]
    return SQLITE, [" AND ".join(terms), before, count]


def _postgresql(words: Sequence[str], name: Sequence[str], before: int, count: int) -> tuple[str, list[Any]]:
    query = " & ".join([f"'{word}'" for word in words] + [f"'{word}':A" for word in name])
    parts, parameters = [], []
    for marks, first, last in _windows(min(before, _newest() + 1) - 1):
        parts.append(POSTGRESQL.format(window=f" AND {MARKS} && %s::text[]" if marks else ""))
        parameters += [query, *([marks] if marks else []), first, last, count]
    # An append stops as soon as its limit is reached.
    return f"SELECT id FROM ({' UNION ALL '.join(parts)}) AS windows LIMIT %s", [*parameters, count]  # noqa: S608


def _newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM comments_comment")
        return cursor.fetchone()[0]


def _windows(last: int) -> Iterator[tuple[list[str], int, int]]:
    """Marks, first and last key of each window, from the newest on; the last has no mark."""
    top = last
    for mark, bits in WINDOWS:
        number = top >> bits
        first = max((number - 1) << bits, 0)
        if first <= last:
            yield [f"{mark}{number}", f"{mark}{number - 1}"], first, last
        last = first - 1
    yield [], 0, last
