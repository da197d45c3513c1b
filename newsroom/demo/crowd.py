"""Readers and what they write, in any number: made of the demo's own sentences, each prepared once."""

import hashlib
import random
import re
from dataclasses import dataclass
from typing import NamedTuple

from articles.arabic import fold, stems
from comments.html import comment_html
from comments.privacy import address_digest, digest, encrypt
from newsroom.demo import content

SENTENCE = re.compile(r"[^.!?؟…]+[.!?؟…]*")
COMMENTS_PER_READER = 12
PARAGRAPH = ('<p dir="auto">', "</p>")


@dataclass(frozen=True)
class Reader:
    """Who writes, as a row of comments has it."""

    name: str
    name_stems: str
    email: str
    email_digest: str
    ip_digest: str
    network: str


class Sentence(NamedTuple):
    """A sentence that comments are made of, in the forms they are made from."""

    text: str
    html: str
    folded: str
    stems: str


@dataclass(frozen=True)
class Words:
    """A comment's text in all its stored forms."""

    text: str
    html: str
    stems: str
    digest: str
    hash: str


class Crowd:
    """`readers` of them; the same on every machine but for the keys that hide their addresses."""

    def __init__(self, readers: int) -> None:
        self.chance = random.Random("crowd")  # noqa: S311 (decoration, not a secret)
        rows = content.read("comments")["comment"]
        self.names = sorted({row["name"] for row in rows})
        texts = sorted({part.strip() for row in rows for part in SENTENCE.findall(row["text"]) if len(part) > 8})
        self.sentences = [Sentence(text, _line_html(text), fold(text), " ".join(stems(text))) for text in texts]
        self.readers = [self._reader(number) for number in range(max(readers, 1))]

    def _reader(self, number: int) -> Reader:
        name = f"{self.names[number % len(self.names)]} {number // len(self.names) or ''}".strip()
        address = f"crowd-{number}@demo.invalid"
        network = number // 4  # neighbours share one
        return Reader(
            name=name,
            name_stems=" ".join(stems(name)),
            email=encrypt(address),
            email_digest=address_digest(address),
            ip_digest=digest("demo", str(number)),
            network=f"10.{network >> 8 & 255}.{network & 255}.0/24",
        )

    def reader(self) -> Reader:
        """Somebody; a few write often, most seldom."""
        return self.readers[int(len(self.readers) * self.chance.random() ** 2)]

    def words(self, number: int) -> Words:
        """Two sentences and a number, so that no two comments are the same."""
        one, other = self.chance.choice(self.sentences), self.chance.choice(self.sentences)
        text = f"{one.text} {other.text} ({number})"
        html = f"{PARAGRAPH[0]}{one.html} {other.html} ({number}){PARAGRAPH[1]}"
        folded = digest("text", f"{one.folded} {other.folded} {number}")
        found_by = f"{one.stems} {other.stems} {number}"
        return Words(text, html, found_by, folded, hashlib.sha256(text.encode()).hexdigest())


def _line_html(text: str) -> str:
    return comment_html(text)[len(PARAGRAPH[0]) : -len(PARAGRAPH[1])]
