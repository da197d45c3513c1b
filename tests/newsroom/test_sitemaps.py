"""The sitemaps: what they list, in which languages, and what they cost."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from articles import sitemaps
from articles.choices import Status
from articles.models import Article
from newsroom.models import SiteSettings
from tests.factories import make_article, make_author, make_category, make_page, make_site, make_tag

pytestmark = pytest.mark.django_db

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"
HOST = "http://testserver"


@pytest.fixture(autouse=True)
def one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL counts its keys on from test to test: whatever they are, they stand in the first file."""
    monkeypatch.setattr(sitemaps, "SIZE", 10**9)


def read(client: Client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/xml")
    return ElementTree.fromstring(response.content)


def files(client: Client) -> list[str]:
    """The paths of the sitemaps that the index lists."""
    return [(loc.text or "").removeprefix(HOST) for loc in read(client, "/sitemap.xml").iter(f"{SPACE}loc")]


def listed(client: Client, address: str = "/sitemap-articles-1.xml") -> list[str]:
    return [(loc.text or "").removeprefix(HOST) for loc in read(client, address).iter(f"{SPACE}loc")]


def test_the_index_leads_to_files_of_pages_that_open(client: Client) -> None:
    article = make_article("قطار", title_fr="Le train", tags=("ماء",))
    article.authors.add(make_author())
    make_page("من نحن", title_fr="Qui sommes-nous")

    names = files(client)

    assert names == [f"/sitemap-{name}-1.xml" for name in ("pages", "articles", "categories", "tags", "authors")]
    for name in names:
        for address in listed(client, name):
            assert client.get(address).status_code == 200, address


def test_an_article_is_listed_in_its_languages_alone(client: Client) -> None:
    arabic = make_article("خبر بالعربية")
    both = make_article("خبر باللغتين", title_fr="Dans les deux langues")
    french = make_article(title_fr="En français")
    french.title_ar = None
    french.save()

    assert set(listed(client)) == {
        arabic.get_absolute_url(),
        both.get_absolute_url(),
        f"/fr/news/{both.pk}/dans-les-deux-langues/",
        f"/fr/news/{french.pk}/en-fran%C3%A7ais/",
    }


def test_the_languages_of_an_article_are_linked(client: Client) -> None:
    article = make_article("خبر باللغتين", title_fr="Dans les deux langues")

    urls = read(client, "/sitemap-articles-1.xml").findall(f"{SPACE}url")

    assert len(urls) == 2
    for url in urls:
        links = {link.get("hreflang"): link.get("href") for link in url.findall(ALTERNATE)}
        assert links == {
            "ar": f"{HOST}{article.get_absolute_url()}",
            "fr": f"{HOST}/fr/news/{article.pk}/dans-les-deux-langues/",
        }


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, "scheduled"])
def test_what_is_not_published_is_listed_nowhere(client: Client, status: str) -> None:
    shown, hidden = make_article(), make_article(tags=("سر",))
    hidden.authors.add(make_author())
    late = timezone.now() + timedelta(minutes=5)
    changes = {"published_at": late} if status == "scheduled" else {"status": status}
    Article.objects.filter(pk=hidden.pk).update(**changes)

    assert listed(client) == listed(client, "/news-sitemap.xml") == [shown.get_absolute_url()]
    assert listed(client, "/sitemap-tags-1.xml") == listed(client, "/sitemap-authors-1.xml") == []
    assert set(sitemaps.SECTIONS["articles"].rows()) == set(Article.objects.published())


def test_a_tag_without_articles_and_a_merged_one_are_not_listed(client: Client) -> None:
    make_article(tags=("ماء", "مياه"))
    make_tag("وحيد")
    tag, other = (make_tag(name) for name in ("قطار", "قطارات"))
    other.merge_into(tag, by=None)

    assert len(listed(client, "/sitemap-tags-1.xml")) == 2 * 3


def test_pages_are_listed_in_the_languages_they_exist_in(client: Client) -> None:
    page = make_page("من نحن", title_fr="Qui sommes-nous")
    make_page("مسودة", is_published=False)

    found = listed(client, "/sitemap-pages-1.xml")

    assert [address for address in found if "/page/" in address] == [
        page.get_absolute_url(), f"/fr{page.get_absolute_url()}"
    ]  # fmt: skip
    assert {"/", "/fr/", "/en/", "/latest/", "/fr/corrections/"} <= set(found)


