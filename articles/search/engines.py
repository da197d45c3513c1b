"""The two full-text indexes, behind one interface: SQLite's FTS5 and PostgreSQL's tsvector.

Both hold the same stems and give articles by their position, newest first, which neither has to
sort: FTS5 keeps its rows in that order; for PostgreSQL, time is cut into windows, and the index is
asked for one window after the other until there are enough.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from django.db import connection

from articles.search.query import Alternatives, Query

# Relevance is judged among the newest that match: the cost is bounded whatever is asked.
RANKED = 1_000
# No index tells cheaply where words stand side by side, so phrases are looked for among the newest
# articles that hold all their words: a few, where that is enough, then so many; further back, a next
# page goes on.
FEW, LOOKED_AT = 100, 3_000
TITLE_WEIGHT = 10.0
TEXT_WEIGHT = 1.0
SQL = tuple[str, list[Any]]


class Hit(NamedTuple):
    """An article found: its position, and how well it fits (higher is better; 0 where not asked)."""

    position: int
    score: float = 0.0


class Found(NamedTuple):
    """What was found, and where looking stopped before the end; None where it did not."""

    hits: list[Hit]
    stopped_at: int | None = None


@dataclass(frozen=True)
class Scope:
    """Which articles are searched: a language, positions from–to, and what they are filed under."""

    language: str
    first: int
    last: int
    filed: tuple[tuple[str, ...], ...] = ()
    """For each of these, the article's filing must hold one of its words."""


class Engine(Protocol):
    """What a database can be asked."""

    def newest(self, query: Query, scope: Scope, count: int) -> Found:
        """The newest `count` articles in `scope` that match, newest first."""

    def best(self, query: Query, scope: Scope, count: int, after: Hit | None = None) -> Found:
        """Of the newest RANKED that match, the best `count` behind `after`, best first."""

    def matching(self, query: Query, languages: Sequence[str], beginning: str = "") -> SQL:
        """SQL and its parameters for the keys of all articles that match in any of `languages`.

        Where `beginning` is given, words that begin so will do for the last term as well.
        """


def engine() -> Engine:
    """The engine of the database in use."""
    return PostgresEngine() if connection.vendor == "postgresql" else SQLiteEngine()


def _hits(sql: str, parameters: list[Any]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Hit(*row) for row in cursor.fetchall()]


def _ranked(query: Query) -> int:
    return LOOKED_AT if query.has_phrases else RANKED


def _best(ranked: str, parameters: list[Any], count: int, after: Hit | None) -> Found:
    """The best of the rows (position, score) of `ranked`."""
    behind = ""
    if after:
        behind = " WHERE score < %s OR (score = %s AND position < %s)"
        parameters = [*parameters, after.score, after.score, after.position]
    sql = f"SELECT position, score FROM ({ranked}) AS ranked{behind} ORDER BY score DESC, position DESC LIMIT %s"  # noqa: S608 (no words of readers)
    return Found(_hits(sql, [*parameters, count]))


def _newest_with_phrases(look: Callable[[int], list[Hit]], count: int) -> Found:
    """`look(number)` gives the newest candidates, those that hold the phrases with a score."""
    for number in (FEW, LOOKED_AT):
        candidates = look(number)
        hits = [Hit(candidate.position) for candidate in candidates if candidate.score][:count]
        if len(hits) == count or len(candidates) < number:
            return Found(hits)
    return Found(hits, stopped_at=candidates[-1].position)


