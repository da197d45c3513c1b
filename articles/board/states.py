"""What an act may change, written down as plain values: for the log, for versions, and for an undo."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.models import Article, FrontPageBlock, FrontPageSlot

SETTINGS = ("name_ar", "name_fr", "name_en", "position", "size", "filling", "category_id", "is_shown")
State = list[dict[str, Any]]


@dataclass(frozen=True)
class Scope:
    """What an act is about: blocks whose slots it moves, blocks that it changes, articles whose hot flag it sets."""

    slots: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    hot: tuple[int, ...] = ()


def standing_slots() -> Any:
    """The slots that have not ended, in the order of their blocks."""
    return FrontPageSlot.objects.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now())).order_by("position", "-pk")


def version(slots: Iterable[FrontPageSlot], row: FrontPageBlock | None) -> str:
    """A word that is another one after each change of a block's slots or of its row."""
    return _word_for([[_written_slot(slot) for slot in slots], row and _written_row(row)])


def heat_key(article: int) -> str:
    """What the hot flag of the article of this key is called among what an editor saw."""
    return f"hot-{article}"


def heat_version(article: Article) -> str:
    """A word that is another one after each change of the article's hot flag or of its end."""
    return _word_for(_written_heat(article))


def heat_version_now(article: int) -> str:
    """The version of the hot flag of the article of this key, as the database has it."""
    return heat_version(Article.objects.only("is_hot", "hot_until").get(pk=article))


def version_now(key: str) -> str:
    """The version of the block `key` as the database has it."""
    return version(standing_slots().filter(block=key), FrontPageBlock.objects.filter(key=key).first())


def write(scope: Scope) -> State:
    """All that `scope` is about, as it stands."""
    slots: State = [
        {"slots": key, "rows": [_written_slot(slot) for slot in standing_slots().filter(block=key)]}
        for key in scope.slots
    ]
    rows = FrontPageBlock.objects.in_bulk(scope.settings, field_name="key") if scope.settings else {}
    settings: State = [
        {"settings": key, "row": _written_row(rows[key]) if key in rows else None} for key in scope.settings
    ]
    articles = Article.objects.in_bulk(scope.hot) if scope.hot else {}
    hot: State = [{"hot": key, "row": _written_heat(articles[key])} for key in scope.hot if key in articles]
    return slots + settings + hot


def scope_of(state: State) -> Scope:
    """What `state` tells about."""
    return Scope(*(tuple(entry[kind] for entry in state if kind in entry) for kind in ("slots", "settings", "hot")))


def without_ended(state: State) -> State:
    """`state` without slots whose time is over by now: they end by themselves, which is no change."""
    now = timezone.now()
    return [
        {**entry, "rows": [row for row in entry["rows"] if not _is_over(row, now)]} if "slots" in entry else entry
        for entry in state
    ]


def restore(state: State) -> None:
    """Bring the database to `state`. Slots of articles that are gone stay away."""
    for entry in without_ended(state):
        if "slots" in entry:
            _restore_slots(entry["slots"], entry["rows"])
        elif "settings" in entry:
            _restore_row(entry["settings"], entry["row"])
        else:
            _restore_heat(entry["hot"], entry["row"])


def _restore_slots(key: str, rows: list[dict[str, Any]]) -> None:
    there = set(Article.objects.filter(pk__in=[row["article"] for row in rows]).values_list("pk", flat=True))
    kept = [row for row in rows if row["article"] in there]
    standing_slots().filter(block=key).exclude(pk__in=[row["id"] for row in kept]).delete()
    for row in kept:
        values = {
            "block": key,
            "article_id": row["article"],
            "position": row["position"],
            "is_pinned": row["is_pinned"],
            "starts_at": parse_datetime(row["starts_at"]),
            "ends_at": row["ends_at"] and parse_datetime(row["ends_at"]),
        }
        FrontPageSlot.objects.update_or_create(pk=row["id"], defaults=values)


def _restore_row(key: str, row: dict[str, Any] | None) -> None:
    if row is None:
        FrontPageBlock.objects.filter(key=key).delete()
    else:
        FrontPageBlock.objects.update_or_create(key=key, defaults=row)


def _restore_heat(key: int, row: dict[str, Any]) -> None:
    article = Article.objects.get(pk=key)
    article.is_hot = row["is_hot"]
    article.hot_until = row["hot_until"] and parse_datetime(row["hot_until"])
    article.save(update_fields=["is_hot", "hot_until"])


def _word_for(values: Any) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def _written_slot(slot: FrontPageSlot) -> dict[str, Any]:
    return {
        "id": slot.pk,
        "article": slot.article_id,
        "position": slot.position,
        "is_pinned": slot.is_pinned,
        "starts_at": _instant(slot.starts_at),
        "ends_at": _instant(slot.ends_at),
    }


def _written_row(row: FrontPageBlock) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SETTINGS}


def _written_heat(article: Article) -> dict[str, Any]:
    return {"is_hot": article.is_hot, "hot_until": _instant(article.hot_until)}


def _instant(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _is_over(row: dict[str, Any], now: datetime) -> bool:
    end = row["ends_at"] and parse_datetime(row["ends_at"])
    return bool(end and end <= now)