@time_machine.travel(datetime(2026, 11, 24, 10, 30, tzinfo=UTC), tick=False)
def test_the_last_change_bears_the_offset_of_its_day(client: Client) -> None:
    make_article(published_at=datetime(2026, 7, 31, 23, 30, tzinfo=UTC))
    changed = make_article(published_at=datetime(2026, 7, 31, 23, 30, tzinfo=UTC))
    changed.body = "<p>نص جديد</p>"
    changed.save()

    times = [each.text for each in read(client, "/sitemap-articles-1.xml").iter(f"{SPACE}lastmod")]

    assert times == ["2026-08-01T00:30:00+01:00", "2026-11-24T10:30:00+00:00"]


@pytest.mark.parametrize(
    "name",
    ["articles-0", "articles-2", "articles-999999999999999999", "articles--1", "articles-x", "articles", "pages-2"]
    + ["nothing-1", "articles-%00", "articles-1%ff", "%D9%85-1", "users-1"],
)
def test_there_is_no_other_file(client: Client, name: str) -> None:
    make_article()

    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_a_file_holds_one_range_of_keys(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "SIZE", 4)
    category = make_category()
    for key in (5, 8, 9, 21):
        make_article(pk=key, category=category)

    named = [name for name in files(client) if "articles" in name]
    held = [[int(address.split("/")[2]) for address in listed(client, name)] for name in named]

    assert named == [f"/sitemap-articles-{number}.xml" for number in (2, 3, 4, 5, 6)]
    assert held == [[5, 8], [9], [], [], [21]]


def test_a_range_is_read_by_its_keys() -> None:
    plan = sitemaps.SECTIONS["articles"].rows().filter(pk__gt=5000, pk__lte=10000).order_by("pk").explain()

    assert "article_latest" not in plan
    if connection.vendor == "sqlite":
        assert "USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)" in plan
        assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/sitemap.xml", 4), ("/news-sitemap.xml", 2)]
    + [(f"/sitemap-{name}-1.xml", 1) for name in ("articles", "categories", "tags", "authors", "pages")],
)
def test_queries_do_not_grow_with_articles(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int
) -> None:
    for count in (1, 12):
        for _ in range(count):
            make_article(title_fr="Le train", tags=(f"وسم {count} {_}",)).authors.add(make_author())
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_the_news_are_those_of_two_days_in_each_language(client: Client) -> None:
    make_site(name="بريد & الأطلس")
    now = timezone.now()
    article = make_article("قطار & سد", title_en="A train", published_at=now - timedelta(hours=47))
    make_article(published_at=now - timedelta(hours=49))

    urls = read(client, "/news-sitemap.xml").findall(f"{SPACE}url")

    told = [url.find(f"{NEWS}news") for url in urls]
    assert [news.findtext(f"{NEWS}title") for news in told] == ["قطار & سد", "A train"]
    assert [news.findtext(f"{NEWS}publication/{NEWS}language") for news in told] == ["ar", "en"]
    assert {news.findtext(f"{NEWS}publication/{NEWS}name") for news in told} == {"بريد & الأطلس"}
    published = datetime.fromisoformat(told[0].findtext(f"{NEWS}publication_date", ""))
    assert published == article.published_at.replace(microsecond=0)


def test_the_news_are_a_thousand_at_most(client: Client) -> None:
    category, now = make_category(), timezone.now()
    values = {"status": Status.PUBLISHED, "category": category, "published_at": now}
    Article.objects.bulk_create(Article(title=f"خبر {n}", title_fr=f"Article {n}", **values) for n in range(520))

    assert len(listed(client, "/news-sitemap.xml")) == 1000


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=40))
@examples(deadline=None, max_examples=30)
def test_any_stored_text_leaves_them_well_formed(text: str) -> None:
    article = Article.objects.first() or make_article(title_fr="Train")
    SiteSettings.objects.first() or make_site()
    Article.objects.filter(pk=article.pk).update(title_ar=text, title_fr=text, slug=text)
    SiteSettings.objects.update(name=text)

    for address in ("/sitemap.xml", "/sitemap-articles-1.xml", "/news-sitemap.xml"):
        assert len(read(Client(), address)) > 0