class SQLiteEngine:
    """FTS5. Stems hold only letters and digits, so that in quotation marks nothing of them is syntax.

    Asked for a rare phrase of common words, FTS5 reads its lists to the end. So it is asked for the
    words alone, and the stems of the newest articles that hold them are looked through.
    """

    RANGE = "FROM articles_searchindex WHERE articles_searchindex MATCH %s AND rowid BETWEEN %s AND %s"
    NEWEST = f"SELECT rowid AS position {RANGE} ORDER BY rowid DESC LIMIT %s"
    WEIGHTS = ", ".join([f"{TITLE_WEIGHT}, {TEXT_WEIGHT}"] * 3) + ", 0.0"  # three languages, then the filing
    RANKED = (
        f"SELECT rowid AS position, -bm25(articles_searchindex, {WEIGHTS}) AS score {RANGE} "
        "ORDER BY rowid DESC LIMIT %s"
    )

    def newest(self, query: Query, scope: Scope, count: int) -> Found:
        parameters = self._parameters(query, scope)
        if not query.has_phrases:
            return Found(_hits(self.NEWEST, [*parameters, count]))
        test, words = _phrase_test(query, scope.language)
        sql = (
            f"SELECT position, {test} FROM ({self.NEWEST}) JOIN articles_searchentry USING (position) "  # noqa: S608
            "ORDER BY position DESC"
        )
        return _newest_with_phrases(lambda number: _hits(sql, [*words, *parameters, number]), count)

    def best(self, query: Query, scope: Scope, count: int, after: Hit | None = None) -> Found:
        ranked, parameters = self.RANKED, [*self._parameters(query, scope), _ranked(query)]
        if query.has_phrases:
            test, words = _phrase_test(query, scope.language)
            ranked = f"SELECT position, score FROM ({ranked}) JOIN articles_searchentry USING (position) WHERE {test}"  # noqa: S608
            parameters += words
        return _best(ranked, parameters, count, after)

    def matching(self, query: Query, languages: Sequence[str], beginning: str = "") -> SQL:
        within = "SELECT rowid FROM articles_searchindex WHERE articles_searchindex MATCH %s"
        expression = " OR ".join(f"({_fts_words(query, language, ' ', beginning)})" for language in languages)
        return f"SELECT article_id FROM articles_searchentry WHERE position IN ({within})", [expression]  # noqa: S608

    def _parameters(self, query: Query, scope: Scope) -> list[Any]:
        """The match of all words, phrases taken apart, and the range."""
        filed = [f"filed : ({' OR '.join(map(_quoted, words))})" for words in scope.filed]
        words = _fts_words(query, scope.language, '" AND "')
        return [" AND ".join([words, *filed]), scope.first, scope.last]


def _fts_words(query: Query, language: str, then: str, beginning: str = "") -> str:
    """The query in FTS5's language, `then` between the words of a phrase."""
    terms = [" OR ".join(f"({_quoted(then.join(run))})" for run in term) for term in query.terms]
    if beginning:
        terms[-1] += f" OR {_quoted(beginning)} *"
    return f"{{title_{language} text_{language}}} : ({' AND '.join(f'({term})' for term in terms)})"


def _quoted(text: str) -> str:
    return f'"{text}"'


def _phrase_test(query: Query, language: str) -> SQL:
    """Whether the stems of an entry, which stand between spaces, hold the phrases of the query."""
    columns = f"title_{language}", f"text_{language}"
    terms = [term for term in query.terms if any(len(run) > 1 for run in term)]
    tests = [[f"instr(' ' || {column} || ' ', %s)" for _run in term for column in columns] for term in terms]
    words = [f" {' '.join(run)} " for term in terms for run in term for _column in columns]
    return " AND ".join(f"({' OR '.join(test)})" for test in tests), words


