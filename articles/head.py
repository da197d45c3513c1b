"""What the head of a public page tells networks and search engines."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from articles.bidi import one_line
from articles.cards.card import SIZE, Card, can_shape
from articles.html import plain_text
from articles.models import Article
from articles.paging import cursor_query
from articles.renditions import WIDE, Rendition, key_of, widths_for
from articles.structured import Origin
from articles.wording import shorten

DESCRIPTION = 160  # characters
TITLE = 300
LOOKED_AT = 4000  # of a body that has to describe itself


@dataclass(frozen=True)
class Image:
    """The picture of a page, where its address is shared."""

    address: str
    width: int
    height: int
    alt: str = ""


@dataclass
class Head:
    """All of it but what is told in JSON-LD, which is `data`."""

    title: str
    description: str
    address: str
    newspaper: str
    kind: str = "website"
    image: Image | None = None
    short_address: str = ""
    article: Article | None = None
    section: Any = None
    tags: list[Any] = field(default_factory=list)
    data: str = ""

    @property
    def other_locales(self) -> list[str]:
        """The other languages that an article exists in."""
        codes = self.article.languages() if self.article else []
        return [f"{code}_MA" for code in codes if code != get_language()]


def own_address(request: HttpRequest) -> str:
    """The address that a page is to be known by: its path, and its place in a list that goes on."""
    return f"{request.scheme}://{request.get_host()}{request.get_full_path_info().partition('?')[0]}{cursor_query(request)}"


def beginning(text: object, length: int = DESCRIPTION) -> str:
    """The first `length` characters of a text, in one line."""
    return shorten(one_line(text or ""), length)


def describe(article: Article) -> str:
    """The summary of an article, or its first words."""
    return beginning(article.summary or opening(article.body))


def opening(body: str | None) -> str:
    """What a cleaned body says first."""
    text = body or ""
    return plain_text(text if len(text) <= LOOKED_AT else text[:LOOKED_AT].rpartition("<")[0])


def share_image(card: Card, origin: Origin) -> Image:
    """The card of an article; where no words can be drawn here, its picture, if it has one that is large enough."""
    picture = card.picture
    widths = widths_for(picture, WIDE, (1280, 960, 640)) if picture and not can_shape() else []
    if widths:
        shown = Rendition(picture.pk, key_of(picture), WIDE, widths[0], "webp")
        return Image(origin.of(shown.address), widths[0], widths[0] * 9 // 16, beginning(picture.alt))
    return Image(origin.of(card.address), *SIZE, beginning(card.title))


def origin_of(request: HttpRequest, site: Any) -> Origin:
    """The origin that the request came to: one of ALLOWED_HOSTS."""
    return Origin(f"{request.scheme}://{request.get_host()}", site)
