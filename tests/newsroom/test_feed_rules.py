"""Every feed keeps the rules of its form, whatever text is in the database."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from articles.models import Article, Author, Byline, Category, Picture, Tag
from comments.models import Comment
from newsroom.models import SiteSettings
from tests.factories import make_article, make_author, make_comment, make_picture, make_site
from tests.feedrules import FAULTS

pytestmark = pytest.mark.django_db

FORMS = list(FAULTS)
ANY = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
NASTY = [
    "خبر\x01\x07\x08\x0b\x0c\x1f\x7f\x9f\ufffe\uffff\U0001ffff عاجل",
    "]]><script>alert(1)</script><![CDATA[",
    "&lt;&amp;&#0;&#x1F;\"'<!--",
    "\u202e\u2066\u200f",
    "\r\n\t",
    "\u2028\u2029\x85",
    "\x07",
    "ع" * 400,
]


def fill() -> Article:
    """One article with all that a feed tells of, and a comment."""
    make_site()
    article = make_article("قطار", title_fr="Train", summary_fr="x", tags=("ماء",), picture=make_picture())
    Byline.objects.create(article=article, author=make_author())
    make_comment(article)
    return article


def say_everywhere(text: str) -> None:
    """Put `text` where people's words stand, past every form."""
    said: dict[str, Any] = {"title_ar": text or " ", "title_fr": text or " ", "summary_ar": text, "summary_fr": text}
    Article.objects.update(**said)
    name = text[:100]  # as long as the columns are
    Category.objects.update(name_ar=name, name_fr=name, description_ar=text)
    Tag.objects.update(label_ar=name)
    Author.objects.update(name_ar=name, name_fr=name, bio_ar=text)
    Picture.objects.update(alt_ar=name, credit=name)
    SiteSettings.objects.update(name=text[:60])
    Comment.objects.update(name=text[:60], html=f"<p>{text}</p>")


def addresses(article: Article) -> list[str]:
    things = (article.category, article.tags.get(), article.authors.get())
    with translation.override("ar"):  # whatever was asked before
        pages = ["/", *(thing.get_absolute_url() for thing in things), f"/news/{article.pk}/comments/"]
    return [f"{prefix}{page}feed/" for prefix in ("", "/fr") for page in pages]


def faults(client: Client, article: Article) -> list[str]:
    found = []
    for address in addresses(article):
        for form in FORMS:
            response = client.get(address + form)
            assert response.status_code == 200
            found += [f"{address}{form}: {fault}" for fault in FAULTS[form](response.content)]
    return found


@pytest.mark.parametrize("text", ["خبر اليوم", *NASTY])
def test_what_is_stored_breaks_no_rule(client: Client, text: str) -> None:
    article = fill()
    say_everywhere(text)

    assert faults(client, article) == []


@given(ANY)
@examples(deadline=None, max_examples=15)
def test_any_text_at_all_breaks_no_rule(text: str) -> None:
    article = Article.objects.first() or fill()
    say_everywhere(text)

    assert faults(Client(), article) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("page", ["/", "/fr/", "/en/"])
def test_an_empty_feed_breaks_none_either(client: Client, page: str, form: str) -> None:
    response = client.get(f"{page}feed/{form}")

    assert FAULTS[form](response.content) == []


def test_an_article_of_which_little_is_known_breaks_none(client: Client) -> None:
    article = make_article(summary="", published_at=timezone.make_aware(datetime(1999, 12, 31, 23, 59)))
    page = f"{article.category.get_absolute_url()}feed/"

    assert [fault for form in FORMS for fault in FAULTS[form](client.get(page + form).content)] == []


@pytest.mark.parametrize("form", FORMS)
def test_the_rules_see_what_is_wrong(client: Client, form: str) -> None:
    make_article("قطار")
    content = client.get(f"/feed/{form}").content.decode()

    relative = content.replace("http://testserver/a/1", "/a/1").replace("http://testserver/news", "/news")
    undated = content.replace("+0000", "GMT+0").replace("+00:00", " UTC")

    assert FAULTS[form](relative.encode()) != []
    assert FAULTS[form](undated.encode()) != []
