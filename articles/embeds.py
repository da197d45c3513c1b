"""A stored body as its page shows it: bare links as cards, tables that scroll, pictures that load late.

Nothing foreign is loaded: a card names its place and opens the original.
"""

import re
from html import unescape
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy

from articles.figures import show_figures
from articles.html import TAG

VIDEO, POST, AUDIO = pgettext_lazy("embed", "Video"), pgettext_lazy("embed", "Post"), pgettext_lazy("embed", "Audio")
DOCUMENT, MAP, LINK = pgettext_lazy("embed", "Document"), pgettext_lazy("embed", "Map"), pgettext_lazy("embed", "Link")
# Subdomains go with their host.
SITES: dict[str, tuple[str, Promise | str]] = {
    "youtube.com": ("YouTube", VIDEO),
    "youtu.be": ("YouTube", VIDEO),
    "vimeo.com": ("Vimeo", VIDEO),
    "dailymotion.com": ("Dailymotion", VIDEO),
    "tiktok.com": ("TikTok", VIDEO),
    "fb.watch": ("Facebook", VIDEO),
    "facebook.com": ("Facebook", POST),
    "x.com": ("X", POST),
    "twitter.com": ("X", POST),
    "instagram.com": ("Instagram", POST),
    "threads.net": ("Threads", POST),
    "linkedin.com": ("LinkedIn", POST),
    "t.me": ("Telegram", POST),
    "soundcloud.com": ("SoundCloud", AUDIO),
    "open.spotify.com": ("Spotify", AUDIO),
    "podcasts.apple.com": ("Apple Podcasts", AUDIO),
    "drive.google.com": ("Google Drive", DOCUMENT),
    "docs.google.com": ("Google Docs", DOCUMENT),
    "maps.app.goo.gl": ("Google Maps", MAP),
    "openstreetmap.org": ("OpenStreetMap", MAP),
}
VIDEO_PATH = re.compile(r"/(?:reels?|videos?|watch)(?:/|$)")
DOCUMENT_PATH = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp])$", re.IGNORECASE)
# A paragraph that says an address and nothing else, linked or not, as the cleaner writes it.
BARE = r'(?P<bare><p>(?P<link><a(?: [a-z]+="[^"]*")*+>)?(?P<text>\s*+https?://[^<\s]++\s*+)(?(link)</a>)</p>)'
PIECES = re.compile(f"{BARE}|{TAG.pattern}", re.IGNORECASE)
HREF = re.compile(r' href="([^"]*)"')
# A link as the cleaner and our own templates write it: its values are quoted.
LINK_TAG = re.compile(r'<a((?: [a-z-]+="[^"]*")*+)>')
REL = re.compile(r' rel="[^"]*"')
# What stands in one of these is part of a list, a quotation, a table: no card of its own.
BOXES = {"ul", "ol", "blockquote", "table", "figure"}


class Embed(NamedTuple):
    """What a card says of an address."""

    url: str
    site: str
    kind: Promise | str

    @property
    def shown(self) -> str:
        """The address without what every address begins with."""
        return re.sub(r"^https?://(?:www\.)?", "", self.url, flags=re.IGNORECASE).removesuffix("/")


def embed_of(address: str) -> Embed | None:
    """What is known of an http(s) address without asking it; None if it has no host."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host or parts.scheme.lower() not in ("http", "https"):
        return None
    return Embed(address, *_site(host, parts))


def _site(host: str, parts: SplitResult) -> tuple[str, Promise | str]:
    labels = host.split(".")[-4:]  # no name of the table has more
    names = (".".join(labels[start:]) for start in range(len(labels)))
    site, kind = next((SITES[name] for name in names if name in SITES), (host, LINK))
    if site == host and DOCUMENT_PATH.search(parts.path):
        return site, DOCUMENT
    if kind is POST and VIDEO_PATH.search(parts.path):
        return site, VIDEO
    return site, kind


def render_body(html: str) -> str:
    """Cleaned `html` as the article's page shows it: in time linear in its length, the same every time.

    `html` must come from `clean_html`; what comes out may be trusted as it may. At most one query,
    for the pictures of the library.
    """
    return show_figures(PIECES.sub(_Rendering().piece, html))


def mark_sponsored(html: str) -> str:
    """A shown body whose links to other places say that they were paid for."""
    return LINK_TAG.sub(_as_sponsored, html)


def _as_sponsored(link: re.Match[str]) -> str:
    href = HREF.search(link[1])
    if not href or not href[1].lower().startswith(("http:", "https:", "//")):
        return link[0]
    return f'<a{REL.sub("", link[1])} rel="noopener nofollow sponsored">'


class _Rendering:
    """Goes through a body from piece to piece, knowing what it stands in."""

    def __init__(self) -> None:
        self._inside: list[str] = []

    def piece(self, found: re.Match[str]) -> str:
        if found["bare"]:
            return found[0] if self._inside else _card(found) or found[0]
        closing, name = found[4], found[5].lower()
        if name == "img":
            return f'{found[0][:-1]} loading="lazy" decoding="async">'
        if name not in BOXES:
            return found[0]
        if closing:
            self._inside.pop()
        # A table in a table scrolls with it.
        wrapped = name == "table" and "table" not in self._inside
        if not closing:
            self._inside.append(name)
        return _wrapped(found[0], closing) if wrapped else found[0]


def _card(found: re.Match[str]) -> str | None:
    """The card for a bare link; None if it says another address than it leads to."""
    text = unescape(found["text"]).strip()
    if found["link"]:
        href = HREF.search(found["link"])
        if not href or unescape(href[1]).removesuffix("/") != text.removesuffix("/"):
            return None
    embed = embed_of(text)
    return render_to_string("articles/_embed.html", {"embed": embed}).strip() if embed else None


def _wrapped(tag: str, closing: str) -> str:
    """The tag of an outer table with its frame, which can be scrolled sideways, by keyboard as well."""
    if closing:
        return f"{tag}</div>"
    label = gettext("Table, can be scrolled sideways")
    return format_html('<div class="table-scroll" role="group" tabindex="0" aria-label="{}">', label) + tag
