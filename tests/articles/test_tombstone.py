"""In place of a withdrawn article: that it was withdrawn, and when; nothing of what it said."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from articles.models import Article
from newsroom.models import Redirect
from tests.factories import make_article, make_picture
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

SECRET = "القطار-السريع"


def withdrawn(**values: object) -> Article:
    article = make_article(SECRET, summary=SECRET, body=f"<p>{SECRET}</p>", picture=make_picture(alt=SECRET), **values)
    with time_machine.travel(datetime(2026, 12, 5, 13, 30, tzinfo=UTC), tick=False):
        article.withdraw(by=None, reason="سبب داخلي")
    return article


@pytest.mark.parametrize("slug", [f"{SECRET}/", "old-slug/", ""])
def test_the_page_says_the_day_and_nothing_else(client: Client, slug: str) -> None:
    article = withdrawn()

    response = client.get(f"/news/{article.pk}/{slug}")

    page = parse(response)
    text = response.content.decode()
    assert response.status_code == 410
    assert "5 دجنبر 2026" in words(page.find(".//main"))
    assert SECRET not in text
    assert "القطار" not in text
    assert "سبب داخلي" not in text
    assert page.find(".//meta[@name='robots']").get("content") == "noindex"
    assert [link.get("href") for link in page.findall(".//main//a")] == ["/", "/latest/"]
    assert not response.cookies


def test_the_short_link_says_the_same(client: Client) -> None:
    article = withdrawn()

    assert client.get(article.get_short_url()).status_code == 410


def test_the_discussion_of_a_withdrawn_article_is_not_there(client: Client) -> None:
    article = withdrawn()

    assert client.get(f"/news/{article.pk}/comments/").status_code == 404


def test_a_language_it_never_had_knows_nothing_of_it(client: Client) -> None:
    article = withdrawn(title_fr="Le train")

    with translation.override("fr"):
        french = article.get_absolute_url()

    assert client.get(french).status_code == 410
    assert client.get(french.replace("/fr/", "/en/", 1)).status_code == 404


def test_what_was_withdrawn_before_its_time_was_never_there(client: Client) -> None:
    article = make_article(published_at=timezone.now() + timedelta(days=1))
    article.withdraw(by=None)

    assert client.get(article.get_absolute_url()).status_code == 404


def test_what_is_published_again_is_back_at_once(client: Client) -> None:
    article = withdrawn()
    gone = client.get(article.get_absolute_url()).status_code

    article.publish(by=None)

    assert (gone, client.get(article.get_absolute_url()).status_code) == (410, 200)


def test_a_redirect_of_the_editors_goes_before_it(client: Client) -> None:
    article = withdrawn()
    Redirect.objects.lead(f"/news/{article.pk}/old/", "/latest/", by=None)

    assert client.get(f"/news/{article.pk}/old/").headers["Location"] == "/latest/"
