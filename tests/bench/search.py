"""python -m tests.bench.search [--articles N]: what search finds, and what it costs."""

import argparse
import statistics
import time
from collections.abc import Callable, Iterable
from typing import Any

from tests.bench import database
from tests.bench.console import table
from tests.vectors import DIFFERENT, SAME, VARIANTS

database.set_up()

from django.core.cache import cache  # noqa: E402 (Django must be set up first)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone, translation  # noqa: E402

from articles.arabic import FoldedText, fold, stem, stems  # noqa: E402
from articles.models import Article, Author, Category  # noqa: E402
from articles.search import positions  # noqa: E402
from articles.search.engines import Scope, engine  # noqa: E402
from articles.search.query import Thesaurus, parse  # noqa: E402
from tests.bench.corpus import Corpus, load  # noqa: E402
from tests.factories import make_article  # noqa: E402

ROUNDS = 9
PAGE = 21
WORDS = ("المغرب", "الحكومة", "الوزارة", "الماء", "الفلاحة", "الرباط", "السدود", "مشروع", "الصحة", "التعليم")
PAIRS = ("الحكومة الماء", "وزارة الصحة", "مشروع السدود", "مدينة الرباط", "القطاع الفلاحي")
COMMON = ("في", "من على", "في من إلى على")
RARE = ("قنيطرة طماطم", "فسيفساء", "ءءء كلمةغيرموجودة")
PHRASES = ("«وزارة الصحة»", "«في من»", "«على في من»", "«المغرب في الحكومة»")
ODD = {
    "10 kB of one letter": "ا" * 10_000,
    "1,000 words": "كلمة في من على " * 250,
    "16 common words": "في من على إلى عن أن التي الذي هذا ما لا كل بعد بين مع أو",
    "only marks": "\u064b\u064c\u0651" * 100,
    "only zero-width": "\u200b\u200c\ufeff" * 100,
    "unbalanced quotes": '«"“ في «من "على',
    "operators": 'NEAR(في من, 2) AND * OR "x"* col : ^a -b + c',
    "NUL and surrogates": "في\x00من\ud800",
    "phrases of common words": "«على في من» «من من» «في في»",
    "mistyped words": "الرياظة المقربية الحكومات الوزارط",
}


def measured(ask: Callable[[], Any]) -> float:
    """The median time of `ask`, in milliseconds of wall clock."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1e3)
    return statistics.median(times)


def in_database(ask: Callable[[], Any]) -> float:
    """The median time that `ask` spends in the database, in milliseconds."""
    times: list[float] = []

    def wrapper(execute: Any, *args: Any) -> Any:
        started = time.perf_counter()
        result = execute(*args)
        times[-1] += (time.perf_counter() - started) * 1e3
        return result

    for _ in range(ROUNDS):
        times.append(0.0)
        with connection.execute_wrapper(wrapper):
            ask()
    return statistics.median(times)


def found_of_variants() -> tuple[int, int]:
    """How many variants are found, and how many articles are found that should not be."""
    articles = [make_article(f"خبر {written} اليوم", body="<p>متن</p>") for _query, written in VARIANTS]
    decoys = [make_article(f"خبر {other} اليوم", body="<p>متن</p>") for _one, other in DIFFERENT]
    queries = [query for query, _written in VARIANTS]
    hits = [set(_keys(query)) for query in queries]
    found = sum(article.pk in keys for article, keys in zip(articles, hits, strict=True))
    false = sum(len(keys - {article.pk}) for article, keys in zip(articles, hits, strict=True))
    false += sum(decoy.pk in _keys(one) for (one, _other), decoy in zip(DIFFERENT, decoys, strict=True))
    return found, false


def _keys(text: str) -> list[int]:
    found = engine().newest(parse(text, Thesaurus.load()), everything(), 100)
    return [positions.key_of(hit.position) for hit in found.hits]


def everything(**filing: Any) -> Scope:
    return Scope("ar", positions.EARLIEST, positions.last_position(timezone.now()), **filing)


def cost(texts: Iterable[str], ask: str, scope: Scope) -> str:
    thesaurus = Thesaurus.load()
    queries = [parse(text, thesaurus) for text in texts]
    times = [in_database(lambda query=query: getattr(engine(), ask)(query, scope, PAGE)) for query in queries]
    return f"{statistics.median(times):.2f} / {max(times):.2f}"


def costs() -> list[tuple[str, str]]:
    """Database time of kinds of queries: median / worst of the kind, in milliseconds."""
    deep = Scope("ar", positions.EARLIEST, _position_at_depth(0.7))
    filed = everything(
        filed=((f"c{Category.objects.order_by('pk')[3].pk}",), (f"a{Author.objects.order_by('pk')[3].pk}",))
    )
    return [
        ("newest first, one word", cost(WORDS, "newest", everything())),
        ("newest first, two words", cost(PAIRS, "newest", everything())),
        ("newest first, words that most articles hold", cost(COMMON, "newest", everything())),
        ("newest first, rare or unknown words", cost(RARE, "newest", everything())),
        ("newest first, seven tenths down", cost(WORDS, "newest", deep)),
        ("newest first, one category and author", cost(WORDS, "newest", filed)),
        ("newest first, phrases", cost(PHRASES, "newest", everything())),
        ("best first, one or two words", cost([*WORDS, *PAIRS], "best", everything())),
        ("best first, words that most articles hold", cost(COMMON, "best", everything())),
    ]


def _position_at_depth(share: float) -> int:
    articles = Article.objects.published()
    row = articles.values_list("published_at", "pk")[int(articles.count() * share)]
    return positions.position_of(*row)


def texts() -> list[tuple[str, str]]:
    """What folding and stemming a thousand words of the corpus costs, in milliseconds."""
    words = " ".join(Corpus().body() for _ in range(10)).split()[:1_000]
    text = " ".join(words)
    costs = {
        "fold 1,000 words": lambda: fold(text),
        "fold and stem 1,000 words": lambda: stems(text),
        "fold 1,000 words, with their origins": lambda: FoldedText(text).words(),
    }
    return [(name, f"{measured(ask):.2f}") for name, ask in costs.items()]


def pages() -> list[tuple[str, str]]:
    """Whole answers of /search/, in milliseconds."""
    client = Client()

    def page(text: str, **filters: str) -> Callable[[], Any]:
        def ask() -> None:
            cache.clear()
            assert client.get("/search/", {"q": text.encode("utf-8", "surrogatepass"), **filters}).status_code == 200

        return ask

    usual = [
        (f"page of results: {PAIRS[0]}", page(PAIRS[0])),
        ("the same, best first", page(PAIRS[0], sort="relevance")),
    ]
    odd = [(f"page for odd input: {name}", page(text)) for name, text in ODD.items()]
    return [(name, f"{measured(ask):.0f}") for name, ask in [*usual, *odd]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    count = parser.parse_args().articles
    translation.activate("ar")
    with database.scratch_database() as vendor:
        found, false = found_of_variants()
        same = sum(stem(fold(one)) == stem(fold(other)) for one, other in SAME)
        load(count)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        rows = [
            (f"spelling variants found, of {len(VARIANTS)}", f"{found}, with {false} false hits"),
            (f"pairs of word forms conflated, of {len(SAME)}", str(same)),
            *texts(),
            *costs(),
            *pages(),
        ]
        table((f"{vendor}, {count:,} articles", "ms, median / worst"), rows)


if __name__ == "__main__":
    main()
