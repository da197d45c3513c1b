"""The feed, the sitemap and robots.txt: for programs, which take nothing that is malformed."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from articles.choices import Status
from articles.models import Article, Category
from tests.factories import make_article, make_category

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ALTERNATE = "{http://www.w3.org/1999/xhtml}link"
CONTROLS = "خبر\x01\x07\x08\x0b\x0c\x1f\x7f\x9f\ufffe\U0001ffff عاجل"


def read(client: Client, address: str, kind: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(kind)
    return ElementTree.fromstring(response.content)


def read_feed(client: Client, address: str = "/feed/") -> Element:
    channel = read(client, address, "application/rss+xml").find("channel")
    assert channel is not None
    return channel


def titles(channel: Element) -> list[str | None]:
    return [title.text for title in channel.findall("item/title")]


def locations(client: Client) -> list[str | None]:
    return [location.text for location in read(client, "/sitemap.xml", "application/xml").iter(f"{SITEMAP}loc")]


def hide(status: str) -> Article:
    """An article that readers may not see."""
    scheduled = status == "scheduled"
    at = timezone.now() + timedelta(minutes=5 if scheduled else -5)
    return make_article("خبر محجوب", status=Status.PUBLISHED if scheduled else status, published_at=at)


def test_an_item_tells_what_the_article_is(client: Client) -> None:
    at = (timezone.now() - timedelta(hours=3)).replace(microsecond=0)
    category = make_category("الحكومة")
    article = make_article("«ميزانية» & أرقام", summary="1 < 2", category=category, published_at=at)

    item = read_feed(client).find("item")

    assert item.findtext("title") == "«ميزانية» & أرقام"
    assert item.findtext("description") == "1 < 2"
    assert item.findtext("link") == f"http://testserver{article.get_absolute_url()}"
    assert item.findtext("category") == "الحكومة"
    assert parsedate_to_datetime(item.findtext("pubDate")) == at


def test_the_feed_holds_the_newest_thirty(client: Client) -> None:
    category, now = make_category(), timezone.now()
    articles = [make_article(category=category, published_at=now - timedelta(minutes=number)) for number in range(33)]

    assert titles(read_feed(client)) == [article.title for article in articles[:30]]


def test_an_empty_feed_is_well_formed(client: Client) -> None:
    assert titles(read_feed(client)) == []


def test_each_language_has_its_own_feed(client: Client) -> None:
    article = make_article("خبر باللغتين", title_fr="Dans les deux langues")
    make_article("خبر بالعربية")

    arabic, french, english = (read_feed(client, address) for address in ("/feed/", "/fr/feed/", "/en/feed/"))

    assert set(titles(arabic)) == {"خبر باللغتين", "خبر بالعربية"}
    assert titles(french) == ["Dans les deux langues"]
    assert titles(english) == []
    assert french.findtext("item/link") == f"http://testserver/fr/news/{article.pk}/dans-les-deux-langues/"
    assert [channel.findtext("language") for channel in (arabic, french, english)] == ["ar", "fr", "en"]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, "scheduled"])
def test_what_is_not_published_is_in_neither(client: Client, status: str) -> None:
    shown = make_article()
    hidden = hide(status)

    assert titles(read_feed(client)) == [shown.title]
    assert [location for location in locations(client) if f"/news/{hidden.pk}/" in location] == []


@pytest.mark.parametrize("address", ["/feed/", "/fr/feed/"])
def test_control_characters_in_the_database_leave_the_feed_well_formed(client: Client, address: str) -> None:
    article = make_article(title_fr="Le train")
    Article.objects.filter(pk=article.pk).update(
        title_ar=CONTROLS, title_fr=CONTROLS, summary_ar=CONTROLS, summary_fr=CONTROLS, slug=f"a{CONTROLS}"
    )
    Category.objects.update(name_ar=CONTROLS, name_fr=CONTROLS)

    channel = read_feed(client, address)

    assert titles(channel) == ["خبر عاجل"]
    assert channel.findtext("item/category") == "خبر عاجل"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60))
@examples(deadline=None, max_examples=50)
def test_any_stored_text_leaves_both_well_formed(text: str) -> None:
    Article.objects.all().delete()
    article = make_article(category=Category.objects.first() or make_category())
    Article.objects.filter(pk=article.pk).update(title_ar=text, summary_ar=text)

    assert len(titles(read_feed(Client()))) == 1
    assert len(locations(Client())) > 0


def test_the_sitemap_lists_each_article_in_its_languages_alone(client: Client) -> None:
    arabic = make_article("خبر بالعربية")
    both = make_article("خبر باللغتين", title_fr="Dans les deux langues")
    french = make_article(title_fr="En français")
    french.title_ar = None
    french.save()

    listed = {location for location in locations(client) if "/news/" in location}

    assert listed == {
        f"http://testserver{arabic.get_absolute_url()}",
        f"http://testserver{both.get_absolute_url()}",
        f"http://testserver/fr/news/{both.pk}/dans-les-deux-langues/",
        f"http://testserver/fr/news/{french.pk}/en-français/".replace("ç", "%C3%A7"),
    }
    assert all(client.get(address.removeprefix("http://testserver")).status_code == 200 for address in listed)


def test_the_sitemap_links_the_languages_of_an_article(client: Client) -> None:
    article = make_article("خبر باللغتين", title_fr="Dans les deux langues")

    urls = read(client, "/sitemap.xml", "application/xml").findall(f"{SITEMAP}url")

    of_article = [url for url in urls if f"/news/{article.pk}/" in url.findtext(f"{SITEMAP}loc")]
    assert len(of_article) == 2
    for url in of_article:
        assert {link.get("hreflang") for link in url.findall(ALTERNATE)} == {"ar", "fr"}


def test_the_sitemap_lists_categories_in_every_language(client: Client) -> None:
    category = make_category("الحكومة")

    address = category.get_absolute_url()

    assert set(locations(client)) == {f"http://testserver{prefix}{address}" for prefix in ("", "/fr", "/en")}


def test_the_sitemap_tells_the_last_change(client: Client) -> None:
    article = make_article(published_at=timezone.now() - timedelta(days=40))
    article.body = "<p>نص جديد</p>"
    article.save()

    urls = read(client, "/sitemap.xml", "application/xml").findall(f"{SITEMAP}url")

    changes = {url.findtext(f"{SITEMAP}lastmod") for url in urls if "/news/" in url.findtext(f"{SITEMAP}loc")}
    assert changes == {timezone.localtime(article.updated_at).date().isoformat()}


@pytest.mark.parametrize("number", ["0", "2", "999999999999", "-1", "x", "%00", "%ff"])
def test_a_page_beyond_the_sitemap_is_not_found(client: Client, number: str) -> None:
    make_article()

    assert client.get(f"/sitemap.xml?p={number}").status_code == 404


def test_robots_are_told_of_the_sitemap_and_kept_out_of_the_admin(client: Client) -> None:
    response = client.get("/robots.txt")

    lines = response.content.decode().splitlines()
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"User-agent: *", "Disallow: /admin/", "Disallow: /comments/"} <= set(lines)
