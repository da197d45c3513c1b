"""Answers a search: the articles found, the mistyped words put right, where the next page begins."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from articles.arabic import FoldedText
from articles.html import plain_text
from articles.models import Article, Author, Category
from articles.models.article import LANGUAGE_CODES
from articles.search import positions
from articles.search.engines import Engine, Found, Hit, Scope, engine
from articles.search.highlight import Piece, highlight, snippet
from articles.search.query import MAX_LETTERS, MAX_WORDS, Query, Thesaurus, parse
from articles.search.words import Guess, nearest

PAGE_SIZE = 20
COUNTED = 50  # articles looked at to tell how common a word is
CORRECTED = 4  # words put right in one search


@dataclass(frozen=True)
class Result:
    """An article with its title and a passage of its text, the words looked for marked."""

    article: Article
    title: list[Piece]
    passage: list[Piece]


@dataclass(frozen=True)
class Search:
    """What is asked: the reader's words and filters."""

    text: str
    category: Category | None = None
    author: Author | None = None
    since: datetime | None = None
    until: datetime | None = None
    """The first moment that no longer counts."""
    by_relevance: bool = False
    after: Hit | None = None
    """The last article of the page before."""

    @property
    def ranks(self) -> bool:
        """Whether this page is one of the best; a page that follows one of the newest is not."""
        return self.by_relevance and (self.after is None or bool(self.after.score))


@dataclass(frozen=True)
class Results:
    """A page of what was found."""

    query: Query
    items: list[Result] = field(default_factory=list)
    next_hit: Hit | None = None
    """Where the next page begins; None at the end."""
    corrected: str = ""
    """The words that were looked for instead, where nothing held those that were typed."""


def find(search: Search) -> Results:
    """A page of published articles in the active language that hold all the words of `search`.

    Newest first, or best first. Where there are none, the nearest words that are known are looked
    for instead. Any text is answered; one without letters finds nothing.
    """
    thesaurus = Thesaurus.load()
    query = parse(search.text, thesaurus)
    if not query:
        return Results(query)
    scope, asked = _scope(search), engine()
    found, corrected = _ask(asked, query, scope, search), ""
    if not found.hits and not found.stopped_at and not search.after:
        corrected = _correct(search.text, asked, scope.language)
        meant = parse(corrected, thesaurus)
        instead = _ask(asked, meant, scope, search) if corrected else found
        query, found, corrected = (meant, instead, corrected) if instead.hits else (query, found, "")
    return Results(query, _results(found.hits[:PAGE_SIZE], query), _next(found), corrected)


def _ask(asked: Engine, query: Query, scope: Scope, search: Search) -> Found:
    if search.ranks:
        found = asked.best(query, scope, PAGE_SIZE + 1, search.after)
        # A phrase may stand further back than the best are chosen from.
        if found.hits or search.after or not query.has_phrases:
            return found
    return asked.newest(query, scope, PAGE_SIZE + 1)


def _next(found: Found) -> Hit | None:
    if len(found.hits) > PAGE_SIZE:
        return found.hits[PAGE_SIZE - 1]
    return Hit(found.stopped_at) if found.stopped_at else None


def _scope(search: Search) -> Scope:
    """What is visible now, within the dates and the filing asked for."""
    last = positions.last_position(timezone.now())
    if search.until:
        last = min(last, positions.first_position(search.until) - 1)
    if search.after and not search.ranks:
        last = min(last, search.after.position - 1)
    first = positions.first_position(search.since) if search.since else positions.EARLIEST
    return Scope(get_language() or "ar", first, last, tuple(_filed(search)))


def _filed(search: Search) -> Any:
    if search.category:
        children = search.category.children.values_list("pk", flat=True)
        yield tuple(f"c{key}" for key in (search.category.pk, *children))
    if search.author:
        yield (f"a{search.author.pk}",)


def _results(hits: list[Hit], query: Query) -> list[Result]:
    keys = [positions.key_of(hit.position) for hit in hits]
    code = get_language()
    others = [f"body_{language}" for language in LANGUAGE_CODES if language != code]
    visible = Article.objects.published().in_language().select_related("category", "picture").defer(*others)
    articles = visible.in_bulk(keys)
    return [_result(articles[key], query) for key in keys if key in articles]


def _result(article: Article, query: Query) -> Result:
    text = "\n".join(filter(None, [article.summary, plain_text(article.body or "")]))
    return Result(article, highlight(article.title, query), snippet(text, query))


def _correct(text: str, asked: Engine, language: str) -> str:
    """`text` with each word that no article holds replaced by the nearest that some do; empty if none is."""
    everywhere = Scope(language, positions.EARLIEST, positions.last_position(timezone.now()))
    words = FoldedText(text[:MAX_LETTERS]).words()[:MAX_WORDS]
    unknown = [word for word in words if not asked.newest(parse(word.folded), everywhere, 1).hits]
    if len(unknown) > CORRECTED:
        return ""
    corrected = text[:MAX_LETTERS]
    for word in reversed(unknown):
        guess = _commonest(nearest(language, word.folded), asked, everywhere)
        if guess:
            corrected = corrected[: word.start] + guess + corrected[word.end :]
    return "" if corrected == text[:MAX_LETTERS] else corrected


def _commonest(guesses: list[Guess], asked: Engine, scope: Scope) -> str:
    """Of the nearest guesses that readers can find, the one that most articles hold."""
    counts = {guess: len(asked.newest(parse(guess.spelling), scope, COUNTED).hits) for guess in guesses}
    held = [guess for guess in guesses if counts[guess]]
    best = min(held, key=lambda guess: (guess.distance, guess.strangeness, -counts[guess]), default=None)
    return best.spelling if best else ""
