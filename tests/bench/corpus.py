"""A newspaper of any size, made of the demo's sentences and of rare names."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Article, Author, Byline, Category
from newsroom.demo import content
from tests.bench.console import progress

BATCH = 1_000
SENTENCES_PER_ARTICLE = 12
NAMES_PER_ARTICLE = 20
LETTERS = "ابتجحدرسعفقكلمنهي"


class Corpus:
    """Texts of about 250 words; the same for the same `seed`."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (the same corpus on every machine)
        rows = content.articles()
        self.titles = [row["title"] for row in rows]
        self.sentences = [part.strip() for row in rows for part in row["body"].split(".") if part.strip()]
        self.names = ["".join(self.chance.choices(LETTERS, k=5)) for _ in range(60_000)]

    def title(self) -> str:
        one, other = self.chance.choice(self.titles).split(), self.chance.choice(self.titles).split()
        return " ".join(one[: len(one) // 2] + other[len(other) // 2 :] + [self.name()])

    def body(self) -> str:
        sentences = self.chance.choices(self.sentences, k=SENTENCES_PER_ARTICLE)
        names = " ".join(self.name() for _ in range(NAMES_PER_ARTICLE))
        return f"<p>{'. '.join(sentences)}. {names}.</p>"

    def name(self) -> str:
        """A name; some are met often, most are rare."""
        return self.names[int(len(self.names) * self.chance.random() ** 3)]


def load(count: int) -> None:
    """Publish `count` articles, one every five minutes up to now, in categories and with authors."""
    corpus = Corpus()
    categories = [Category.objects.create(name=f"قسم {number}") for number in range(18)]
    authors = [Author.objects.create(name=f"كاتب {number}") for number in range(50)]
    for done, batch in _batches(count):
        with transaction.atomic():
            articles = Article.objects.bulk_create(_article(corpus, categories, number, count) for number in batch)
            Byline.objects.bulk_create(
                Byline(article=article, author=authors[article.pk % len(authors)]) for article in articles
            )
        progress("articles", done, count)


def _article(corpus: Corpus, categories: list[Category], number: int, count: int) -> Article:
    return Article(
        title=corpus.title(),
        body=corpus.body(),
        category=categories[number % len(categories)],
        status=Article.Status.PUBLISHED,
        published_at=timezone.now() - timedelta(minutes=5 * (count - number)),
    )


def _batches(count: int) -> Iterator[tuple[int, Any]]:
    for start in range(0, count, BATCH):
        end = min(start + BATCH, count)
        yield end, range(start, end)
