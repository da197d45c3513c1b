"""Where a page stands: the pages above it, from the front page down, for its breadcrumbs and for search engines."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Crumb:
    """A page above the one at hand: what it is called, and its address on this site."""

    label: str
    url: str


def trail_of(category: Any) -> list[Crumb]:
    """The pages of `category` and of its parent, the highest first; none for None.

    The front page is not among them: who shows a trail begins it there. It reads the parent, which the
    caller has selected along.
    """
    if category is None:
        return []
    return [*trail_of(category.parent), crumb_of(category)]


def crumb_of(thing: Any) -> Crumb:
    """The page of `thing`, such as the article that a form is about."""
    return Crumb(str(thing), thing.get_absolute_url())
