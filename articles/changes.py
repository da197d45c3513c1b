"""Versions of an article in the words of the desk: what one changed, and how two differ."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from articles.differences import Difference, compare_html, compare_text
from articles.models import Article, Author, Category, Picture
from articles.models.article import LANGUAGE_CODES

TEXTS = ("kicker", "title", "summary", "body")
COLUMNS = (
    "status",
    "kind",
    "category",
    "picture",
    "video_address",
    "slug",
    "published_at",
    "is_hot",
    "hot_until",
    "planned_for",
    "answers",
    "owner",
    "return_note",
)
FILING = {"tags": "tags", "categories": "categories", "authors": "authors"}
DIGESTS = [f"body_{code}" for code in LANGUAGE_CODES]
Version = Any  # a historical row; its class is made at start-up


@dataclass(frozen=True)
class TextChange:
    """A text in one language that differs."""

    label: str
    difference: Difference


@dataclass(frozen=True)
class LanguageChanges:
    """What differs in one language, with the direction to show it in."""

    code: str
    name: str
    direction: str
    texts: tuple[TextChange, ...]


@dataclass(frozen=True)
class FieldChange:
    """A field in which only the former has `taken`, only the latter `put`, and both `same`."""

    label: str
    taken: tuple[str, ...] = ()
    put: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


@dataclass
class Entry:
    """A version in the list of them, with the names of what it changed."""

    version: Version
    changed: list[str] = field(default_factory=list)
    step: tuple[str, str] | None = None  # the labels of the two states
    is_first: bool = False


def versions_of(article: Article) -> models.QuerySet:
    """Its versions, the newest first."""
    return Article.history.model.objects.filter(id=article.pk).order_by("-history_id")  # type: ignore[attr-defined]


def nothing_before(version: Version) -> Version:
    """What the first version is compared with: the same article without a word and without filing."""
    columns = (_column(name).attname for name in COLUMNS)
    return type(version)(**{name: getattr(version, name) for name in columns})


def list_entries(article: Article, before: int | None, size: int) -> tuple[list[Entry], int | None]:
    """A page of versions older than the key `before`, and the key to ask for the next page with.

    Bodies stay in the database: only their digests are compared.
    """
    rows = versions_of(article).select_related("history_user").defer(*DIGESTS)
    rows = rows.annotate(**{f"{name}_digest": MD5(name) for name in DIGESTS})
    found = list((rows.filter(history_id__lt=before) if before else rows)[: size + 1])
    formers = [*found[1:], None]
    entries = [_entry(version, former) for version, former in zip(found, formers, strict=True)][:size]
    return entries, found[size - 1].history_id if len(found) > size else None


def _entry(version: Version, former: Version | None) -> Entry:
    if former is None:
        return Entry(version, is_first=True)
    step = (former.get_status_display(), version.get_status_display()) if former.status != version.status else None
    return Entry(version, list(_changed(version, former)), step)


def _changed(version: Version, former: Version) -> Iterable[str]:
    for code in LANGUAGE_CODES:
        for text in TEXTS:
            name = f"{text}_{code}" + ("_digest" if text == "body" else "")
            if (getattr(version, name) or "") != (getattr(former, name) or ""):
                yield _label(f"{text}_{code}")
    for name in COLUMNS:
        attname = _column(name).attname
        if name != "status" and getattr(version, attname) != getattr(former, attname):
            yield _label(name)
    yield from (_label(name) for name in FILING if _filed(version, name) != _filed(former, name))


def compare_languages(before: Version, after: Version) -> list[LanguageChanges]:
    """The texts that differ, language by language; a language without a difference is left out."""
    found = []
    for code in LANGUAGE_CODES:
        changes = []
        for text in TEXTS:
            old, new = (getattr(version, f"{text}_{code}") or "" for version in (before, after))
            if old != new:
                compare = compare_html if text == "body" else compare_text
                changes.append(TextChange(_label(text), compare(old, new)))
        info = get_language_info(code)
        if changes:
            direction = "rtl" if info["bidi"] else "ltr"
            found.append(LanguageChanges(code, info["name_translated"], direction, tuple(changes)))
    return found


def compare_fields(before: Version, after: Version) -> list[FieldChange]:
    """Everything beside the texts that differs."""
    names = _Names(before, after)
    found = []
    for name in COLUMNS:
        attname = _column(name).attname
        old, new = (getattr(version, attname) for version in (before, after))
        if old != new:
            shown = [names.show(name, version) for version in (before, after)]
            found.append(FieldChange(_label(name), *((text,) if text else () for text in shown)))
    for name in FILING:
        old, new = (names.filed(name, version) for version in (before, after))
        if old != new:
            taken = tuple(each for each in old if each not in new)
            put = tuple(each for each in new if each not in old)
            # The same names in another order: both orders are told in full.
            same = tuple(each for each in new if each in old)
            found.append(
                FieldChange(_label(name), taken, put, same)
                if taken or put
                else FieldChange(_label(name), tuple(old), tuple(new))
            )
    return found


class _Names:
    """The names of what two versions refer to, asked for once; what is gone says so."""

    models: dict[str, Any] = {"category": Category, "picture": Picture, "answers": Article, "authors": Author}

    def __init__(self, *versions: Version) -> None:
        self.versions = versions
        self.found: dict[str, dict[int, Any]] = {}

    def show(self, name: str, version: Version) -> str:
        """What a column says, in words; nothing of an empty one."""
        column = _column(name)
        value = getattr(version, column.attname)
        if value in (None, ""):
            return ""
        if column.is_relation:
            return self._name(name, column.related_model, value)
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(column, models.DateTimeField):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return str(value)

    def filed(self, name: str, version: Version) -> list[str]:
        rows = _filed(version, name)
        if name == "tags":
            return [str(row) for row in rows]
        return [self._name(name, Author if name == "authors" else Category, row) for row in rows]

    def _name(self, name: str, model: Any, key: int) -> str:
        if name not in self.found:
            self.found[name] = model._base_manager.in_bulk(self._keys(name))
        thing = self.found[name].get(key)
        return str(thing) if thing is not None else _("deleted since (number %(number)s)") % {"number": key}

    def _keys(self, name: str) -> set[int]:
        if name in FILING:
            return {key for version in self.versions for key in _filed(version, name)}
        attname = _column(name).attname
        return {getattr(version, attname) for version in self.versions} - {None}


def _filed(version: Version, name: str) -> list[Any]:
    return version.filing.get(name) or []


def _label(name: str) -> str:
    return str(_column(name).verbose_name)


def _column(name: str) -> Any:
    return Article._meta.get_field(name)
