"""What stands in the digest of a day: what the editors put forward, in the order in which they did."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

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
REST = 50  # articles that are looked through for what no block of the front page holds


@dataclass(frozen=True)
class Part:
    """Some articles, and what they have in common."""

    heading: str
    articles: list[Article]


@dataclass
class _Shelf:
    """What may still be taken: articles that are new, each once, MOST of them."""

    since: datetime
    taken: set[int] = field(default_factory=set)

    def take(self, articles: Iterable[Article | None], most: int) -> list[Article]:
        """The first `most` of `articles` that are fit; of an iterator, no more is read than that takes."""
        return list(islice((article for article in articles if article and self._takes(article)), most))

    def _takes(self, article: Article) -> bool:
        is_new = article.published_at is not None and article.published_at > self.since
        if not is_new or article.pk in self.taken or len(self.taken) >= MOST or article.kind == Kind.SPONSORED:
            return False
        self.taken.add(article.pk)
        return True


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
        Part(_("Top stories"), shelf.take([page.lead, *page.top], HEADLINES)),
        Part(_("Hot events"), shelf.take(page.hot, HOT)),
    ]
    rest = new_articles(day).cards()[:REST] if len(shelf.taken) < MOST else []
    parts += _share_out(_sections(page, rest), shelf)
    return [part for part in parts if part.articles]


def _sections(page: frontpage.FrontPage, rest: Iterable[Article]) -> dict[str, list[Article]]:
    """What stands in each section: first those of the front page, then others that have something new; opinion last."""
    sections = {section.name: list(section.articles) for section in page.sections}
    opinion = list(page.opinion)
    for article in [*page.latest, *rest]:
        own = opinion if article.kind == Kind.OPINION else sections.setdefault(str(article.category), [])
        own.append(article)
    return {**sections, _("Opinion"): opinion}


def _share_out(sections: dict[str, list[Article]], shelf: _Shelf) -> list[Part]:
    """The first of each section, then the second of each, while there is room; each section together."""
    parts = [(Part(name, []), iter(articles)) for name, articles in sections.items()]
    has_more = True
    while has_more:
        has_more = False
        for part, supply in parts:
            found = shelf.take(supply, 1)
            part.articles.extend(found)
            has_more = has_more or bool(found)
    return [part for part, _supply in parts]
