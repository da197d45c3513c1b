"""Pages as search engines read them: dictionaries in the vocabulary of schema.org, and their way into HTML."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language

from articles.bidi import one_line
from articles.choices import Kind
from articles.html import plain_text
from articles.models import Article
from articles.renditions import SQUARE, WIDE, Rendition, key_of, widths_for
from articles.wording import machine_time, shorten

Data = dict[str, Any]
HEADLINE = 110  # characters, as search engines ask
LARGEST = (1280, 960, 640, 480, 320)
TYPES = {Kind.OPINION: "OpinionNewsArticle", Kind.SPONSORED: "AdvertiserContentArticle"}
# What could end the element, be read as a comment, or break a line of a script; and what no page can encode.
UNSAFE = re.compile("[<>&\u2028\u2029\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Origin:
    """Where the site is, and whose it is: `site` has a name, a tagline and perhaps a logo."""

    address: str
    site: Any

    def of(self, path: str) -> str:
        """The whole address of a path of this site; one that is whole already stays."""
        return path if re.match("https?://", path) else self.address + path


class _Escaped:
    """JSON for the inside of a `<script>`, where HTML's own escapes would be read as they stand.

    The one thing beside cleaned bodies that passes by the templates' escaping: each character that
    means anything to an HTML parser there is written as JSON writes any character, `\\u003c`.
    """

    def __init__(self, data: Any) -> None:
        self._json = json.dumps(data, ensure_ascii=False, separators=(",", ":"))

    def __html__(self) -> str:
        return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", self._json)


def script(data: Data | list[Data]) -> str:
    """The element that carries `data`. It is a data block: no browser runs it."""
    whole = {"@context": "https://schema.org", "@graph": data} if isinstance(data, list) else data
    return format_html('<script type="application/ld+json">{}</script>', _Escaped(whole))


def publisher(origin: Origin) -> Data:
    """The newspaper."""
    logo, home = origin.site.shown_logo, origin.of(reverse("front_page"))
    found: Data = {"@type": "NewsMediaOrganization", "name": one_line(origin.site.name), "url": home}
    if logo:
        found["logo"] = _image(origin.of(logo.address), logo.width, logo.height)
    return found | {"correctionsPolicy": origin.of(reverse("corrections"))}


def front_page(origin: Origin, accounts: Iterable[str]) -> list[Data]:
    """The site with its search, and the newspaper with its accounts elsewhere."""
    search = f"{origin.of(reverse('search'))}?q={{words}}"
    site = {
        "@type": "WebSite",
        "name": one_line(origin.site.name),
        "url": origin.of(reverse("front_page")),
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=words",
        },
    }
    return [site, publisher(origin) | ({"sameAs": list(accounts)} if accounts else {})]


def person(author: Any, origin: Origin) -> Data:
    """Who wrote something."""
    found = {"@type": "Person", "name": one_line(author.name), "url": origin.of(author.get_absolute_url())}
    return found | ({"jobTitle": one_line(author.role)} if author.role else {})


def profile(author: Any, origin: Origin) -> Data:
    """The page of an author."""
    told = person(author, origin) | {"worksFor": publisher(origin)}
    if author.bio:
        told["description"] = one_line(author.bio)
    if author.portrait and author.portrait.address:
        told["image"] = pictures(author.portrait, origin)
    return {"@type": "ProfilePage", "inLanguage": get_language(), "mainEntity": told}


def breadcrumbs(trail: Iterable[tuple[str, str]], origin: Origin) -> Data:
    """The pages above one and itself, each by name and path, the front page first."""
    steps = [
        {"@type": "ListItem", "position": place, "name": one_line(name), "item": origin.of(path)}
        for place, (name, path) in enumerate(trail, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def news_article(article: Article, page: Data, origin: Origin, description: str, card: str) -> Data:
    """An article; `page` is the context of its page (`articles/showing.py`), `card` the path of its social card."""
    address = origin.of(article.get_absolute_url())
    shown = pictures(article.picture, origin) if article.picture and article.picture.address else []
    authors = [person(author, origin) for author in page.get("authors") or ()]
    newspaper = publisher(origin)
    found: Data = {
        "@type": TYPES.get(Kind(article.kind), "NewsArticle"),
        "mainEntityOfPage": address,
        "url": address,
        "headline": shorten(one_line(article.title), HEADLINE),
        "description": description,
        "image": [*shown, origin.of(card)],
        "inLanguage": get_language(),
        "articleSection": [one_line(label) for label in page.get("labels") or ()],
        "keywords": [one_line(tag) for tag in page.get("tags") or ()],
        "author": authors or [newspaper],
        "publisher": newspaper,
        "isAccessibleForFree": True,
        "wordCount": len(plain_text(article.body or "").split()),
        **_times(article),
        **_media(article, page, origin, description),
    }
    corrections = [_correction(each) for each in page.get("corrections") or ()]
    return found | ({"correction": corrections} if corrections else {})


def pictures(picture: Any, origin: Origin) -> list[str]:
    """The addresses of a picture, cut wide and square as large as it is; of its file where it is too small for that."""
    cuts = [
        Rendition(picture.pk, key_of(picture), crop, width, "webp").address
        for crop in (WIDE, SQUARE)
        for width in widths_for(picture, crop, LARGEST)[:1]
    ]
    return [origin.of(cut) for cut in cuts or [picture.address]]


def _times(article: Article) -> Data:
    if article.published_at is None:
        return {}
    changed = article.updated_at if article.was_updated else None
    return {
        "datePublished": machine_time(article.published_at),
        "dateModified": machine_time(changed or article.published_at),
    }


def _media(article: Article, page: Data, origin: Origin, description: str) -> Data:
    """The video that it leads to, or the pictures of its gallery."""
    if article.kind == Kind.VIDEO and article.video_address:
        video = {
            "@type": "VideoObject",
            "name": shorten(one_line(article.title), HEADLINE),
            "url": article.video_address,
        }
        video |= {"description": description, "embedUrl": article.video_address}
        if article.picture and article.picture.address:
            video["thumbnailUrl"] = pictures(article.picture, origin)[0]
        if article.published_at:
            video["uploadDate"] = machine_time(article.published_at)
        return {"video": video}
    rows = page.get("gallery") or () if article.kind == Kind.GALLERY else ()
    shown = [getattr(row, "picture", row) for row in rows]
    media = [
        _image(origin.of(each.address), each.width, each.height)
        | ({"caption": one_line(each.caption)} if each.caption else {})
        | ({"creditText": one_line(each.credit)} if each.credit else {})
        for each in shown
        if each.address
    ]
    return {"associatedMedia": media} if media else {}


def _image(address: str, width: int, height: int) -> Data:
    return {"@type": "ImageObject", "url": address, "width": width, "height": height}


def _correction(correction: Any) -> Data:
    return {
        "@type": "CorrectionComment",
        "text": one_line(correction.note),
        "datePublished": machine_time(correction.at),
    }
