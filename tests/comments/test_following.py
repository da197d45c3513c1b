"""Following by mail: who is written to, only after confirming, and never in a flood."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.models import Article
from comments.choices import MailKind, Status
from comments.following import ask_to_confirm, follow
from comments.models import Comment, OutboxMessage, Sender, Subscription
from comments.tokens import confirm_path
from tests.factories import comment_data, make_article, make_comment

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 5, tzinfo=UTC)


def post(client: Client, article: Article, ip: str = "192.0.2.1", prefix: str = "", **values: Any) -> Any:
    address = f"{prefix}/news/{article.pk}/comments/"
    response = client.post(address, comment_data(article, **values), REMOTE_ADDR=ip)
    assert response.status_code == 303
    return response


def mails() -> list[tuple[str, int | None, int | None]]:
    return list(OutboxMessage.objects.order_by("pk").values_list("kind", "comment", "subscription"))


def test_nobody_follows_without_asking(client: Client) -> None:
    post(client, make_article())

    assert not Subscription.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_following_the_answers_waits_for_a_confirmation(client: Client) -> None:
    article = make_article()

    post(client, article, follow="answers")

    comment, wish = Comment.objects.get(), Subscription.objects.get()
    assert (wish.article, wish.comment, wish.confirmed_at, wish.language) == (article, comment, None, "ar")
    assert (wish.email, wish.email_digest) == (comment.email, comment.email_digest)
    assert mails() == [(MailKind.CONFIRM, comment.pk, wish.pk)]


def test_following_everything_names_the_article_alone_in_the_pages_language(client: Client) -> None:
    article = make_article(title_fr="Le train")

    post(client, article, prefix="/fr", follow="all")

    wish = Subscription.objects.get()
    assert (wish.article, wish.comment, wish.language) == (article, None, "fr")


def test_whoever_answered_follows_the_thread(client: Client) -> None:
    opener = make_comment()

    post(client, opener.article, parent=opener.pk, follow="answers")

    assert Subscription.objects.get().comment == opener


def test_a_browser_that_proves_the_address_follows_at_once(client: Client) -> None:
    article = make_article()
    known = make_comment(email="said@example.ma")
    client.post(confirm_path(known))

    post(client, article, email="said@example.ma", follow="all")
    post(Client(), article, email="said@example.ma", follow="answers", text="نص آخر")

    wishes = dict(Subscription.objects.values_list("comment__name", "confirmed_at"))
    assert wishes[None] is not None
    assert wishes["سعيد"] is None


def test_confirming_again_is_one_subscription(client: Client) -> None:
    comment = make_comment()

    follow(comment, "answers")
    follow(comment, "answers")
    follow(comment, "answers", proved=True)

    assert Subscription.objects.exclude(confirmed_at=None).count() == 1
    assert len(mails()) == 1


@pytest.mark.parametrize("values", [{"website": "x"}, {"follow": ""}])
def test_a_program_and_whoever_wants_nothing_follow_nothing(client: Client, values: dict[str, str]) -> None:
    post(client, make_article(), **{"follow": "all", **values})

    assert not Subscription.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_an_unknown_wish_comes_back(client: Client) -> None:
    article = make_article()

    response = client.post(f"/news/{article.pk}/comments/", comment_data(article, follow="x"))

    assert response.status_code == 422
    assert b'id="id_follow_error"' in response.content


def test_one_address_gets_one_confirmation_an_hour_and_three_a_day(client: Client) -> None:
    comments = [make_comment(email="said@example.ma") for _ in range(40)]
    with time_machine.travel(NOW, tick=False) as clock:
        sent = []
        for number, comment in enumerate(comments):
            Comment.objects.filter(pk=comment.pk).update(submitted_at=NOW)
            clock.move_to(NOW + timedelta(minutes=40 * number))
            sent.append(ask_to_confirm(comment))

    assert [number for number, each in enumerate(sent) if each] == [0, 2, 4, 36, 38]


def test_one_connection_causes_five_confirmations_an_hour(client: Client) -> None:
    with time_machine.travel(NOW, tick=False):
        article = make_article()
        for number in range(7):
            post(client, article, email=f"reader{number}@example.ma", follow="all")
        post(client, article, ip="192.0.2.2", email="other@example.ma", follow="all")

    assert len(mails()) == 6
    assert Subscription.objects.count() == 8


def test_a_comment_whose_address_is_gone_asks_nothing() -> None:
    comment = make_comment(email="")

    follow(comment, "all")

    assert not ask_to_confirm(comment)
    assert not Subscription.objects.exists()


def test_a_trusted_name_without_proof_is_not_verified(client: Client) -> None:
    post(client, make_article(), follow="all")

    assert Sender.objects.get().verified_at is None
    assert Comment.objects.get().status == Status.PENDING
