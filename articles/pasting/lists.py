"""Lists that were typed: paragraphs that begin with a bullet, or with numbers in a row."""

import re
from collections.abc import Iterator

from articles.pasting.stream import Block, Item
from articles.pasting.tally import Tally

BULLET = re.compile("(?:[•·▪▫◦‣●○■□◆►❖➢✓*–—-]|[\uf000-\uf0ff])[ \u00a0]+(?=\\S)")
NUMBER = re.compile(r"\(?(?P<number>\d{1,3})[.)-][ \u00a0]+(?=\S)")
WORD_NUMBER = re.compile(r"\s*\(?(\d{1,3})[.)-]")
LEAST = 2  # one line that begins with a dash may be a quotation


def with_lists(items: list[Item], tally: Tally) -> Iterator[Item]:
    """`items` with each run of typed items as a list."""
    place = 0
    while place < len(items):
        end = _end_of_list(items, place)
        if end == place:
            yield items[place]
            place += 1
            continue
        blocks = [item for item in items[place:end] if isinstance(item, Block)]
        tally.count("lists")
        yield from _list_of(blocks)
        place = end


def _end_of_list(items: list[Item], start: int) -> int:
    """Where the list that begins at `start` ends; `start` itself if none does."""
    first = _number(items[start])
    end = start
    while end < len(items):
        number = _number(items[end])
        if number is None or first is None or (number != 0) != (first != 0):
            break
        if first and number != first + end - start:
            break
        end += 1
    by_word = isinstance(items[start], Block) and bool(items[start].marker)  # type: ignore[union-attr]
    return end if end - start >= (1 if by_word else LEAST) else start


def _number(item: Item) -> int | None:
    """The number of a typed item, 0 for a bullet; None for what is no item."""
    if not isinstance(item, Block) or item.kind != "p":
        return None
    if item.marker:
        found = WORD_NUMBER.match(item.marker)
        return int(found[1]) if found else 0
    if NUMBER.match(item.text):
        return int(NUMBER.match(item.text)["number"]) or None  # type: ignore[index]
    return 0 if BULLET.match(item.text) else None


def _list_of(blocks: list[Block]) -> Iterator[Item]:
    first = _number(blocks[0]) or 0
    name = "ol" if first else "ul"
    yield f'<ol start="{first}">' if first > 1 else f"<{name}>"
    for block in blocks:
        typed = None if block.marker else NUMBER.match(block.text) or BULLET.match(block.text)
        block.cut(typed.end() if typed else 0)
        yield f"<li>{block.written()}</li>"
    yield f"</{name}>"
