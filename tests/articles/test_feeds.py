"""The feeds of articles: what they hold, in which languages, and where their old addresses lead."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.choices import Status
from articles.models import Article, Byline
from tests.factories import make_article, make_author, make_category, make_picture, make_site, make_tag
from tests.feedrules import ATOM, DC, MEDIA

pytestmark = pytest.mark.django_db

FORMS = ["", "atom/", "json/"]
TYPES = {"": "application/rss+xml", "atom/": "application/atom+xml", "json/": "application/feed+json"}
SUMMER_NIGHT = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)


def read_rss(client: Client, address: str = "/feed/") -> Element:
    channel = ElementTree.fromstring(client.get(address).content).find("channel")
    assert channel is not None
    return channel


def read_json(client: Client, address: str = "/feed/json/") -> dict[str, Any]:
    return json.loads(client.get(address).content)


def titles(client: Client, address: str) -> list[str]:
    """The titles in a feed of any form, in its order."""
    content = client.get(address).content
    if address.endswith("json/"):
        return [item["title"] for item in json.loads(content)["items"]]
    if address.endswith("atom/"):
        return [title.text or "" for title in ElementTree.fromstring(content).findall(f"{ATOM}entry/{ATOM}title")]
    return [title.text or "" for title in ElementTree.fromstring(content).findall("channel/item/title")]


def filed(title: str = "") -> tuple[Article, list[str]]:
    """An article, and the pages of what it is filed under."""
    article = make_article(title, tags=("الماء",))
    Byline.objects.create(article=article, author=make_author())
    things = (article.category, article.tags.get(), article.authors.get())
    return article, [thing.get_absolute_url() for thing in things]


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_its_type_and_may_be_shared(client: Client, form: str) -> None:
    article, pages = filed()

    for page in ["/", "/fr/", *pages, f"/news/{article.pk}/comments/"]:
        response = client.get(f"{page}feed/{form}")
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(TYPES[form])
        assert response.headers["Cache-Control"].startswith("public")
        assert response.headers["Last-Modified"]


def test_an_item_tells_what_the_article_is(client: Client) -> None:
    at = (timezone.now() - timedelta(hours=3)).replace(microsecond=0)
    picture = make_picture(alt="سد & ماء", credit="سميرة")
    article = make_article("«ميزانية» & أرقام", summary="1 < 2", published_at=at, picture=picture)
    for name in ("سميرة", "كريم"):
        Byline.objects.create(article=article, author=make_author(name))

    rss = read_rss(client).find("item")
    item = read_json(client)["items"][0]

    assert rss.findtext("title") == item["title"] == "«ميزانية» & أرقام"
    assert rss.findtext("description") == "1 &lt; 2"  # it is read as HTML
    assert item["content_text"] == "1 < 2"
    assert rss.findtext("link") == item["url"] == f"http://testserver{article.get_absolute_url()}"
    assert rss.findtext("guid") == item["id"] == f"http://testserver{article.get_short_url()}"
    assert rss.findtext("category") == item["tags"][0] == article.category.name
    assert [creator.text for creator in rss.findall(f"{DC}creator")] == ["سميرة", "كريم"]
    assert rss.find("enclosure").attrib == {
        "url": f"http://testserver{picture.address}", "type": "image/jpeg", "length": str(picture.file.size)
    }  # fmt: skip
    assert rss.findtext(f"{MEDIA}content/{MEDIA}description") == "سد & ماء"
    assert item["attachments"][0]["size_in_bytes"] == picture.file.size


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_whose_file_is_gone_leaves_the_feed_standing(client: Client, form: str) -> None:
    picture = make_picture()
    make_article(picture=picture)
    picture.file.storage.delete(picture.file.name)

    assert len(titles(client, f"/feed/{form}")) == 1


@pytest.mark.parametrize("form", FORMS)
def test_the_feed_holds_the_newest_thirty(client: Client, form: str) -> None:
    category, now = make_category(), timezone.now()
    articles = [make_article(category=category, published_at=now - timedelta(minutes=number)) for number in range(33)]
    expected = [article.title for article in articles[:30]]

    assert titles(client, f"/feed/{form}") == expected
    assert titles(client, f"{category.get_absolute_url()}feed/{form}") == expected


@pytest.mark.parametrize("form", FORMS)
def test_a_list_has_a_feed_of_what_stands_in_it(client: Client, form: str) -> None:
    article, pages = filed()
    make_article("في مكان آخر")

    for page in pages:
        assert titles(client, f"{page}feed/{form}") == [article.title]
    assert len(titles(client, f"/feed/{form}")) == 2


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, "scheduled"])
def test_what_is_not_published_is_in_no_feed(client: Client, status: str, form: str) -> None:
    article, pages = filed()
    late = timezone.now() + timedelta(minutes=5)
    changes = {"published_at": late} if status == "scheduled" else {"status": status}
    Article.objects.filter(pk=article.pk).update(**changes)

    assert [titles(client, f"{page}feed/{form}") for page in ["/", *pages]] == [[]] * 4


def test_each_language_has_its_own_feeds(client: Client) -> None:
    article = make_article("خبر باللغتين", title_fr="Dans les deux langues")
    make_article("خبر بالعربية", category=article.category)
    page = article.category.get_absolute_url()

    for below in ("/", page):
        assert len(titles(client, f"{below}feed/")) == 2
        assert titles(client, f"/fr{below}feed/") == ["Dans les deux langues"]
        assert titles(client, f"/en{below}feed/") == []
    french = read_rss(client, "/fr/feed/")
    assert french.findtext("item/link") == f"http://testserver/fr/news/{article.pk}/dans-les-deux-langues/"
    assert [read_json(client, f"{prefix}/feed/json/")["language"] for prefix in ("", "/fr", "/en")] == [
        "ar",
        "fr",
        "en",
    ]


def test_a_feed_bears_the_names_of_the_newspaper_and_of_its_list(client: Client) -> None:
    make_site(name="بريد & الأطلس")
    category = make_category("الحكومة", description="أخبار الحكومة")

    channel = read_rss(client, f"{category.get_absolute_url()}feed/")

    assert read_rss(client).findtext("title") == read_json(client)["authors"][0]["name"] == "بريد & الأطلس"
    assert channel.findtext("title") == "⁨الحكومة⁩ - ⁨بريد & الأطلس⁩"
    assert channel.findtext("description") == "أخبار الحكومة"


@time_machine.travel(datetime(2026, 11, 24, 10, 30, tzinfo=UTC), tick=False)
def test_times_bear_the_offset_of_their_day(client: Client) -> None:
    article = make_article(published_at=SUMMER_NIGHT)
    article.title = "عنوان آخر"
    article.save()

    item = read_json(client)["items"][0]
    entry = ElementTree.fromstring(client.get("/feed/atom/").content).find(f"{ATOM}entry")

    assert item["date_published"] == entry.findtext(f"{ATOM}published") == "2026-08-01T00:30:00+01:00"
    assert item["date_modified"] == entry.findtext(f"{ATOM}updated") == "2026-11-24T10:30:00+00:00"


def test_what_an_item_is_known_by_outlasts_its_title(client: Client) -> None:
    article = make_article(title_fr="Avant")
    before = read_json(client, "/fr/feed/json/")["items"][0]
    article.title_fr = "Après"
    article.save()

    after = read_json(client, "/fr/feed/json/")["items"][0]
    permalink = client.get(after["id"].removeprefix("http://testserver"))

    assert after["id"] == before["id"]
    assert after["url"] != before["url"]
    assert f"http://testserver{permalink.headers['Location']}" == after["url"]


@pytest.mark.parametrize("form", FORMS)
def test_a_former_slug_leads_to_the_feed_of_today(client: Client, form: str) -> None:
    _article, pages = filed()
    category = make_category("القديم")
    old = category.get_absolute_url()
    category.slug = "الجديد"
    category.save()
    merged = make_tag("المياه")
    merged.merge_into(make_tag("ماء"), by=None)

    moved = client.get(f"{old}feed/{form}")

    assert moved.status_code == 301
    assert moved.headers["Location"] == f"{category.get_absolute_url()}feed/{form}"
    assert client.get(f"{merged.get_absolute_url()}feed/{form}").status_code == 301
    assert client.get(f"{pages[0]}feed/{form}").status_code == 200


@pytest.mark.parametrize("address", ["/feed/xml/", "/feed/rss/", "/category/nichts/feed/", "/tag/x/feed/json/"])
def test_there_is_no_other_feed(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_feed_names_the_hub_where_there_is_one(client: Client, settings: Any) -> None:
    hub = "https://hub.example/"
    assert all(hub not in client.get(f"/feed/{form}").content.decode() for form in FORMS)

    settings.WEBSUB_HUB = hub

    assert read_rss(client).find(f"{ATOM}link[@rel='hub']").get("href") == hub
    assert read_json(client)["hubs"] == [{"type": "WebSub", "url": hub}]
    assert client.get("/feed/atom/").headers["Link"] == (
        '<https://hub.example/>; rel="hub", <http://testserver/feed/atom/>; rel="self"'
    )


@pytest.mark.parametrize("form", FORMS)
def test_queries_do_not_grow_with_articles(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, form: str
) -> None:
    article, (category, tag, author) = filed()
    queries = {"/": 3, category: 5, tag: 5, author: 5}

    for count in (1, 30):
        for _ in range(count):
            other = make_article(category=article.category, tags=("الماء",), picture=make_picture())
            Byline.objects.create(article=other, author=article.authors.get())
        for page, number in queries.items():
            with django_assert_num_queries(number):
                client.get(f"{page}feed/{form}")
