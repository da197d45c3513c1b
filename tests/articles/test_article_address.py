"""The article's addresses: which of them answers, which leads elsewhere, and when there is nothing."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urljoin, urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from articles.choices import Status
from articles.models import Article
from articles.slugs import encode_short
from tests.factories import make_article

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
# Each gives an address that names the article with this key.
ADDRESSES: dict[str, Callable[[Article], str]] = {
    "page": Article.get_absolute_url,
    "bare": lambda article: reverse("article_root", args=[article.pk]),
    "short": Article.get_short_url,
    "comments": lambda article: reverse("comment_list", args=[article.pk]),
    "comment feed": lambda article: reverse("comment_feed", args=[article.pk]),
}


@pytest.fixture(params=ADDRESSES, ids=str)
def address(request: pytest.FixtureRequest) -> Callable[[Article], str]:
    return ADDRESSES[request.param]


@pytest.mark.parametrize(
    "slug",
    ["", "خطأ/", "old-title/", "-/", "%3Cscript%3E/", "a%00b/", "%ff%fe/", "x" * 3000 + "/", "%20/", "..%20/"],
    ids=["missing", "arabic", "latin", "dash", "markup", "null", "no utf-8", "long", "space", "dots"],
)
def test_the_number_decides_and_any_other_slug_is_redirected(client: Client, slug: str) -> None:
    article = make_article("عودة القطار إلى وجدة")

    response = client.get(f"/news/{article.pk}/{slug}")

    assert (response.status_code, response.headers["Location"]) == (301, article.get_absolute_url())
    assert client.get(response.headers["Location"]).status_code == 200


SPELLINGS: dict[str, Callable[[str], str]] = {
    "500 letters": lambda slug: "س" * 500,
    "2,000 letters": lambda slug: "س" * 2000,
    "upper hex": lambda slug: quote(slug[:-1]),
    "lower hex": lambda slug: quote(slug[:-1]).lower(),
    "tatweel": lambda slug: slug.replace("ا", "اـ").replace("e", "eـ"),
    "marks": lambda slug: slug + "\u064b",
    "upper case": lambda slug: slug.upper() + "X",
    "devanagari": lambda slug: "हिन्दी",
    "tifinagh": lambda slug: "ⵜⴰⵎⴰⵣⵉⵖⵜ",
    "comments": lambda slug: "comments-",
    "nothing": lambda slug: "-",
}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=list(SPELLINGS))
def test_any_spelling_of_a_slug_ends_at_the_canonical_address_by_one_redirect(
    client: Client, spell: Callable[[str], str], language: str
) -> None:
    article = make_article("عودة القطار إلى وجدة", title_fr="Le retour du train", title_en="The train is back")
    with translation.override(language):
        canonical = article.get_absolute_url()
        prefix = canonical[: canonical.index("/news/")]

        response = client.get(f"{prefix}/news/{article.pk}/{spell(article.address_slug)}/", follow=True)

    assert response.redirect_chain == [(canonical, 301)]


def test_both_ways_of_writing_hex_are_the_canonical_address(client: Client) -> None:
    address = make_article("عودة القطار").get_absolute_url()

    assert [client.get(address).status_code, client.get(address.lower()).status_code] == [200, 200]


@pytest.mark.parametrize("title", ["comments", "Comments!", "؟!", "ـــ"])
def test_a_title_that_makes_no_slug_makes_a_hyphen(client: Client, title: str) -> None:
    article = make_article(title)

    assert article.get_absolute_url() == f"/news/{article.pk}/-/"
    assert client.get(article.get_absolute_url()).status_code == 200


def test_the_slug_is_arabic_and_whole(client: Client) -> None:
    title = " ".join(["المملكة", "تستعد", "لاستقبال", "العالم"] * 8)
    article = make_article(title)

    response = client.get(f"/news/{article.pk}/{title.replace(' ', '-')}/")

    assert response.status_code == 200


def test_an_address_without_its_last_slash_is_redirected(client: Client) -> None:
    article = make_article()

    response = client.get(article.get_absolute_url().rstrip("/"))

    assert (response.status_code, response.headers["Location"]) == (301, article.get_absolute_url())


def test_an_article_called_comments_has_a_page_of_its_own(client: Client) -> None:
    article = make_article("comments")

    assert client.get(article.get_absolute_url()).context_data["article"] == article


def test_the_slug_of_each_language_is_its_own(client: Client) -> None:
    article = make_article("عودة القطار", title_fr="Le retour du train")

    response = client.get(f"/fr/news/{article.pk}/عودة-القطار/")

    assert response.status_code == 301
    assert response.headers["Location"] == f"/fr/news/{article.pk}/le-retour-du-train/"


@pytest.mark.parametrize("typed", ["a/b", "a b/c", "comments", "؟", "..", "/", "?x", "a#b"], ids=repr)
def test_a_slug_typed_by_hand_takes_no_page_down(client: Client, typed: str) -> None:
    article = make_article("عودة القطار", slug=typed)

    assert client.get("/").status_code == 200
    address = article.get_absolute_url()
    response = client.get(address)
    assert (response.status_code, response.resolver_match.url_name) == (200, "article_detail")
    assert urlsplit(urljoin("http://testserver/", address)).path == address, "a browser asks for another address"


@pytest.mark.parametrize(
    "key",
    ["0", "00", "01", "-1", "1.0", "1e3", "١", "x", "9" * 18, "9" * 19, "9" * 4000, "%00", "1%00", "%ff", "%f0%28"],
    ids=lambda key: key[:19],
)
@pytest.mark.parametrize("rest", ["", "x/", "comments/", "comments/feed/"])
def test_a_number_of_no_article_is_no_page(client: Client, key: str, rest: str) -> None:
    make_article(pk=7)

    assert client.get(f"/news/{key}/{rest}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/%00", "/%00/", "/%ff", "/%c3%28/", "/fr/%00/", "/%ed%a0%80/", "/a/%00", "/a/%ff", "/comments/received/%00/"],
)
def test_bytes_that_are_no_text_are_no_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_published_article_answers_at_every_address(client: Client, address: Callable[[Article], str]) -> None:
    article = make_article()

    assert client.get(address(article)).status_code in (200, 301)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN])
def test_what_is_not_published_is_nowhere(client: Client, address: Callable[[Article], str], status: Status) -> None:
    article = make_article(status=status, published_at=timezone.now() - timedelta(hours=1))

    assert client.get(address(article)).status_code == 404


def test_a_withdrawn_article_is_gone_at_once(client: Client, address: Callable[[Article], str]) -> None:
    article = make_article()
    before = client.get(address(article)).status_code

    article.withdraw(by=None)

    assert before in (200, 301)
    # The page says so; what hangs on it is simply not there.
    assert client.get(address(article)).status_code == (404 if "comments" in address(article) else 410)


def test_a_scheduled_article_appears_when_its_time_comes(client: Client, address: Callable[[Article], str]) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        article = make_article(published_at=NOW + timedelta(hours=1))
        too_early = client.get(address(article)).status_code
        clock.move_to(NOW + timedelta(minutes=59, seconds=59))
        still_too_early = client.get(address(article)).status_code
        clock.move_to(NOW + timedelta(hours=1))
        in_time = client.get(address(article)).status_code

    assert (too_early, still_too_early) == (404, 404)
    assert in_time in (200, 301)


def test_an_article_is_not_found_in_a_language_it_does_not_exist_in(
    client: Client, address: Callable[[Article], str]
) -> None:
    arabic = make_article()
    french = make_article(title_fr="Le train")
    french.title_ar = None
    french.save()

    with translation.override("fr"):
        absent, present = address(arabic), address(french)

    assert client.get(absent).status_code == 404
    assert client.get(present).status_code in (200, 301)
    assert client.get(present.removeprefix("/fr")).status_code == 404


def test_the_short_link_leads_to_the_article(client: Client) -> None:
    article = make_article("عودة القطار إلى وجدة")

    response = client.get(article.get_short_url())

    assert (response.status_code, response.headers["Location"]) == (301, article.get_absolute_url())
    assert article.get_short_url().isascii()


@pytest.mark.parametrize("code", ["zzz", "0", "00", "-", "_", "I", "o", "l", "قصير", "z" * 13, "z" * 5000])
def test_a_short_code_of_no_article_is_no_page(client: Client, code: str) -> None:
    make_article()

    assert client.get(f"/a/{code}").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_a_short_link_in_upper_case_leads_to_the_same_article(client: Client, prefix: str) -> None:
    article = make_article("عودة القطار", title_fr="Le retour", pk=123_457)
    code = encode_short(article.pk)

    response = client.get(f"{prefix}/a/{code.upper()}", follow=True)

    assert code.upper() != code
    assert [status for _address, status in response.redirect_chain] == [301]
    assert response.context_data["article"] == article


@pytest.mark.parametrize("number", [1, 31, 32, 1_000, 999_999, 1_000_000])
def test_a_short_link_is_ascii_and_short(number: int) -> None:
    code = Article(pk=number).get_short_url().removeprefix("/a/")

    assert code.isascii()
    assert len(code) <= 6


def test_an_article_has_one_short_code_alone(client: Client) -> None:
    article = make_article()

    assert client.get(f"/a/0{encode_short(article.pk)}").status_code == 404
