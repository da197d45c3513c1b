"""Search finds an article in whatever spelling its words are typed, and nothing else."""

import pytest
from django.test import Client

from articles.arabic import stems
from articles.models import Article
from tests.factories import make_article
from tests.pages import read
from tests.vectors import DIFFERENT, VARIANTS

pytestmark = pytest.mark.django_db

PLAIN = "<p>متن لا يحمل شيئا</p>"


def found(client: Client, text: str, **filters: str) -> set[int]:
    """The keys of the articles on the first page of results."""
    page = client.get("/search/", {"q": text, **filters})
    return {int(link.split("/")[2]) for link in read_results(page.content.decode())}


def read_results(html: str) -> list[str]:
    results = html.partition('<ol id="results"')[2].partition("</ol>")[0]
    return [part.partition('"')[0] for part in results.split('<a href="')[1:]]


@pytest.fixture
def newspaper() -> dict[str, Article]:
    """One article for each variant, and one for each word that must be kept apart."""
    words = {written for _query, written in VARIANTS} | {word for pair in DIFFERENT for word in pair}
    return {word: make_article(f"خبر {word} اليوم", body=PLAIN) for word in sorted(words)}


@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_every_variant_is_found_and_alone(client: Client, newspaper: dict[str, Article], order: str) -> None:
    hits = {query: found(client, query, sort=order) for query, _written in VARIANTS}

    # A word that must be kept apart from others may itself be written here as well: کتاب, كتاب.
    wanted = {
        query: {article.pk for word, article in newspaper.items() if stems(word) == stems(written)}
        for query, written in VARIANTS
    }
    assert hits == wanted


def test_words_that_are_kept_apart_do_not_find_each_other(client: Client, newspaper: dict[str, Article]) -> None:
    false_hits = [(one, other) for one, other in DIFFERENT if newspaper[other].pk in found(client, one)]

    assert false_hits == []


@pytest.mark.parametrize(("query", "written"), VARIANTS)
def test_a_variant_is_found_in_a_body_as_well(client: Client, query: str, written: str) -> None:
    article = make_article("عنوان", body=f"<p>قبل {written} بعد</p>")

    assert found(client, query) == {article.pk}


@pytest.mark.parametrize("query", ["المغرب", "للوزارة", "أَخْنُوش", "ﻃﻨﺠﺔ", "٢٠٣٠"])
def test_the_words_found_are_marked_in_the_letters_of_the_article(client: Client, query: str) -> None:
    make_article("اخنوش في وزارات المغرب: طنجة 2030", body=PLAIN)

    page = read(client, f"/search/?q={query}")

    (mark,) = page.findall(".//ol[@id='results']//mark")
    assert mark.text in "اخنوش في وزارات المغرب: طنجة 2030".replace(":", "").split()
