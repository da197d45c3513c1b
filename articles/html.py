"""Journalists' HTML: the one allow-list, the one place that cleans it.

The list holds what the editor can make (see EXTENSIONS) and nothing else.
"""

import re
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorFormField

MAX_BYTES = 500_000
MAX_DEPTH = 256
EXTENSIONS: dict[str, Any] = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False},
    "History": True,
    "Fullscreen": True,
}
TAGS = {"p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "hr", "a"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
# A relative address is one that starts with a single slash, a question mark or a hash.
SAFE_ADDRESS = re.compile(r"(?i)(?:(?:https?|mailto|tel):[^\s\\]|[?#]|/(?![/\\]))")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
VOID = {"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source", "track"}


def _checked_attribute(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href" and not SAFE_ADDRESS.match(value):
        return None
    return value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    attribute_filter=_checked_attribute,
    link_rel="noopener",
    clean_content_tags={"script", "style", "title", "iframe", "noscript", "template", "svg", "math"},
)


def clean_html(html: str) -> str:
    """`html` reduced to the allow-list; cleaning twice changes nothing.

    Raises ValidationError before any parser runs if it is longer than MAX_BYTES or nested
    deeper than MAX_DEPTH, which would cost more than a save may take.
    """
    check_size(html)
    cleaned = _cleaner.clean(html)
    return "" if cleaned in ("<p></p>", "<p><br></p>") else cleaned


def check_size(html: str) -> None:
    """Raise ValidationError where `html` is too long or too deep, by one linear scan."""
    if len(html.encode("utf-8", "replace")) > MAX_BYTES:
        raise ValidationError(_("This text is longer than 500 kB. Split it into several articles."), code="long")
    depth = 0
    for closing, name in TAG.findall(html):
        if name.lower() not in VOID:
            depth = max(0, depth - 1) if closing else depth + 1
        if depth > MAX_DEPTH:
            raise ValidationError(_("This text is nested too deeply. Paste it again without formatting."), code="deep")


class HTMLField(models.TextField):
    """A body. It is cleaned whenever it is stored, so that no path into the database passes by."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if value:
            value = clean_html(value)
            setattr(model_instance, self.attname, value)
        return value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        cleaned = super().clean(value, model_instance)
        return clean_html(cleaned) if cleaned else cleaned

    def formfield(self, **kwargs: Any) -> Any:
        defaults = {"form_class": ProseEditorFormField, "config": {"extensions": EXTENSIONS}, "preset": "configurable"}
        return super().formfield(**{**defaults, **kwargs})
