"""Pasted HTML as it was understood: blocks of text, and the tags of the structure between them."""

from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple


class Run(NamedTuple):
    """A piece of text with the tags around it, the outermost first."""

    text: str
    marks: tuple[str, ...]


@dataclass
class Block:
    """A paragraph, heading or caption."""

    kind: str
    runs: list[Run] = field(default_factory=list)
    marker: str = ""  # what Word writes before an item of a list

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def cut(self, length: int) -> None:
        """Take `length` characters away from the beginning."""
        while length and self.runs:
            first, *rest = self.runs
            taken = min(length, len(first.text))
            self.runs = [first._replace(text=first.text[taken:]), *rest] if taken < len(first.text) else rest
            length -= taken

    def written(self) -> str:
        """The block as HTML, each tag opened as late and closed as early as can be."""
        pieces: list[str] = []
        standing: tuple[str, ...] = ()
        for run in [*self.runs, Run("", ())]:
            shared = 0
            while shared < min(len(standing), len(run.marks)) and standing[shared] == run.marks[shared]:
                shared += 1
            pieces += [f"</{mark.split()[0]}>" for mark in reversed(standing[shared:])]
            pieces += [f"<{mark}>" for mark in run.marks[shared:]]
            pieces.append(escape(run.text, quote=False).replace("\n", "<br>"))
            standing = run.marks
        return f"<{self.kind}>{''.join(pieces)}</{self.kind}>"


Item = Block | str
