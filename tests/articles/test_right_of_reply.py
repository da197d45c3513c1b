"""A right of reply and the article that it answers lead to each other."""

from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.choices import Kind, Status
from articles.models import Article
from tests.admin_forms import errors_beside, form_data, save
from tests.factories import make_article
from tests.pages import read

pytestmark = pytest.mark.django_db

QUERIES = 15  # as tests/articles/test_article_page.py has it


def reply(answers: Article, **values: Any) -> Article:
    return make_article(answers=answers, **{"kind": Kind.REPLY, **values})


def links(page: Element, mark: str) -> list[str]:
    notices = [each for each in page.iter("aside") if each.get(mark)]
    return [link.get("href", "") for notice in notices for link in notice.iter("a")]


def test_a_reply_leads_to_what_it_answers_and_back(client: Client) -> None:
    answered = make_article("تحقيق في الأسعار")
    answer = reply(answered)

    assert links(read(client, answer.get_absolute_url()), "data-answers") == [answered.get_absolute_url()]
    assert links(read(client, answered.get_absolute_url()), "data-reply") == [answer.get_absolute_url()]


def test_every_published_reply_is_told_the_newest_first(client: Client) -> None:
    answered, now = make_article(), timezone.now()
    older, newer = (reply(answered, published_at=now - timedelta(hours=hours)) for hours in (5, 2))

    page = read(client, answered.get_absolute_url())

    assert links(page, "data-reply") == [newer.get_absolute_url(), older.get_absolute_url()]


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, "scheduled"])
def test_a_reply_that_readers_may_not_see_is_not_told(client: Client, status: str) -> None:
    later = {"published_at": timezone.now() + timedelta(hours=1)}
    answered = make_article()
    hidden = reply(answered, title="رد لم ينشر", **(later if status == "scheduled" else {"status": status}))

    page = client.get(answered.get_absolute_url()).content.decode()

    assert hidden.title not in page
    assert "data-reply" not in page


@pytest.mark.parametrize("status", [Status.DRAFT, Status.WITHDRAWN, "scheduled"])
def test_a_reply_to_what_readers_may_not_see_leads_nowhere(client: Client, status: str) -> None:
    later = {"published_at": timezone.now() + timedelta(hours=1)}
    hidden = make_article("تحقيق سحب", **(later if status == "scheduled" else {"status": status}))

    page = client.get(reply(hidden).get_absolute_url()).content.decode()

    assert hidden.title not in page
    assert "data-answers" not in page


def test_only_a_right_of_reply_is_told_as_one(client: Client) -> None:
    answered = make_article()
    reply(answered, kind=Kind.OPINION)

    assert "data-reply" not in client.get(answered.get_absolute_url()).content.decode()


def test_each_language_tells_what_is_written_in_it(client: Client) -> None:
    answered = make_article("تحقيق", title_fr="Enquête")
    reply(answered, title="رد بالعربية")

    assert "data-reply" in client.get(answered.get_absolute_url()).content.decode()
    assert "data-reply" not in client.get(f"/fr/news/{answered.pk}/enquete/").content.decode()


def test_the_page_costs_a_query_more_at_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    answered = make_article()
    answer = reply(answered)
    with django_assert_max_num_queries(QUERIES):
        client.get(answer.get_absolute_url())
    for _ in range(5):
        reply(answered)

    with django_assert_max_num_queries(QUERIES + 1):
        client.get(answered.get_absolute_url())


def test_an_article_does_not_answer_itself() -> None:
    article = make_article(kind=Kind.REPLY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(answers=article)


def test_what_is_no_reply_answers_nothing() -> None:
    article = make_article(answers=make_article())

    with pytest.raises(ValidationError) as refusal:
        article.full_clean()

    assert set(refusal.value.message_dict) == {"answers"}


def address(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def test_an_editor_says_what_a_reply_answers(login: Any, editor: User) -> None:
    answered, answer = make_article(), make_article(kind=Kind.REPLY)

    response = save(login(editor), address(answer), answers=answered.pk)

    answer.refresh_from_db()
    assert response.status_code == 302
    assert answer.answers == answered


def test_a_mistake_is_told_beside_its_field(login: Any, editor: User) -> None:
    article = make_article()

    response = save(login(editor), address(article), answers=make_article().pk)

    assert response.status_code == 200
    assert len(errors_beside(response, "answers")) == 1
    assert Article.objects.get(pk=article.pk).answers is None


def test_a_journalist_does_not_say_so(login: Any, journalist: User) -> None:
    draft = make_article(status=Status.DRAFT, owner=journalist, kind=Kind.REPLY)
    desk = login(journalist)
    data = form_data(desk.get(address(draft)))

    desk.post(address(draft), data | {"answers": make_article().pk})

    assert "answers" not in data
    assert Article.objects.get(pk=draft.pk).answers is None
