"""What a feed says, whatever it is written in."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from articles.validators import drop_forbidden

LENGTH = 30  # items
UNTITLED = "…"  # where a name is asked for and there is none


class Clean:
    """Every text in it is without the characters that no feed may hold: XML has no way to write them."""

    def __post_init__(self) -> None:
        for each in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, each.name, _clean(getattr(self, each.name)))


@dataclass(frozen=True)
class Person(Clean):
    """Someone who wrote, and the address of their page, if there is one."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Photo(Clean):
    """A picture with what must be said of it; the size is in bytes, 0 where it is not known."""

    url: str
    media_type: str
    size: int
    width: int
    height: int
    alt: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Item(Clean):
    """An article or a comment. `key` is an absolute address that never changes."""

    key: str
    url: str
    title: str
    published: datetime
    updated: datetime
    is_permalink: bool = True  # whether `key` leads somewhere
    text: str = ""  # plain; one of the two is filled
    html: str = ""  # cleaned
    authors: tuple[Person, ...] = ()
    subjects: tuple[str, ...] = ()
    photo: Photo | None = None


@dataclass(frozen=True)
class Channel(Clean):
    """A feed. All addresses are absolute, all times local."""

    title: str
    description: str
    url: str  # of the page whose feed it is
    address: str  # its own
    language: str
    updated: datetime
    items: tuple[Item, ...] = field(default=())
    author: str = ""  # of all that has none of its own
    hub: str = ""  # where readers' programs subscribe; empty where there is none


def newest(items: tuple[Item, ...], otherwise: datetime) -> datetime:
    """When the newest of `items` changed; `otherwise` where there are none."""
    return max((item.updated for item in items), default=otherwise)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return drop_forbidden(value).strip()
    if isinstance(value, tuple):
        return tuple(each for each in map(_clean, value) if each != "")
    return value
