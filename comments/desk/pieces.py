"""A comment's text as a card shows it: in paragraphs, with what a rule met marked, and addresses as plain text."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from comments.html import ADDRESS, PARAGRAPH_BREAK

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A run of text: marked where a rule met it; with its domain where it is an address."""

    text: str
    marked: bool = False
    domain: str = ""


def pieces(text: str, marked: Span | None = None) -> list[list[Piece]]:
    """The paragraphs of `text`, each in pieces; `marked` is the span to point at. Together they are the text."""
    start, end = marked or (0, 0)
    found = []
    for first, last in _paragraphs(text):
        runs = (run for link in _links(text, first, last) for run in _cut(text, link, start, end))
        found.append([run for run in runs if run.text])
    return [paragraph for paragraph in found if paragraph]


def links_of(text: str) -> list[Span]:
    """Where the web addresses of `text` stand."""
    return [match.span(1) for match in ADDRESS.finditer(text)]


def domain_of(address: str) -> str:
    """The host that an address leads to, whatever stands before an @ in it; empty where there is none."""
    try:
        return urlsplit(address if "://" in address[:8] else f"https://{address}").hostname or ""
    except ValueError:
        return ""


def _paragraphs(text: str) -> Iterator[Span]:
    first = 0
    for gap in PARAGRAPH_BREAK.finditer(text):
        yield first, gap.start()
        first = gap.end()
    yield first, len(text)


def _links(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    """The stretch in plain runs and addresses, each with its domain (empty: plain)."""
    at = first
    for match in ADDRESS.finditer(text, first, last):
        yield at, match.start(1), ""
        yield match.start(1), match.end(1), domain_of(match[1])
        at = match.end(1)
    yield at, last, ""


def _cut(text: str, run: tuple[int, int, str], start: int, end: int) -> Iterator[Piece]:
    """The run, cut where the marked span begins and ends."""
    first, last, domain = run
    inner_start, inner_end = max(first, min(start, last)), max(first, min(end, last))
    if inner_start >= inner_end:
        yield Piece(text[first:last], False, domain)
        return
    yield Piece(text[first:inner_start], False, domain)
    yield Piece(text[inner_start:inner_end], True, domain)
    yield Piece(text[inner_end:last], False, domain)