class PostgresEngine:
    """tsvector columns under GIN indexes that hold the filing and the windows of time as well."""

    # The mark of a window in the index, and how many bits of a position it leaves out: windows of a
    # day and a half, 12 days, 97 days and two years (migration 0003_search_index).
    WINDOWS = (("p", 49), ("q", 52), ("r", 55), ("s", 58))

    def newest(self, query: Query, scope: Scope, count: int) -> Found:
        if query.has_phrases:
            return _newest_with_phrases(lambda number: self._looked_through(query, scope, number), count)
        sql, parameters = self._candidates(query, scope, count)
        return Found(_hits(f"SELECT position FROM ({sql}) AS newest ORDER BY position DESC", parameters))  # noqa: S608

    def best(self, query: Query, scope: Scope, count: int, after: Hit | None = None) -> Found:
        sql, parameters = self._candidates(query, scope, _ranked(query))
        weights = f"{{0, 0, {TEXT_WEIGHT / TITLE_WEIGHT}, 1}}"
        # 1: longer articles hold more words, so their rank is divided by the logarithm of their length.
        ranked = (
            f"SELECT position, ts_rank('{weights}', vector, %s::tsquery, 1)::float8 AS score "  # noqa: S608
            f"FROM ({sql}) AS candidates WHERE vector @@ %s::tsquery"
        )
        exact = _tsquery(query, "<->")
        return _best(ranked, [exact, *parameters, exact], count, after)

    def matching(self, query: Query, languages: Sequence[str], beginning: str = "") -> SQL:
        condition = " OR ".join(f"vector_{language} @@ %s::tsquery" for language in languages)
        parameters = [_tsquery(query, "<->", beginning)] * len(languages)
        return f"SELECT article_id FROM articles_searchentry WHERE {condition}", parameters  # noqa: S608

    def _looked_through(self, query: Query, scope: Scope, number: int) -> list[Hit]:
        """The newest `number` that hold the words, those that hold the phrases with a score."""
        sql, parameters = self._candidates(query, scope, number)
        looked = f"SELECT position, (vector @@ %s::tsquery)::int FROM ({sql}) AS candidates ORDER BY position DESC"  # noqa: S608
        return _hits(looked, [_tsquery(query, "<->"), *parameters])

    def _candidates(self, query: Query, scope: Scope, count: int) -> SQL:
        """The newest `count` that hold the words, phrases taken apart: rows of position and vector.

        The windows are asked in turn: an append stops as soon as its limit is reached.
        """
        windows = list(self._windows(scope)) or [([], scope.first, scope.last)]  # an empty range finds nothing
        # Positions in arithmetic, so that the planner never walks their index and tests row by row.
        select = (
            f"(SELECT position, vector_{scope.language} AS vector FROM articles_searchentry "  # noqa: S608
            f"WHERE vector_{scope.language} @@ %s::tsquery{' AND marks && %s::text[]' * len(scope.filed)}"
            "{window} AND position + 0 BETWEEN %s AND %s ORDER BY position + 0 DESC LIMIT %s)"
        )
        parts, parameters = [], []
        for marks, first, last in windows:
            parts.append(select.format(window=" AND marks && %s::text[]" if marks else ""))
            parameters += [
                _tsquery(query, "&"),
                *map(list, scope.filed),
                *([marks] if marks else []),
                first,
                last,
                count,
            ]
        return f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS windows LIMIT %s", [*parameters, count]  # noqa: S608

    def _windows(self, scope: Scope) -> Iterator[tuple[list[str], int, int]]:
        """Marks, first and last position of each window, from the newest on; the last has no mark."""
        last = scope.last
        for mark, bits in self.WINDOWS:
            number = scope.last >> bits
            first = max((number - 1) << bits, scope.first)
            if first <= last:
                yield [f"{mark}{number}", f"{mark}{number - 1}"], first, last
            last = first - 1
        if scope.first <= last:
            yield [], scope.first, last


def _tsquery(query: Query, then: str, beginning: str = "") -> str:
    """The query in PostgreSQL's language, `then` between the words of a phrase."""
    terms = [_term(term, then) for term in query.terms]
    if beginning:
        terms[-1] += f" | '{beginning}':*"
    return " & ".join(f"({term})" for term in terms)


def _term(term: Alternatives, then: str) -> str:
    runs = (f" {then} ".join(f"'{word}'" for word in run) for run in term)
    return " | ".join(f"({run})" for run in runs)
