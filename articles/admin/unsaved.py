"""What the writing form sends while someone writes, as JSON, and what it is told."""

import json
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.bidi import isolate
from articles.checklist import draft_of
from articles.models import Article, EditLock, WorkingCopy
from articles.models.article import LANGUAGE_CODES
from articles.validators import drop_forbidden

MOST_BYTES = 2 * 1024 * 1024
MOST_NAMES = 3000
UNKEPT = ("_", "csrfmiddlewaretoken", "working_copy", "restored_from")


@dataclass(frozen=True)
class Sent:
    """The fields of a form, its key, and the key of the unsaved text that it was restored from."""

    key: uuid.UUID
    fields: dict[str, list[str]]
    replaces: uuid.UUID | None


def is_too_large(request: HttpRequest) -> bool:
    """Whether the body is longer than a form may be; to be asked before it is read."""
    return int(request.headers.get("content-length") or 0) > MOST_BYTES


def read_sent(body: bytes) -> Sent | None:
    """What `body` holds; None where it is something else."""
    try:
        found = json.loads(body)
        pairs = [(str(name), str(value)) for name, value in found["fields"]]
        key, replaces = as_key(found["key"]), as_key(found.get("replaces"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    if key is None or len(pairs) > MOST_NAMES:
        return None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        if not name.startswith(UNKEPT):
            fields.setdefault(drop_forbidden(name[:100]), []).append(drop_forbidden(value))
    return Sent(key, fields, replaces)


def as_key(text: Any) -> uuid.UUID | None:
    """The key that `text` writes; None where it writes none."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


def as_data(copy: WorkingCopy) -> QueryDict:
    """The fields of `copy` as a form takes them."""
    data = QueryDict(mutable=True)
    for name, values in copy.fields.items():
        data.setlist(name, values)
    return data


def copies_of(user: Any, article: Article | None) -> list[dict[str, Any]]:
    """`user`'s unsaved texts of `article` (None: of new articles), newest first, for the notice above the form."""
    copies = WorkingCopy.objects.filter(user=user, article=article).order_by("-saved_at", "-pk")
    return [{"key": str(copy.key), "at": clock(copy.saved_at), "title": _title_of(copy)} for copy in copies]


def _title_of(copy: WorkingCopy) -> str:
    titles = (copy.fields.get(f"title_{code}", [""])[-1].strip() for code in LANGUAGE_CODES)
    return next(filter(None, titles), "")


def clock(moment: Any) -> str:
    """“12:31” today, with the date on any other day."""
    there = timezone.localtime(moment)
    if there.date() == timezone.localdate():
        return there.strftime("%H:%M")
    return date_format(there, "DATETIME_FORMAT")


def told_of(lock: EditLock | None) -> str:
    """Who is writing, and since when; empty where nobody else is."""
    if lock is None:
        return ""
    return _("%(name)s is writing since %(time)s.") % {"name": isolate(lock), "time": clock(lock.taken_at)}


def facts_of(fields: dict[str, list[str]], article: Article | None) -> dict[str, Any]:
    """Sizes and address of each language, and the checklist, in words."""
    draft = draft_of(fields)
    addresses = draft.addresses(article)
    languages = {
        code: {"measures": text.measures(), "address": addresses.get(code, ""), "has_text": text.is_written}
        for code, text in draft.texts.items()
    }
    return {
        "languages": languages,
        "findings": [asdict(finding) for finding in draft.findings()],
    }
