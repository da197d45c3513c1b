"""Evidence on paper: the exported document as titled tables, its names in the language of the reader."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from comments.choices import Cause, Complaint, Outcome, Queue, Reason, Status
from comments.moderation.evidence import Document

Row = tuple[str, Any]
Section = tuple[str, list[list[Row]]]
NAMES = {
    "number": gettext_lazy("number"),
    "name": gettext_lazy("name"),
    "text": gettext_lazy("text"),
    "text_sha256": gettext_lazy("hash of the text"),
    "revision": pgettext_lazy("of a text", "revision"),
    "status": gettext_lazy("status"),
    "submitted_at": gettext_lazy("submitted"),
    "in_reply_to": gettext_lazy("in reply to"),
    "email": gettext_lazy("e-mail (masked)"),
    "network": gettext_lazy("network"),
    "title": gettext_lazy("title"),
    "address": gettext_lazy("address"),
    "replaced_by": gettext_lazy("replaced by"),
    "replaced_at": gettext_lazy("replaced"),
    "complaint": gettext_lazy("reason"),
    "outcome": gettext_lazy("outcome"),
    "at": gettext_lazy("when"),
    "by": gettext_lazy("by"),
    "from": gettext_lazy("from"),
    "to": gettext_lazy("to"),
    "from_queue": gettext_lazy("from the queue"),
    "reason": gettext_lazy("reason"),
    "cause": gettext_lazy("cause of a rejection"),
    "rule": gettext_lazy("word rule"),
    "span": gettext_lazy("place in the text"),
    "detail": gettext_lazy("detail"),
    "note": gettext_lazy("note"),
    "language": gettext_lazy("language"),
    "edited": gettext_lazy("edited by a moderator"),
    "by_the_newsroom": gettext_lazy("by the newsroom"),
    "legal_hold": gettext_lazy("kept for legal reasons"),
}
WORDS = {
    "status": Status,
    "from": Status,
    "to": Status,
    "from_queue": Queue,
    "reason": Reason,
    "cause": Cause,
    "complaint": Complaint,
    "outcome": Outcome,
}
TIMES = {"at", "submitted_at", "replaced_at"}


def sections(document: Document) -> list[Section]:
    """The parts of the document that hold anything, each as a title and its tables of named values."""
    return [(title, [list(_rows(each)) for each in tables]) for title, tables in _parts(document) if tables]


def _parts(document: Document) -> Iterator[tuple[str, list[Document]]]:
    comment, article = document["comment"], document["article"]
    yield capfirst(_("comment")), [comment] if comment else []
    yield capfirst(_("article")), [article] if article else []
    yield capfirst(_("revisions of comments")), document["revisions"]
    yield capfirst(_("decisions")), document["decisions"]
    yield capfirst(_("reports")), document["reports"]
    yield _("Exported"), [document["exported"]]


def _rows(part: Document) -> Iterator[Row]:
    for key, value in part.items():
        if value not in (None, "", False):
            yield capfirst(str(NAMES[key])), _shown(key, value)


def _shown(key: str, value: Any) -> Any:
    if key in TIMES:
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
    if key in WORDS:
        return WORDS[key](value).label
    if value is True:
        return _("Yes")
    return "–".join(map(str, value)) if isinstance(value, list) else value
