"""Journalists' HTML: the one allow-list, the one place that cleans it.

The list holds what the editor can make (see EXTENSIONS) and nothing else.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import nh3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

MAX_BYTES = 500_000
MAX_DEPTH = 256
TOO_DEEP = _("This text is nested too deeply. Paste it again without formatting.")


def _picker_address() -> str:
    """Where pictures of the library are picked; empty where no admin serves it."""
    try:
        return reverse("admin:articles_picture_picker")
    except NoReverseMatch:
        return ""


EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3, 4]},
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    # The address differs by language, and is known only once all addresses are.
    "Figure": {"pickerUrl": lazy(_picker_address, str)()},
    "Image": True,
    "Caption": True,
    "History": True,
    "Fullscreen": True,
}
TAGS = {
    *("p", "br", "strong", "em", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr", "a"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "img", "figcaption"),
}
SPANS = {"colspan", "rowspan"}
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "th": SPANS,
    "td": SPANS,
    "img": {"src", "alt", "width", "height"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# A relative address is one that starts with a single slash, a question mark or a hash. Browsers
# drop tabs and line breaks before they read an address, so there must be none.
# A tag of cleaned HTML, in which a quoted value may hold “>”.
TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)(?:[^"'>]|"[^"]*"|'[^']*')*+>""")
INLINE = {"a", "strong", "em"}
SAFE_ADDRESS = re.compile(r"(?i)(?:(?:https?|mailto|tel):[^\s\\]|[?#]|/(?![/\\]))[^\x00-\x1f\\]*")
# Behind the address of uploaded files: no other host, no query, no way back up.
FILE_NAME = re.compile(r"(?!.*(?:^|/)(?:\.|%2e){1,2}(?:/|$))[^\x00-\x20\\?#:/][^\x00-\x20\\?#:]*", re.IGNORECASE)
NUMBERS = {
    "start": re.compile(r"[0-9]{1,4}"),
    # A span of one is what a cell has anyway.
    **dict.fromkeys(SPANS, re.compile(r"[2-9]|[1-9][0-9]{1,2}")),
    **dict.fromkeys(("width", "height"), re.compile(r"[1-9][0-9]{0,4}")),
}
# Cleaned attributes hold no “<”.
FIGURE = re.compile(r"(</?fig(?:ure|caption)>|<img )")
EMPTY = ("<p></p>", "<p><br></p>")
MAX_PASSES = 5
COMMENT = "<!--"
CDATA = "<![CDATA["
NAME = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# To the end of a tag. A quotation mark quotes only behind “=”; the possessive marks keep it linear.
REST_OF_TAG = re.compile(r"""(?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^>])*+>?""")
VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source", "track"}
CLOSED_BY_THEIR_LIKE = {"p", "li", "dt", "dd", "tr", "td", "th", "option"}
FORMATTING = frozenset(["a", "b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"])
PARENTS = frozenset(["ul", "ol", "dl", "table", "blockquote", "div", "section", "article", "figure"])
ENDED_BY_THEIR_PARENT = frozenset(["p", "li", "dt", "dd", "option", "tr", "td", "th", "tbody", "thead", "tfoot"])
# What stands between rows is put before its table, which costs parsers the square of its number.
ROWS = frozenset(["table", "thead", "tbody", "tfoot", "tr"])
TABLE_PARTS = ROWS | {"td", "th", "caption", "colgroup", "col", "script", "style", "template"}
MADE_BY_THEIR_END = {"p", "br"}  # parsers make an element of </p> alone
MAX_MISPLACED = 5_000
RAW_TEXT = {"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"}


def _checked_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if SAFE_ADDRESS.fullmatch(value) else None
    if attribute == "src":
        name = value.removeprefix(settings.MEDIA_URL)
        return value if name != value and FILE_NAME.fullmatch(name) else None
    if attribute in NUMBERS:
        return value if NUMBERS[attribute].fullmatch(value) else None
    return value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    attribute_filter=_checked_attribute,
    link_rel="noopener",
    clean_content_tags={"script", "style", "title", "iframe", "noscript", "template", "svg", "math"},
)


class CleanHTML(str):
    """What `clean_html` gave out and nobody changed since: any change makes it a plain string again."""

    __slots__ = ()


def clean_html(html: str) -> CleanHTML:
    """`html` reduced to the allow-list; cleaning twice changes nothing, and costs nothing.

    Raises ValidationError before any parser runs if it is longer than MAX_BYTES or nested
    deeper than MAX_DEPTH, which would cost more than a save may take.
    """
    if isinstance(html, CleanHTML):
        return html
    for _pass in range(MAX_PASSES):
        check_size(html)
        cleaned = _without_empty_figures(_cleaner.clean(html))
        if cleaned == html:
            return CleanHTML("" if cleaned in EMPTY else cleaned)
        # What was unwrapped may stand where it cannot, and parsers drop a leading byte order mark
        # and change line ends: the next pass sees it put right.
        html = cleaned.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    raise ValidationError(TOO_DEEP, code="deep")


