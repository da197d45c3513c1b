"""Where times are told from now, where by date, and whose clock they follow."""

from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.sitemaps import SIZE
from comments.receipt import receipt_url
from tests.factories import make_article, make_comment
from tests.pages import read, words

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
EARLIER = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
IN_FULL = "الثلاثاء 24 نونبر 2026 - 10:30"
# One of the last nights at UTC+1: a day later in Morocco than in Greenwich.
SUMMER_NIGHT = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)


def times(client: Client, address: str) -> list[tuple[str | None, str]]:
    """The times of a page: the full date that stands on each, and what it says."""
    return [(time.get("title"), words(time)) for time in read(client, address).iter("time")]


@time_machine.travel(NOW, tick=False)
def test_a_receipt_tells_how_long_ago_the_comment_was_sent(client: Client) -> None:
    comment = make_comment(status="pending", submitted_at=EARLIER)

    assert (IN_FULL, "قبل ساعتين") in times(client, receipt_url(comment))


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("kind", ["article", "comment"])
def test_the_lists_of_the_admin_tell_how_long_ago(login: Any, editor: User, moderator: User, kind: str) -> None:
    comment = make_comment(make_article(published_at=EARLIER), submitted_at=EARLIER)
    desk = login(editor if kind == "article" else moderator)

    address = reverse(f"admin:{comment._meta.app_label if kind == 'comment' else 'articles'}_{kind}_changelist")

    assert (IN_FULL, "قبل ساعتين") in times(desk, address)


def test_a_draft_without_a_time_shows_a_dash(login: Any, editor: User) -> None:
    make_article(status="draft")
    cells = read(login(editor), "/admin/articles/article/").iter("td")

    assert [words(cell) for cell in cells if "field-since" in cell.get("class", "")] == ["—"]


@time_machine.travel(NOW, tick=False)
def test_pages_that_may_be_stored_tell_times_by_their_date(client: Client) -> None:
    article = make_article(published_at=EARLIER, is_hot=True, tags=("الماء",))
    make_comment(article, submitted_at=EARLIER)
    tag = article.tags.get()
    addresses = ["/", "/latest/", "/hot/", article.category.get_absolute_url(), tag.get_absolute_url()]
    addresses += [article.get_absolute_url(), reverse("comment_list", args=[article.pk])]

    told = [text for address in addresses for _title, text in times(client, address)]

    assert len(told) > 2 * len(addresses)
    assert [text for text in told if text.startswith(("قبل", "الآن", "بعد"))] == []


def test_the_article_says_how_long_reading_it_takes(client: Client) -> None:
    long, empty = make_article(body=f"<p>{'كلمة ' * 540}</p>"), make_article(body="", title_fr="Sans texte")

    assert "قراءة في 3 دقائق" in words(read(client, long.get_absolute_url()).find(".//article/header"))
    assert "قراءة" not in words(read(client, empty.get_absolute_url()).find(".//article/header"))


@time_machine.travel(NOW, tick=False)
def test_a_feed_gives_times_with_the_offset_of_that_day(client: Client) -> None:
    make_article(published_at=EARLIER)
    summer = make_article(published_at=SUMMER_NIGHT)
    make_comment(summer, submitted_at=SUMMER_NIGHT)

    feeds = [
        ElementTree.fromstring(client.get(path).content) for path in ("/feed/", f"/news/{summer.pk}/comments/feed/")
    ]

    assert [date.text for feed in feeds for date in feed.iter("pubDate")] == [
        "Tue, 24 Nov 2026 10:30:00 +0000",
        "Sat, 01 Aug 2026 00:30:00 +0100",
        "Sat, 01 Aug 2026 00:30:00 +0100",
    ]


def test_pages_sitemap_and_admin_follow_the_clock_of_morocco(client: Client, login: Any, editor: User) -> None:
    article = make_article(published_at=SUMMER_NIGHT)

    page = read(client, article.get_absolute_url())
    sitemap = client.get(f"/sitemap-articles-{(article.pk - 1) // SIZE + 1}.xml").content.decode()
    form = read(login(editor), reverse("admin:articles_article_change", args=[article.pk]))

    assert [time.get("datetime") for time in page.findall(".//article/header//time")] == ["2026-08-01T00:30:00+01:00"]
    assert "<lastmod>2026-08-01T00:30:00+01:00</lastmod>" in sitemap
    typed = {field.get("name"): field.get("value") for field in form.iter("input")}
    assert (typed["published_at_0"], typed["published_at_1"]) == ("01/08/2026", "00:30")
