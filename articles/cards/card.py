"""What a card shows, and the address that follows from it."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.urls import get_script_prefix
from django.utils.translation import get_language
from PIL import features

from articles.bidi import one_line
from articles.choices import Kind
from articles.models import Article
from articles.renditions import key_of

SIZE = (1200, 630)
EDITION = 1  # to be raised when the cards should come out otherwise
FOLDER = "cards"


@dataclass(frozen=True)
class Card:
    """A card in one language: that of an article, or of the site, which has no key."""

    pk: int
    language: str
    title: str
    label: str
    newspaper: str
    picture: Any = None

    @property
    def key(self) -> str:
        """Ten hexadecimal digits that change with whatever the card shows."""
        picture = key_of(self.picture) if self.picture else ""
        told = json.dumps([EDITION, self.title, self.label, self.newspaper, picture])
        return hashlib.sha256(told.encode()).hexdigest()[:10]

    @property
    def folder(self) -> str:
        """Where the storage keeps those of this article."""
        return f"{FOLDER}/{self.pk // 1000}/{self.pk}"

    @property
    def name(self) -> str:
        return f"{self.folder}/{self.language}-{self.key}.jpg"

    @property
    def address(self) -> str:
        return f"{get_script_prefix()}card/{self.pk or 'site'}-{self.key}-{self.language}.jpg"


def card_of(article: Article, newspaper: str) -> Card:
    """The card of `article` in the active language, in which it must exist; from the rows at hand alone.

    What is paid for says so; any other card is labelled by its kicker or its main category.
    """
    paid = article.get_kind_display() if article.kind == Kind.SPONSORED else ""
    label = paid or article.kicker or str(article.category)
    picture = article.picture if article.picture and article.picture.file else None
    title, label, newspaper = (one_line(each) for each in (article.title, label, newspaper))
    return Card(article.pk, get_language() or "", title, label, newspaper, picture)


def card_of_site(site: Any) -> Card:
    """The card of every page that is no article: the newspaper's name over its motto."""
    return Card(0, get_language() or "", one_line(site.name), "", one_line(site.tagline))


def can_shape() -> bool:
    """Whether this machine joins Arabic letters and orders them; without it a card has no words."""
    return bool(features.check("raqm") and features.check("fribidi"))
