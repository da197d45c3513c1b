"""What stands in the digest of a day: what the editors put forward, in the order in which they did."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from articles import frontpage
from articles.choices import Kind
from articles.models import Article
from articles.querysets import ArticleQuerySet
from newsroom.models.digest import span_of

MOST = 12  # articles
HEADLINES = 4
HOT = 3


@dataclass(frozen=True)
class Part:
    """Some articles, and what they have in common; the headlines need no word for it."""

    heading: str
    articles: list[Article]


@dataclass
class _Shelf:
    """What may still be taken: articles that are new, each once, MOST of them."""

    since: datetime
    taken: set[int] = field(default_factory=set)

    def take(self, articles: Iterable[Article | None], most: int = MOST) -> list[Article]:
        found = []
        for article in articles:
            if article and len(found) < most and self._has_room_for(article):
                self.taken.add(article.pk)
                found.append(article)
        return found

    def _has_room_for(self, article: Article) -> bool:
        is_new = article.published_at is not None and article.published_at > self.since
        return is_new and article.pk not in self.taken and len(self.taken) < MOST and article.kind != Kind.SPONSORED


def new_articles(day: date) -> ArticleQuerySet:
    """The articles of the digest's span that readers of the active language may see; nobody pays for a place."""
    start, end = span_of(day)
    visible = Article.objects.published(end).in_language()
    return visible.filter(~Q(kind=Kind.SPONSORED), published_at__gt=start)


def contents(day: date) -> list[Part]:
    """The parts of the digest of `day` in the active language; none where nothing is new.

    They follow the front page as it stood at the digest's hour, less what was withdrawn since.
    """
    start, end = span_of(day)
    page, shelf = frontpage.compose(end), _Shelf(start)
    parts = [
        Part("", shelf.take([page.lead, *page.top], HEADLINES)),
        Part(_("Hot events"), shelf.take(page.hot, HOT)),
        *_sections(page, shelf),
    ]
    if len(shelf.taken) < MOST:
        parts.append(Part(_("Latest news"), shelf.take(new_articles(day).cards()[: MOST * 2])))
    return [part for part in parts if part.articles]


def _sections(page: frontpage.FrontPage, shelf: _Shelf) -> list[Part]:
    """The first of each section, then the second of each, while there is room; each section together."""
    rows = [(section.name, section.articles) for section in page.sections] + [(_("Opinion"), page.opinion)]
    parts = [Part(name, []) for name, _articles in rows]
    for rank in range(max(len(articles) for _name, articles in rows)):
        for part, (_name, articles) in zip(parts, rows, strict=True):
            part.articles.extend(shelf.take(articles[rank : rank + 1]))
    return parts
