"""What readers see and get of the policy: messages, floods, and trust that only a proved address has."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments.choices import Mode, Reason, Status
from comments.models import Comment, CommentSettings, Decision, Policy, Sender
from comments.tokens import confirm_path
from tests.factories import comment_data, make_article, make_comment
from tests.pages import read, words

pytestmark = pytest.mark.django_db

MESSAGE = "نقاش حول الماء: ابقوا في الموضوع."


def post(client: Client, article: Article, **values: Any) -> Any:
    return client.post(f"/news/{article.pk}/comments/", comment_data(article, **values))


def notices(client: Client, address: str) -> list[str]:
    return [words(notice) for notice in read(client, address).findall(".//section[@id='comments']/p[@class='notice']")]


def test_the_newsrooms_message_stands_above_the_form(client: Client) -> None:
    article = make_article()
    Policy.objects.create(article=article, message=MESSAGE)

    for address in (article.get_absolute_url(), f"/news/{article.pk}/comments/"):
        section = read(client, address).find(".//section[@id='comments']")

        kinds = [(child.tag, child.get("class")) for child in section]
        assert notices(client, address) == [MESSAGE]
        assert kinds.index(("p", "notice")) < kinds.index(("form", "comment-form"))


@pytest.mark.parametrize("values", [{"mode": Mode.CLOSED}, {"frozen": True}, {"close_after_days": 0}])
def test_a_closed_discussion_says_why_in_place_of_the_form(client: Client, values: dict[str, Any]) -> None:
    article = make_article()
    Policy.objects.create(article=article, message=MESSAGE, **values)

    page = read(client, article.get_absolute_url())

    said = notices(client, article.get_absolute_url())
    assert page.find(".//form[@id='comment-form']") is None
    assert said[0] == MESSAGE
    assert len(said) == 2
    refused = post(client, article)
    assert refused.status_code == 403
    assert said[1] in refused.content.decode()


def test_a_flood_is_stopped_and_its_last_words_are_kept(client: Client) -> None:
    article = make_article()
    limit = CommentSettings.load().rate_limit
    for number in range(limit):
        assert post(client, article, text=f"النص رقم {number}").status_code == 303

    response = post(client, article, text="النص الأخير")

    assert response.status_code == 429
    assert int(response.headers["Retry-After"]) > 0
    assert "النص الأخير" in response.content.decode()
    assert Comment.objects.count() == limit


def trusted(email: str = "said@example.ma") -> Comment:
    """The last of as many approved comments as trust takes."""
    CommentSettings.objects.create(sample_percent=0)
    for _ in range(CommentSettings.load().trust_after):
        comment = make_comment(email=email, submitted_at=timezone.now() - timedelta(days=1))
    return comment


def test_a_trusted_reader_is_shown_at_once_where_the_browser_proves_the_address(client: Client) -> None:
    client.post(confirm_path(trusted()))
    article = make_article()

    post(client, article, text="نص من قارئ نعرفه منذ مدة")

    comment = Comment.objects.get(article=article)
    assert comment.status == Status.APPROVED
    assert Decision.objects.get(comment=comment).reason == Reason.TRUSTED
    assert comment.text in client.get(article.get_absolute_url()).content.decode()


def test_whoever_only_types_a_trusted_address_waits(client: Client) -> None:
    trusted()
    Sender.objects.update(verified_at=timezone.now())
    article = make_article()

    post(client, article, text="نص ممن كتب عنوان غيره")

    assert Comment.objects.get(article=article).status == Status.PENDING


def test_the_proof_of_another_address_is_none(client: Client) -> None:
    trusted()
    Sender.objects.update(verified_at=timezone.now())
    client.post(confirm_path(make_comment(email="souad@example.ma")))
    article = make_article()

    post(client, article, text="نص ممن أثبت عنوانا آخر")

    assert Comment.objects.get(article=article).status == Status.PENDING
