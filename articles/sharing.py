"""Where readers pass an article on: plain links with its short address, nothing of those places is loaded."""

from typing import NamedTuple
from urllib.parse import quote

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article

# Letters of the title: some places refuse addresses that are much longer.
LONGEST = 200
WHATSAPP, FACEBOOK, TELEGRAM = _("WhatsApp"), _("Facebook"), _("Telegram")


class Share(NamedTuple):
    """One place: its key for the style sheet, its name, and the address that opens it."""

    key: str
    name: Promise | str
    url: str


def share_links(article: Article, address: str) -> list[Share]:
    """The places in the order of the row; `address` is the short one, absolute."""
    title = (article.title or "")[:LONGEST]
    return [
        Share("whatsapp", WHATSAPP, _asking("https://wa.me/", text=f"{title}\n{address}")),
        Share("facebook", FACEBOOK, _asking("https://www.facebook.com/sharer/sharer.php", u=address)),
        Share("x", "X", _asking("https://x.com/intent/post", text=title, url=address)),
        Share("telegram", TELEGRAM, _asking("https://t.me/share/url", url=address, text=title)),
    ]


def _asking(page: str, **values: str) -> str:
    # A blank as %20: a plus would stand in the text at some of these places.
    told = "&".join(f"{name}={quote(text, safe='')}" for name, text in values.items())
    return f"{page}?{told}"
