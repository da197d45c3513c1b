"""Keeps the search entries in step with articles and what files them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from articles.arabic import stems
from articles.choices import Status
from articles.html import plain_text
from articles.models import Article, ArticleCategory, Byline, SearchEntry, SearchWord
from articles.models.article import LANGUAGE_CODES
from articles.search.positions import position_of
from articles.search.words import learn, new_words

BATCH = 200
# PostgreSQL takes a megabyte of stems; no article that people read comes near this.
MAX_LETTERS = 150_000
COLUMNS = [f"{part}_{language}" for language in LANGUAGE_CODES for part in ("kicker", "title", "summary", "body")]
UPDATED = [field.name for field in SearchEntry._meta.concrete_fields if not field.primary_key]
Row = dict[str, Any]
Known = tuple[str, str]  # language, folded word


def refresh(keys: Iterable[int], known: set[Known] | None = None) -> None:
    """Bring the entries of the articles `keys` in step, in the transaction that is under way.

    Articles that are gone took their entries with them. `known` are words that need not be learnt
    again; it grows.
    """
    known = set() if known is None else known
    for batch in _batches(sorted(keys)):
        rows = list(_locked(batch).values("pk", "status", "published_at", *COLUMNS))
        texts = {row["pk"]: _texts(row) for row in rows}
        filed = _filed(batch)
        entries = [_entry(row, texts[row["pk"]], filed[row["pk"]]) for row in rows]
        SearchEntry.objects.bulk_create(
            entries, update_conflicts=True, unique_fields=["article"], update_fields=UPDATED
        )
        published = [row for row in rows if row["status"] == Status.PUBLISHED]
        learn(word for row in published for word in _new_words(texts[row["pk"]], row["published_at"], known))


def refile(keys: Iterable[int]) -> None:
    """Bring only the filing of the articles `keys` in step, as far as they have entries."""
    for batch in _batches(sorted(keys)):
        list(_locked(batch).values("pk"))
        filed = _filed(batch)
        entries = list(SearchEntry.objects.filter(article__in=batch).only("article", "filed"))
        moved = [entry for entry in entries if entry.filed != " ".join(filed[entry.article_id])]
        for entry in moved:
            entry.filed = " ".join(filed[entry.article_id])
        SearchEntry.objects.bulk_update(moved, ["filed"])


def _locked(keys: list[int]) -> Any:
    """The articles, locked: whoever writes an entry reads what it holds behind this, one after the other."""
    return Article._base_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")


def rebuild(show: Callable[[int, int], None]) -> int:
    """Make every entry anew, tell `show(done, all)` after each batch, and say how many there are."""
    keys = list(Article._base_manager.order_by("pk").values_list("pk", flat=True))
    SearchWord.objects.all().delete()
    done, known = 0, set[Known]()
    for batch in _batches(keys):
        with transaction.atomic():
            refresh(batch, known)
        done += len(batch)
        show(done, len(keys))
    _tidy()
    return done


def _tidy() -> None:
    """Let the database make its own index anew, and see to its statistics."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for command in ("rebuild", "optimize"):
                cursor.execute("INSERT INTO articles_searchindex (articles_searchindex) VALUES (%s)", [command])
        else:
            cursor.execute("ANALYZE articles_searchentry")


def _batches(keys: list[int]) -> Iterator[list[int]]:
    rest = iter(keys)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _texts(row: Row) -> dict[str, tuple[str, str]]:
    """For each language that the article exists in, its title and its text without markup."""
    texts = {}
    for language in LANGUAGE_CODES:
        kicker, title, summary, body = (
            row[f"{part}_{language}"] or "" for part in ("kicker", "title", "summary", "body")
        )
        if title:
            texts[language] = f"{kicker}\n{title}", f"{summary}\n{plain_text(body)}"[:MAX_LETTERS]
    return texts


def _entry(row: Row, texts: dict[str, tuple[str, str]], filed: list[str]) -> SearchEntry:
    published_at = row["published_at"] if row["status"] == Status.PUBLISHED else None
    columns = {}
    for language, (title, text) in texts.items():
        columns[f"title_{language}"] = _stemmed(title)
        columns[f"text_{language}"] = _stemmed(text)
    return SearchEntry(
        article_id=row["pk"], position=position_of(published_at, row["pk"]), filed=" ".join(filed), **columns
    )


def _stemmed(text: str) -> str:
    return " ".join(stems(text))[:MAX_LETTERS]


def _filed(keys: list[int]) -> defaultdict[int, list[str]]:
    """What each article is filed under, as the words of the index."""
    filed: defaultdict[int, list[str]] = defaultdict(list)
    for mark, model, field in (("c", ArticleCategory, "category"), ("a", Byline, "author")):
        rows = model.objects.filter(article__in=keys).order_by("pk").values_list("article", field)
        for article, key in rows:
            filed[article].append(f"{mark}{key}")
    return filed


def _new_words(texts: dict[str, tuple[str, str]], since: datetime, known: set[Known]) -> Iterator[SearchWord]:
    # What is to come may be the first to hold a word, but not the one that readers know it from.
    known = known if since <= timezone.now() else set(known)
    for language, parts in texts.items():
        yield from new_words(language, "\n".join(parts), since, known)
