"""Paging by keyset: the next page starts after a row, so page 5,000 costs what page 1 costs."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest

Cursor = tuple[datetime, int]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Microseconds since 1970 and a key, each within what a database's columns hold.
CURSOR = re.compile(r"([0-9]{1,16})-([0-9]{1,18})")


@dataclass(frozen=True)
class Page:
    """One page of a list, and what `?before=` takes to the page that follows (empty at the end)."""

    items: list[Any]
    next_cursor: str


def read_cursor(request: HttpRequest, key: str = "before") -> Cursor | None:
    """Where the page starts that the query asks for under `key`; None for the first.

    Raises Http404 for a malformed cursor.
    """
    text = request.GET.get(key, "")
    if not text:
        return None
    match = CURSOR.fullmatch(text)
    if not match:
        raise Http404("malformed cursor")
    return EPOCH + timedelta(microseconds=int(match[1])), int(match[2])


def cursor_query(request: HttpRequest) -> str:
    """The query that asks for the same page of another list; empty for the first page and for a malformed cursor."""
    text = request.GET.get("before", "")
    return f"?before={text}" if CURSOR.fullmatch(text) else ""


def write_cursor(at: datetime, key: int) -> str:
    """The text that `read_cursor` reads back, to the microsecond."""
    return f"{(at - EPOCH) // timedelta(microseconds=1)}-{key}"


def paginate(rows: models.QuerySet, size: int, time_field: str, key_field: str = "pk") -> Page:
    """The first `size` of `rows`, which are ordered by (-time_field, -key_field) and start at the cursor."""
    found = list(rows[: size + 1])
    items = found[:size]
    if len(found) <= size:
        return Page(items, "")
    return Page(items, write_cursor(getattr(items[-1], time_field), getattr(items[-1], key_field)))