def _without_empty_figures(html: str) -> str:
    """Cleaned `html` without pictures that lost their address; what is left of their figure is a paragraph."""
    if "<img" in html:
        html = TAG.sub(lambda tag: "" if tag[2] == "img" and ' src="' not in tag[0] else tag[0], html)
    pieces = FIGURE.split(html)  # what stands between is at even places
    standing: list[tuple[int, int, list[int]]] = []  # where it opened, pictures before it, tags of its captions
    pictures = 0
    for place in range(1, len(pieces), 2):
        if pieces[place] == "<img ":
            pictures += 1
        elif pieces[place] == "<figure>":
            standing.append((place, pictures, []))
        elif pieces[place] == "</figure>":
            opening, before, captions = standing.pop()
            if pictures == before:
                pieces[opening] = pieces[place] = ""
                _make_paragraphs(pieces, captions)
        elif standing:
            standing[-1][2].append(place)
        else:
            _make_paragraphs(pieces, [place])
    return "".join(pieces)


def _make_paragraphs(pieces: list[str], captions: list[int]) -> None:
    for place in captions:
        pieces[place] = pieces[place].replace("figcaption", "p")


def plain_text(html: str) -> str:
    """What cleaned `html` says, a line for each block. It is text, not HTML: templates escape it."""
    return unescape(TAG.sub(lambda tag: "" if tag[2] in INLINE else "\n", html))


def check_size(html: str) -> None:
    """Raise ValidationError where `html` is too long or too deep, by one linear scan."""
    if len(html) > MAX_BYTES or len(html.encode("utf-8", "replace")) > MAX_BYTES:
        raise ValidationError(_("This text is longer than 500 kB. Split it into several articles."), code="long")
    # Only a closing tag right behind what it closes is trusted: parsers keep much open that a
    # misplaced one seems to close. Well-formed HTML is measured exactly, any other as too deep.
    standing: list[str] = []
    misplaced = 0
    for closing, name in _tags(html):
        if standing and standing[-1] in ROWS and name not in TABLE_PARTS:
            misplaced += not closing or name in MADE_BY_THEIR_END
        if closing:
            _close(standing, name)
        elif name not in VOID:
            if standing and standing[-1] == name and name in CLOSED_BY_THEIR_LIKE:
                standing.pop()
            standing.append(name)
        if len(standing) > MAX_DEPTH or misplaced > MAX_MISPLACED:
            raise ValidationError(TOO_DEEP, code="deep")


def _close(standing: list[str], name: str) -> None:
    """Take away what `</name>` surely closes: the last element, or one behind what it closes as well."""
    passed = FORMATTING if name in FORMATTING else ENDED_BY_THEIR_PARENT if name in PARENTS else frozenset()
    for place in range(len(standing) - 1, -1, -1):
        if standing[place] == name:
            # Formatting around it stays open, as in <b><i></b></i>; list items and paragraphs do not.
            del standing[place : place + 1 if name in FORMATTING else None]
            return
        if standing[place] not in passed:
            return


def _tags(html: str) -> Iterator[tuple[bool, str]]:
    """The tags as a parser meets them: whether closing, and the name in lower case.

    Where parsers differ by context, an opening tag too many is given rather than one too few.
    """
    position = distrusted_until = 0
    while (start := html.find("<", position)) >= 0:
        tag = NAME.match(html, start)
        if html.startswith(COMMENT, start):
            position = _after(html, "-->", start + len(COMMENT))
        elif tag:
            name = tag[2].lower()
            position = REST_OF_TAG.match(html, tag.end()).end()  # type: ignore[union-attr]
            if not (tag[1] and start < distrusted_until):
                yield bool(tag[1]), name
            if name in RAW_TEXT and not tag[1]:
                position = _start_of_closing(html, name, position)
        elif html.startswith(("<!", "<?", "</"), start):
            if html.startswith(CDATA, start):
                # Inside SVG its content is text up to “]]>”, elsewhere only up to “>”.
                distrusted_until = _after(html, "]]>", start)
            position = _after(html, ">", start)
        else:
            position = start + 1


def _after(html: str, mark: str, start: int) -> int:
    found = html.find(mark, start)
    return len(html) if found < 0 else found + len(mark)


def _start_of_closing(html: str, name: str, start: int) -> int:
    closing = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(html, start)
    return closing.start() if closing else len(html)


class HTMLField(models.TextField):
    """A body. It is cleaned whenever it is stored, so that no path into the database passes by."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if value:
            value = clean_html(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return str(value) if isinstance(value, CleanHTML) else value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        cleaned = super().clean(value, model_instance)
        return clean_html(cleaned) if cleaned else cleaned

    def formfield(self, **kwargs: Any) -> Any:
        defaults = {"form_class": ProseEditorFormField, "config": {"extensions": EXTENSIONS}, "preset": "configurable"}
        return super().formfield(**{**defaults, **kwargs})
