"""When a version of an article is written: once all that belongs to a change stands, and only where
something differs from the version before.

The table is django-simple-history's (`articles/models/versions.py`).
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

# What concerns more articles at once is the house's upkeep: their next change notes what it finds.
MOST_AT_ONCE = 20
FOUND = "found"
RESTORED = "restored:"  # the key of the version stands behind it
NOT_COMPARED = {"modified_at"}


@dataclass
class _Change:
    """A version that is due."""

    created: bool = False
    by: Any = None
    reason: str = ""


@dataclass
class _Scope:
    """Within it all changes of an article are one."""

    by: Any
    reason: str
    due: dict[int, _Change] = field(default_factory=dict)


_scope: ContextVar[_Scope | None] = ContextVar("versions", default=None)


@contextmanager
def one_version(articles: type[models.Model], by: Any = None, reason: str = "") -> Iterator[None]:
    """All that happens to an article inside makes one version; enter it within the transaction.

    `by` is who does it; without it, whoever sent the request. The outermost of several decides when.
    """
    outer = _scope.get()
    scope = _Scope(by or outer.by, reason or outer.reason, outer.due) if outer else _Scope(by, reason)
    token = _scope.set(scope)
    try:
        yield
    finally:
        _scope.reset(token)
    if outer is None:
        for key, change in scope.due.items():
            _keep(articles, key, change)


def keep_versions(articles: type[models.Model], keys: Collection[int], created: bool = False) -> None:
    """Note that these articles changed; where nothing differs, no version comes of it."""
    if len(keys) > MOST_AT_ONCE:
        return
    with one_version(articles):
        scope = _scope.get()
        for key in keys:
            change = scope.due.setdefault(key, _Change())  # type: ignore[union-attr]
            change.created |= created
            change.by = scope.by or change.by  # type: ignore[union-attr]
            change.reason = scope.reason or change.reason  # type: ignore[union-attr]


def keep_found(articles: type[models.Model], keys: Collection[int]) -> None:
    """Before a change: note what stands there, if the last version says something else or there is none."""
    scope = _scope.get()
    if len(keys) > MOST_AT_ONCE:
        return
    for key in keys:
        if scope is None or key not in scope.due:
            _keep(articles, key, _Change(reason=FOUND))


def _keep(articles: Any, key: int, change: _Change) -> None:
    versions = articles.history.model
    names = [column.attname for column in versions.tracked_fields]
    state = articles._base_manager.filter(pk=key).values(*names).first()
    if state is None:  # deleted since
        return
    state["filing"] = _filing(articles, key)
    last = versions.objects.filter(id=key).order_by("-history_id").values(*state).first()
    if last and all(_said(last[name]) == _said(state[name]) for name in state if name not in NOT_COMPARED):
        return
    version = versions(
        **state,
        history_type="+" if change.created and last is None else "~",
        history_date=timezone.now(),
        history_change_reason=change.reason or None,
    )
    if change.reason != FOUND:
        version.history_user = change.by or person()
    version.save(force_insert=True)


def _said(value: Any) -> Any:
    """A column's value; an empty text says as little as none."""
    return None if value == "" else value


def _filing(articles: Any, key: int) -> dict[str, list[Any]]:
    categories, tags, bylines = articles.placement_models()
    return {
        "tags": list(tags.objects.filter(content_object=key).order_by("pk").values_list("tag__name", flat=True)),
        "categories": sorted(categories.objects.filter(article=key).values_list("category_id", flat=True)),
        "authors": list(
            bylines.objects.filter(article=key).order_by("position", "pk").values_list("author_id", flat=True)
        ),
    }


def person() -> Any:
    """Who sent the request at hand; None outside of one."""
    request = getattr(HistoricalRecords.context, "request", None)
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None
