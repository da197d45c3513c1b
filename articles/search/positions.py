"""Where an article stands among all, as one number that both databases keep in order.

The newest articles that hold a word are then the end of one list: no sorting, at any size.
"""

from datetime import UTC, datetime

KEY_BITS = 32
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
FIRST, LAST = -(2**31) + 1, 2**31 - 2
# Behind every time: what is not published stands where no reader's search arrives.
NEVER = 2**31 - 1


def position_of(published_at: datetime | None, key: int) -> int:
    """The place of the article `key`: seconds since 2000, then its key's last 32 bits.

    `published_at` is None for what is not published. Times before 1932 or after 2068 stand at
    either end.
    """
    return _join(NEVER if published_at is None else _seconds(published_at), key)


def last_position(at: datetime) -> int:
    """The place behind every article published at `at` or earlier."""
    return _join(_seconds(at), 2**KEY_BITS - 1)


def first_position(at: datetime) -> int:
    """The place before every article published at `at` or later."""
    return _join(_seconds(at), 0)


def key_of(position: int) -> int:
    """The key of the article that stands at `position`."""
    return position & (2**KEY_BITS - 1)


def _seconds(at: datetime) -> int:
    return min(max(int((at - EPOCH).total_seconds() // 1), FIRST), LAST)


def _join(seconds: int, key: int) -> int:
    return (seconds << KEY_BITS) | (key & (2**KEY_BITS - 1))


EARLIEST = _join(FIRST, 0)
