"""Three ways to write a feed down."""

import json
from html import escape
from typing import Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, rfc3339_date
from django.utils.http import http_date

from articles.feeds.channel import UNTITLED, Channel, Item, Person, Photo

RSS, ATOM, JSON = "rss", "atom", "json"
NAMESPACES = {"xmlns:dc": "http://purl.org/dc/elements/1.1/", "xmlns:media": "http://search.yahoo.com/mrss/"}


def respond(channel: Channel, form: str) -> HttpResponse:
    """`channel` written in `form`: RSS, ATOM or JSON."""
    content, content_type = _WRITERS[form](channel)
    response = HttpResponse(content, content_type=content_type)
    response.headers["Last-Modified"] = http_date(channel.updated.timestamp())
    if channel.hub:
        response.headers["Link"] = f'<{channel.hub}>; rel="hub", <{channel.address}>; rel="self"'
    return response


class Dated:
    """Changes when what it tells of does, and at no other time."""

    feed: dict[str, Any]

    def latest_post_date(self) -> Any:
        return self.feed["channel"].updated


class Rss(Dated, Rss201rev2Feed):
    """Django's, with the hub, every author, and what is to be said of a picture."""

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | NAMESPACES

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["channel"].hub:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["channel"].hub})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for person in item["source"].authors:
            handler.addQuickElement("dc:creator", person.name or UNTITLED)
        if item["source"].photo:
            _write_media(handler, item["source"].photo)


class Atom(Dated, Atom1Feed):
    """Django's, with the hub and every author; a plain text says that it is plain."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        if self.feed["channel"].hub:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["channel"].hub})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        source: Item = item["source"]
        super().add_item_elements(handler, {**item, "description": None})
        for person in source.authors:
            _write_person(handler, person)
        if source.html:
            handler.addQuickElement("content", source.html, {"type": "html"})
        elif source.text:
            handler.addQuickElement("summary", source.text, {"type": "text"})


def _write_person(handler: Any, person: Person) -> None:
    handler.startElement("author", {})
    handler.addQuickElement("name", person.name or UNTITLED)
    if person.url:
        handler.addQuickElement("uri", person.url)
    handler.endElement("author")


def _write_media(handler: Any, photo: Photo) -> None:
    size = {"width": str(photo.width), "height": str(photo.height)}
    attributes = {"url": photo.url, "medium": "image", "type": photo.media_type, **size}
    handler.startElement("media:content", attributes)
    if photo.alt:
        handler.addQuickElement("media:description", photo.alt, {"type": "plain"})
    if photo.credit:
        handler.addQuickElement("media:credit", photo.credit)
    handler.endElement("media:content")


def _write_xml(channel: Channel, writer: type[Rss] | type[Atom]) -> tuple[str, str]:
    feed = writer(
        title=channel.title or UNTITLED,
        link=channel.url,
        description=channel.description or channel.title or UNTITLED,
        subtitle=channel.description or None,
        language=channel.language,
        feed_url=channel.address,
        feed_guid=channel.address,
        author_name=channel.author or None,
        channel=channel,
    )
    for item in channel.items:
        feed.add_item(**_columns(item))
    return feed.writeString("utf-8"), feed.content_type


def _columns(item: Item) -> dict[str, Any]:
    """As Django's writers take it. A description is read as HTML: what is plain is escaped."""
    photo = item.photo
    return {
        "title": item.title or UNTITLED,
        "link": item.url,
        "description": item.html or escape(item.text, quote=False) or None,
        "pubdate": item.published,
        "updateddate": item.updated,
        "unique_id": item.key,
        "unique_id_is_permalink": item.is_permalink,
        "categories": item.subjects,
        "enclosures": [Enclosure(photo.url, str(photo.size), photo.media_type)] if photo else [],
        "source": item,
    }


def _write_json(channel: Channel) -> tuple[str, str]:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title or UNTITLED,
        "description": channel.description,
        "home_page_url": channel.url,
        "feed_url": channel.address,
        "language": channel.language,
        "authors": _people((Person(channel.author),) if channel.author else ()),
        "hubs": [{"type": "WebSub", "url": channel.hub}] if channel.hub else None,
    }
    items = [_filled(_json_item(item)) for item in channel.items]
    return json.dumps(_filled(feed) | {"items": items}, ensure_ascii=False), "application/feed+json"


def _json_item(item: Item) -> dict[str, Any]:
    return {
        "id": item.key,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "content_text": "" if item.html else item.text or item.title or UNTITLED,
        "image": item.photo and item.photo.url,
        "date_published": rfc3339_date(item.published),
        "date_modified": rfc3339_date(item.updated),
        "authors": _people(item.authors),
        "tags": list(item.subjects),
        "attachments": [_attachment(item.photo)] if item.photo else None,
    }


def _attachment(photo: Photo) -> dict[str, Any]:
    return _filled({"url": photo.url, "mime_type": photo.media_type, "title": photo.alt, "size_in_bytes": photo.size})


def _people(people: tuple[Person, ...]) -> list[dict[str, str]]:
    return [_filled({"name": person.name or UNTITLED, "url": person.url}) for person in people]


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


_WRITERS = {
    RSS: lambda channel: _write_xml(channel, Rss),
    ATOM: lambda channel: _write_xml(channel, Atom),
    JSON: _write_json,
}
