"""How many comments there are, in words, and where readers see it."""

from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from comments.models import Comment
from comments.thread import PAGE_SIZE
from comments.wording import comment_count
from tests.factories import make_article, make_comment
from tests.pages import read, words

COUNTS = {
    0: "لا تعليقات",
    1: "تعليق واحد",
    2: "تعليقان",
    3: "3 تعليقات",
    10: "10 تعليقات",
    11: "11 تعليقا",
    99: "99 تعليقا",
    100: "100 تعليق",
    101: "101 تعليق",
    102: "102 تعليق",
    103: "103 تعليقات",
    1_234: "1.234 تعليقا",
}


def heading(page: Element) -> str:
    (section,) = (each for each in page.iter("section") if each.get("id") == "comments")
    return words(section.find("h2"))


@pytest.mark.parametrize(("count", "said"), COUNTS.items())
def test_arabic_counts_comments_in_six_forms(count: int, said: str) -> None:
    assert comment_count(count) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", ["Aucun commentaire", "1 commentaire", "2 commentaires", "100 commentaires"]),
        ("en", ["No comments", "1 comment", "2 comments", "100 comments"]),
    ],
)
def test_french_and_english_count_comments_in_two_forms(language: str, said: list[str]) -> None:
    with translation.override(language):
        assert [comment_count(count) for count in (0, 1, 2, 100)] == said


@pytest.mark.django_db
@pytest.mark.parametrize("count", [0, 1, 3, 11])
def test_the_discussion_says_how_many_comments_it_has(client: Client, count: int) -> None:
    article = make_article()
    for _ in range(count):
        make_comment(article)
    make_comment(article, status="pending")

    for address in (article.get_absolute_url(), reverse("comment_list", args=[article.pk])):
        assert heading(read(client, address)) == COUNTS[count]


@pytest.mark.django_db
def test_what_readers_see_is_counted(client: Client) -> None:
    article = make_article()
    shown, hidden = make_comment(article), make_comment(article, status="rejected")
    make_comment(article, parent=shown)
    make_comment(article, parent=hidden)

    assert heading(read(client, article.get_absolute_url())) == "3 تعليقات"


@pytest.mark.django_db
def test_every_page_of_a_long_discussion_says_the_whole_number(client: Client) -> None:
    article = make_article()
    row: dict[str, Any] = {"name": "قارئة", "email": "k@example.ma", "text": "نص", "html": "<p>نص</p>"}
    Comment.objects.bulk_create(Comment(article=article, status="approved", **row) for _ in range(2 * PAGE_SIZE + 1))
    first = client.get(reverse("comment_list", args=[article.pk]))
    page, headings = first.context["page"], [heading(read(client, article.get_absolute_url()))]

    while page.next:
        address = f"{reverse('comment_list', args=[article.pk])}{page.next}"
        headings.append(heading(read(client, address)))
        page = client.get(address).context["page"]

    assert headings == ["101 تعليق"] * 3


@pytest.mark.django_db
def test_counting_a_discussion_does_not_count_its_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_article()
    make_comment(article, parent=make_comment(article))
    with django_assert_num_queries(8) as captured:
        client.get(reverse("comment_list", args=[article.pk]))

    assert not [query for query in captured.captured_queries if "COUNT(" in query["sql"]]
