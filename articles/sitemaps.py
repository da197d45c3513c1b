"""Sitemaps by ranges of keys: each file is one range of a primary key, so the last costs what the first costs.

Neither counts nor offsets: which files there are follows from the first and the last key.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import override

from articles.choices import Status
from articles.models import Article, ArticleTag, Author, Byline, Category, Tag
from articles.wording import machine_time

SIZE = 5000  # keys of a file; with three languages each, far from the 50,000 addresses that a file may hold
SPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True)
class Entry:
    """A page: its path in each language it exists in, and when it last changed, if that is known."""

    paths: dict[str, str]
    changed: datetime | None = None


@dataclass(frozen=True)
class Section:
    """The pages of one kind of thing. `rows` gives those that readers may see."""

    model: Any
    rows: Callable[[], QuerySet]
    changed: Callable[[Any], datetime | None] = lambda row: None

    def numbers(self) -> range:
        """The numbers of its files, from the two ends of one index."""
        rows = self.model._base_manager.all()
        last = Subquery(rows.order_by("-pk").values("pk")[:1])
        ends = rows.order_by("pk").annotate(last=last).values_list("pk", "last").first()
        return range(_file_of(ends[0]), _file_of(ends[1]) + 1) if ends else range(0)

    def entries(self, number: int) -> list[Entry]:
        """What the file `number` lists, in one query."""
        rows = self.rows().filter(pk__gt=(number - 1) * SIZE, pk__lte=number * SIZE)
        return entries_of(list(rows.order_by("pk")), self.changed)


def entries_of(rows: list[Any], changed: Callable[[Any], datetime | None]) -> list[Entry]:
    """The pages of `rows`: in the languages that each one names, in all where it names none."""
    every = [code for code, _name in settings.LANGUAGES]
    paths: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for code in every:
        with override(code):  # once for all rows, not for each
            for row in rows:
                if code in (row.languages() if hasattr(row, "languages") else every):
                    paths[row.pk][code] = row.get_absolute_url()
    return [Entry(paths[row.pk], changed(row)) for row in rows]


def write_pages(entries: Iterable[Entry], origin: str) -> str:
    """A sitemap: each page once for each of its languages, with the others beside it."""
    urls = "".join(line for entry in entries for line in _urls(entry, origin))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {SPACES}>\n{urls}</urlset>\n'


def write_index(addresses: Iterable[str]) -> str:
    """The sitemap of sitemaps."""
    files = "".join(f"<sitemap><loc>{escape(address)}</loc></sitemap>\n" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {SPACES}>\n{files}</sitemapindex>\n'


def _urls(entry: Entry, origin: str) -> Iterator[str]:
    addresses = {code: escape(origin + path) for code, path in entry.paths.items()}
    rest = f"<lastmod>{machine_time(entry.changed)}</lastmod>" if entry.changed else ""
    if len(addresses) > 1:
        rest += "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{address}"/>' for code, address in addresses.items()
        )
    for address in addresses.values():
        yield f"<url><loc>{address}</loc>{rest}</url>\n"


def _file_of(key: int) -> int:
    return (key - 1) // SIZE + 1


def _articles() -> QuerySet:
    """As `published()`, but so that SQLite reads the range of keys: it would rather read all that is published."""
    visible = Article.objects.alias(state=Cast("status", CharField(max_length=20)))
    titles = [f"title_{code}" for code, _name in settings.LANGUAGES]
    columns = ("pk", "slug", *titles, "published_at", "updated_at")
    return visible.filter(state=Status.PUBLISHED, published_at__lte=timezone.now()).only(*columns)


def _tags() -> QuerySet:
    used = ArticleTag.objects.filter(tag=OuterRef("pk")).live().order_by()
    return Tag.objects.filter(Exists(used), merged_into=None).only("pk", "slug")


def _authors() -> QuerySet:
    wrote = Byline.objects.filter(author=OuterRef("pk")).live().order_by()
    return Author.objects.filter(Exists(wrote)).only("pk", "slug")


def _article_changed(article: Any) -> datetime:
    return article.updated_at if article.was_updated else article.published_at


SECTIONS = {
    "articles": Section(Article, _articles, _article_changed),
    "categories": Section(Category, lambda: Category.objects.only("pk", "slug")),
    "tags": Section(Tag, _tags),
    "authors": Section(Author, _authors),
}
