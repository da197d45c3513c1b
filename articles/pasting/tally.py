"""What was changed of a pasted text, to be shown to the one who pasted it."""

from collections import Counter
from typing import NamedTuple

MOST_EXAMPLES = 3
LONGEST = 40  # characters of an example


class Change(NamedTuple):
    """Changes of one kind: how many, and some of them before and after."""

    kind: str
    number: int
    examples: tuple[tuple[str, str], ...] = ()


class Cleaned(NamedTuple):
    """A cleaned text or HTML, with its changes in the order of the rules."""

    content: str
    changes: tuple[Change, ...]


class Tally:
    """Counts changes while they are made."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._examples: dict[str, list[tuple[str, str]]] = {}

    def count(self, kind: str, times: int = 1) -> None:
        if times:
            self._counts[kind] += times

    def wants(self, kind: str) -> bool:
        """Whether another example of this kind would be kept."""
        return len(self._examples.get(kind, ())) < MOST_EXAMPLES

    def show(self, kind: str, before: str, after: str) -> None:
        """Keep an example, unless there is one like it."""
        pair = (before[:LONGEST], after[:LONGEST])
        examples = self._examples.setdefault(kind, [])
        if pair not in examples:
            examples.append(pair)

    def changes(self) -> tuple[Change, ...]:
        return tuple(Change(kind, count, tuple(self._examples.get(kind, ()))) for kind, count in self._counts.items())
