"""The rules of RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1 as W3C's validator and the specifications tell them.

Each check reads the bytes of a feed and gives its faults in words; none for a feed that is right.
"""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
RFC822 = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d:\d\d [+-]\d{4}"
)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]+)*")
RSS_ONCE = ("title", "link", "description", "pubDate", "guid", "enclosure")


def rss_faults(content: bytes) -> list[str]:
    """Faults of an RSS feed."""
    root = ElementTree.fromstring(content)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return ["no rss 2.0"]
    faults = [f"channel without {name}" for name in ("title", "link", "description") if not channel.findtext(name)]
    faults += [] if is_address(channel.findtext("link")) else ["the channel's link"]
    faults += [] if LANGUAGE.fullmatch(channel.findtext("language", "")) else ["the language"]
    faults += [] if is_rfc822(channel.findtext("lastBuildDate")) else ["lastBuildDate"]
    faults += [] if len(_links(channel, "self")) == 1 else ["no link to itself"]
    guids = [guid.text for guid in channel.iterfind("item/guid")]
    faults += [] if len(set(guids)) == len(channel.findall("item")) else ["guids are not unique"]
    return faults + [fault for item in channel.iterfind("item") for fault in _rss_item(item)]


def _rss_item(item: Element) -> Iterator[str]:
    if not item.findtext("title") and not item.findtext("description"):
        yield "neither title nor description"
    yield from (f"{name} stands twice" for name in RSS_ONCE if len(item.findall(name)) > 1)
    guid = item.find("guid")
    if guid is None or (guid.get("isPermaLink", "true") == "true" and not is_address(guid.text)):
        yield "a guid that is no permalink"
    if not is_address(item.findtext("link")):
        yield "a link"
    if not is_rfc822(item.findtext("pubDate")):
        yield "a date"
    for enclosure in item.iterfind("enclosure"):
        attributes = enclosure.attrib
        if not is_address(attributes["url"]) or not attributes["length"].isdigit():
            yield "an enclosure"
        if not MEDIA_TYPE.fullmatch(attributes["type"]):
            yield "an enclosure's type"
    yield from ("an empty creator" for each in item.iterfind(f"{DC}creator") if not each.text)
    yield from ("a medium" for each in item.iterfind(f"{MEDIA}content") if not is_address(each.get("url")))


def atom_faults(content: bytes) -> list[str]:
    """Faults of an Atom feed."""
    root = ElementTree.fromstring(content)
    if root.tag != f"{ATOM}feed":
        return ["no atom"]
    entries = root.findall(f"{ATOM}entry")
    has_author = root.find(f"{ATOM}author") is not None
    faults = [fault for each in (root, *entries) for fault in _atom_thing(each)]
    faults += [] if len(_links(root, "self")) == 1 else ["no link to itself"]
    faults += [] if has_author or all(entry.find(f"{ATOM}author") is not None for entry in entries) else ["no author"]
    ids = [each.findtext(f"{ATOM}id") for each in (root, *entries)]
    faults += [] if len(set(ids)) == len(ids) else ["ids are not unique"]
    for entry in entries:
        faults += [] if is_rfc3339(entry.findtext(f"{ATOM}published")) else ["published"]
        faults += ["a type" for each in entry.iterfind(f"{ATOM}content") if each.get("type") != "html"]
        faults += ["a category" for each in entry.iterfind(f"{ATOM}category") if not each.get("term")]
    return faults


def _atom_thing(thing: Element) -> Iterator[str]:
    """What holds for feeds and entries alike."""
    for name in ("id", "title", "updated"):
        if len(thing.findall(f"{ATOM}{name}")) != 1 or not thing.findtext(f"{ATOM}{name}"):
            yield f"not one {name}"
    if not is_address(thing.findtext(f"{ATOM}id")):
        yield "an id that is no IRI"
    if not is_rfc3339(thing.findtext(f"{ATOM}updated")):
        yield "updated"
    if len(_links(thing, "alternate")) != 1:
        yield "not one page"
    yield from ("a link" for link in thing.iterfind(f"{ATOM}link") if not is_address(link.get("href")))
    yield from ("a nameless author" for each in thing.iterfind(f"{ATOM}author") if not each.findtext(f"{ATOM}name"))
    for link in thing.iterfind(f"{ATOM}link[@rel='enclosure']"):
        if not MEDIA_TYPE.fullmatch(link.get("type", "")):
            yield "an enclosure's type"


def json_faults(content: bytes) -> list[str]:
    """Faults of a JSON Feed."""
    feed = json.loads(content)
    faults = [] if feed.get("version") == "https://jsonfeed.org/version/1.1" else ["no JSON Feed 1.1"]
    faults += [] if isinstance(feed.get("title"), str) and feed["title"] else ["no title"]
    faults += [name for name in ("home_page_url", "feed_url") if not is_address(feed.get(name))]
    faults += [] if LANGUAGE.fullmatch(feed.get("language", "")) else ["the language"]
    if not isinstance(feed.get("items"), list):
        return [*faults, "no items"]
    ids = {item.get("id") for item in feed["items"]}
    faults += [] if len(ids) == len(feed["items"]) and all(ids) else ["ids are not unique"]
    return faults + [fault for item in feed["items"] for fault in _json_item(item)]


def _json_item(item: dict[str, Any]) -> Iterator[str]:
    if not (item.get("content_html") or item.get("content_text")):
        yield "no content"
    if not is_address(item.get("url")) or ("image" in item and not is_address(item["image"])):
        yield "an address"
    if not is_rfc3339(item.get("date_published")) or not is_rfc3339(item.get("date_modified")):
        yield "a date"
    if not all(author.get("name") or author.get("url") for author in item.get("authors", ())):
        yield "an author"
    for attachment in item.get("attachments", ()):
        if not is_address(attachment["url"]) or not MEDIA_TYPE.fullmatch(attachment["mime_type"]):
            yield "an attachment"


def is_address(text: str | None) -> bool:
    """Whether `text` is an absolute address of the web in ASCII."""
    if not text or not text.isascii() or not re.fullmatch(r"[!-~]+", text):
        return False
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def is_rfc822(text: str | None) -> bool:
    """Whether `text` is a date as RSS wants it, its day of the week right."""
    if not text or not RFC822.fullmatch(text):
        return False
    return parsedate_to_datetime(text).strftime("%a") == text[:3]


def is_rfc3339(text: str | None) -> bool:
    """Whether `text` is a date as Atom and JSON Feed want it."""
    return bool(text and RFC3339.fullmatch(text) and datetime.fromisoformat(text))


def _links(thing: Element, rel: str) -> list[Element]:
    return thing.findall(f"{ATOM}link[@rel='{rel}']")


FAULTS = {"": rss_faults, "atom/": atom_faults, "json/": json_faults}
