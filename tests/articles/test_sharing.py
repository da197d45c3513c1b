"""The foot of an article: where it is passed on, what comes next, and the way back up."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone, translation

from articles.models import Article
from tests.factories import make_article, make_category
from tests.pages import read, words

pytestmark = pytest.mark.django_db


def shares(client: Client, article: Article) -> list[str]:
    page = read(client, article.get_absolute_url())
    links = page.findall(".//ul[@class='share__list']//a")
    assert {(link.get("rel"), link.get("target")) for link in links} == {("noopener nofollow", "_blank")}
    return [link.get("href", "") for link in links]


def test_the_row_has_its_order_and_the_short_link(client: Client) -> None:
    article = make_article("قطار & 100% «سريع»؟ #1")
    short = f"http://testserver{article.get_short_url()}"

    found = [urlsplit(address) for address in shares(client, article)]

    assert [parts.hostname for parts in found] == ["wa.me", "www.facebook.com", "x.com", "t.me"]
    asked = [parse_qs(parts.query) for parts in found]
    assert asked[0] == {"text": [f"{article.title}\n{short}"]}
    assert asked[1] == {"u": [short]}
    assert asked[2] == asked[3] == {"text": [article.title], "url": [short]}


@pytest.mark.parametrize("title", ["ط" * 500, "\"'><script>alert(1)</script>", "ar\u200fab"])
def test_any_title_makes_whole_addresses(client: Client, title: str) -> None:
    for address in shares(client, make_article(title)):
        assert address.isascii()
        assert not set("\"'<> ") & set(address)
        assert len(address) < 2000


def test_the_short_link_is_text_to_select_without_script(client: Client) -> None:
    article = make_article()

    link = read(client, article.get_absolute_url()).find(".//bdi[@id='short-link']")

    assert (words(link), link.get("dir")) == (f"http://testserver{article.get_short_url()}", "ltr")


def test_the_next_older_of_the_main_category_is_led_to(client: Client) -> None:
    category, now = make_category(), timezone.now()
    ages = {name: make_article(name, category=category, published_at=now - timedelta(hours=n)) for n, name in ENTRIES}
    make_article(category=make_category(), published_at=now - timedelta(hours=2, minutes=30))

    def following(name: str) -> str | None:
        link = read(client, ages[name].get_absolute_url()).find(".//a[@class='following__link']")
        return None if link is None else link.get("href")

    assert following("الأحدث") == ages["الأوسط"].get_absolute_url()
    assert following("الأوسط") == ages["الأقدم"].get_absolute_url()
    assert following("الأقدم") is None


ENTRIES = [(1, "الأحدث"), (2, "الأوسط"), (3, "الأقدم")]


def test_what_comes_next_exists_in_the_language(client: Client) -> None:
    category, now = make_category(), timezone.now()
    article = make_article(category=category, title_fr="Un", published_at=now)
    make_article(category=category, published_at=now - timedelta(hours=1))
    french = make_article(category=category, title_fr="Trois", published_at=now - timedelta(hours=2))

    with translation.override("fr"):
        page = read(client, article.get_absolute_url())
        expected = french.get_absolute_url()

    assert page.find(".//a[@class='following__link']").get("href") == expected


def test_the_trail_leads_through_parent_and_category(client: Client) -> None:
    parent = make_category("الجهات")
    article = make_article(category=make_category("الشرق", parent=parent))

    links = read(client, article.get_absolute_url()).findall(".//nav[@class='breadcrumbs']//a")

    assert [link.get("href") for link in links] == [
        "/",
        parent.get_absolute_url(),
        article.category.get_absolute_url(),
    ]
