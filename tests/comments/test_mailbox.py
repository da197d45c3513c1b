"""Links that come by mail: confirming an address, proving it with the browser, ending a subscription."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import Client, RequestFactory

from comments.models import Comment, Sender, SenderProof, Subscription
from comments.privacy import address_digest, mask
from comments.proof import COOKIE, holds_proof
from comments.tokens import confirm_path, unsubscribe_path
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 5, tzinfo=UTC)
CANARY = "canary-7431@kanari.example"
FOREIGN = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


def subscribe(to: Comment, **values: Any) -> Subscription:
    values = {"article": to.article, "comment": to, "email": to.email, **values}
    return Subscription.objects.create(email_digest=address_digest(values["email"]), **values)


def posting(client: Client) -> Any:
    """A request that carries what `client` holds."""
    request = RequestFactory().post("/")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return request


def sender_of(comment: Comment) -> Sender:
    return Sender.objects.get(email_digest=comment.email_digest)


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_changes_nothing(client: Client, method: str) -> None:
    comment = make_comment()
    subscription = subscribe(comment)

    for address in (confirm_path(comment, subscription), unsubscribe_path(subscription)):
        response = getattr(client, method)(address)

        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "private, no-store"
        assert not response.cookies
    subscription.refresh_from_db()
    assert subscription.confirmed_at is None
    assert sender_of(comment).verified_at is None


def test_the_button_confirms_address_and_subscription(client: Client) -> None:
    comment = make_comment()
    subscription = subscribe(comment)

    response = client.post(confirm_path(comment, subscription))

    subscription.refresh_from_db()
    assert response.status_code == 200
    assert subscription.confirmed_at
    assert sender_of(comment).verified_at


def test_the_browser_that_confirmed_proves_that_address_alone(client: Client) -> None:
    comment, other = make_comment(email="said@example.ma"), make_comment(email="souad@example.ma")

    cookie = client.post(confirm_path(comment)).cookies[COOKIE]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Lax", "/", "")
    assert cookie.value not in set(SenderProof.objects.values_list("token_digest", flat=True))
    assert holds_proof(posting(client), " Said@Example.ma ")
    assert not holds_proof(posting(client), other.email)
    assert not holds_proof(posting(Client()), comment.email)


def test_over_https_the_proof_travels_over_https_alone(client: Client) -> None:
    assert client.post(confirm_path(make_comment()), secure=True).cookies[COOKIE]["secure"] is True


def test_a_browser_proves_the_last_three_addresses(client: Client) -> None:
    comments = [make_comment() for _ in range(4)]

    for comment in comments:
        client.post(confirm_path(comment))

    assert [holds_proof(posting(client), comment.email) for comment in comments] == [False, True, True, True]


def test_a_proof_lasts_a_year(client: Client) -> None:
    comment = make_comment()
    with time_machine.travel(NOW, tick=False) as clock:
        client.post(confirm_path(comment))
        clock.move_to(NOW + timedelta(days=364))
        in_time = holds_proof(posting(client), comment.email)
        clock.move_to(NOW + timedelta(days=366))
        too_late = holds_proof(posting(client), comment.email)

    assert (in_time, too_late) == (True, False)


@pytest.mark.parametrize("value", ["", ".", "x" * 43, "ا" * 43, "." * 5000, "\x00"])
def test_a_made_up_proof_proves_nothing(value: str) -> None:
    comment = make_comment()
    request = RequestFactory().post("/")
    request.COOKIES = {COOKIE: value}

    assert not holds_proof(request, comment.email)


def test_a_confirmation_link_lasts_seven_days(client: Client) -> None:
    comment = make_comment()
    with time_machine.travel(NOW, tick=False) as clock:
        address = confirm_path(comment)
        clock.move_to(NOW + timedelta(days=7, seconds=2))
        response = client.post(address)

    assert response.status_code == 410
    assert sender_of(comment).verified_at is None
    assert not response.cookies


def test_a_foreign_page_does_not_press_the_button(client: Client) -> None:
    comment = make_comment()

    response = client.post(confirm_path(comment), headers=FOREIGN)

    assert response.status_code == 403
    assert sender_of(comment).verified_at is None


def test_a_mail_program_unsubscribes_in_one_click_from_anywhere() -> None:
    subscription = subscribe(make_comment())
    strict = Client(enforce_csrf_checks=True)

    responses = [
        strict.post(unsubscribe_path(subscription), {"List-Unsubscribe": "One-Click"}, headers=FOREIGN)
        for _ in range(2)
    ]

    assert [response.status_code for response in responses] == [200, 200]
    assert not Subscription.objects.exists()


def test_an_unsubscription_ends_all_that_comes_about_an_article_and_nothing_else(client: Client) -> None:
    comment, elsewhere = make_comment(), make_comment(email="same@example.ma")
    mine, _all = subscribe(comment), subscribe(comment, comment=None)
    others = [subscribe(elsewhere), subscribe(make_comment(comment.article))]

    client.post(unsubscribe_path(mine))

    assert list(Subscription.objects.order_by("pk")) == others


def test_an_unsubscription_never_expires(client: Client) -> None:
    subscription = subscribe(make_comment())
    with time_machine.travel(NOW, tick=False) as clock:
        address = unsubscribe_path(subscription)
        clock.move_to(NOW + timedelta(days=3000))

        assert client.post(address).status_code == 200


FORGED = ["", "x", ":::", "%00", "%ff", "وصل", "1", "x" * 3000]


@pytest.mark.parametrize("token", FORGED)
@pytest.mark.parametrize("kind", ["confirm", "unsubscribe"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_is_not_found(client: Client, method: str, kind: str, token: str) -> None:
    assert getattr(client, method)(f"/comments/{kind}/{token}/").status_code == 404


def test_a_link_serves_no_other_purpose(client: Client) -> None:
    comment = make_comment()
    subscription = subscribe(comment)
    token = unsubscribe_path(subscription).split("/")[-2]

    assert client.post(f"/comments/confirm/{token}/").status_code == 404
    assert client.post(f"/comments/confirm/{signing.dumps([comment.pk, None])}/").status_code == 404
    token = confirm_path(comment).split("/")[-2]
    assert client.post(f"/comments/unsubscribe/{token}/").status_code == 404


def test_a_link_confirms_no_other_readers_subscription(client: Client) -> None:
    comment = make_comment()
    subscription = subscribe(make_comment(comment.article))

    client.post(confirm_path(comment, subscription))

    subscription.refresh_from_db()
    assert subscription.confirmed_at is None


def test_a_link_to_an_erased_comment_is_not_found(client: Client) -> None:
    comment = make_comment()
    address = confirm_path(comment)
    comment.delete()

    assert client.get(address).status_code == 404


def test_links_and_their_pages_tell_no_address(client: Client) -> None:
    comment = make_comment(make_article(), email=CANARY)
    subscription = subscribe(comment)

    for address in (confirm_path(comment, subscription), unsubscribe_path(subscription)):
        answers = [client.get(address), client.post(address)]

        told = address + "".join(f"{answer.content.decode()}{answer.headers}{answer.cookies}" for answer in answers)
        assert [trace for trace in (CANARY, "canary", address_digest(CANARY), mask(CANARY)) if trace in told] == []
