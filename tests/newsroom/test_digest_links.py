"""What a subscriber opens from the mailbox: confirming, and ending it, also by the mail program's button."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from newsroom.mail.newsletter import AskedOutbox
from newsroom.models import DigestSubscription
from newsroom.newsletter.links import confirm_path, unsubscribe_path
from newsroom.newsletter.queue import queue_newsletter
from tests.newsletter import ADDRESS, DAY, SETTINGS, at, link, make_news, make_subscriber, page, sign_up
from tests.pages import parse, words
from tests.postman import mail_server

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture(autouse=True)
def _settings() -> Any:
    with SETTINGS:
        yield


def button(response: Any) -> str:
    return words(parse(response).find(".//main//form//button"))


def test_from_the_form_to_the_confirmation(client: Client) -> None:
    sign_up(client)
    with mail_server() as postman:
        AskedOutbox().send_due()
    letter = postman.letter()
    in_html = page(letter).find(".//a[@class='button']").get("href")

    response = client.post(link(letter, "confirm"))

    assert in_html.endswith(link(letter, "confirm"))
    assert response.status_code == 200
    assert DigestSubscription.objects.exclude(confirmed_at=None).count() == 1


def test_opening_the_link_shows_a_button_and_changes_nothing(client: Client) -> None:
    wish = make_subscriber(confirmed_at=None)
    responses = [client.get(confirm_path(wish)), client.head(confirm_path(wish))]

    assert button(responses[0])
    for response in responses:
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert not response.cookies
    assert not DigestSubscription.objects.exclude(confirmed_at=None).exists()


@pytest.mark.parametrize(("hour", "last"), [(6, DAY - timedelta(days=1)), (7, DAY), (20, DAY)])
def test_the_first_digest_is_the_next(hour: int, last: date) -> None:
    wish = make_subscriber(confirmed_at=None)

    wish.confirm(at(hour))

    wish.refresh_from_db()
    assert wish.last_day == last


def test_confirming_twice_changes_nothing(client: Client) -> None:
    wish = make_subscriber(confirmed_at=None)
    with time_machine.travel(at(6), tick=False):
        path = confirm_path(wish)
        client.post(path)
        queue_newsletter(at(7))
    make_news()
    with time_machine.travel(at(8), tick=False):
        queue_newsletter()
        again = client.post(path)
    wish.refresh_from_db()

    assert again.status_code == 200
    assert (wish.confirmed_at, wish.last_day) == (at(6), DAY)


def test_another_site_cannot_confirm(client: Client) -> None:
    wish = make_subscriber(confirmed_at=None)

    assert client.post(confirm_path(wish), headers={"Origin": "https://evil.example"}).status_code == 403
    assert not DigestSubscription.objects.exclude(confirmed_at=None).exists()


def test_an_old_link_leads_to_signing_up_again(client: Client) -> None:
    with time_machine.travel(timezone.now() - timedelta(days=8)):
        old = confirm_path(make_subscriber(confirmed_at=None))
    gone = make_subscriber("gone@example.ma", confirmed_at=None)
    of_one_who_left = confirm_path(gone)
    gone.delete()

    for path in (old, of_one_who_left):
        response: Any = client.get(path)
        assert response.status_code == 410
        assert parse(response).find(".//main//a[@href='/newsletter/']") is not None


@pytest.mark.parametrize("kind", ["confirm", "unsubscribe"])
@pytest.mark.parametrize("token", ["x", "MQ:1abcde:forged", "é", "a" * 3000])
def test_a_forged_link_is_no_page(client: Client, kind: str, token: str) -> None:
    assert client.get(f"/newsletter/{kind}/{token}/").status_code == 404
    assert client.post(f"/newsletter/{kind}/{token}/").status_code == 404


def test_one_link_does_not_serve_for_the_other(client: Client) -> None:
    row = make_subscriber()
    confirming = confirm_path(row).split("/")[-2]

    assert client.post(f"/newsletter/unsubscribe/{confirming}/").status_code == 404
    assert DigestSubscription.objects.exists()


def test_leaving_by_link_takes_a_button(client: Client) -> None:
    row = make_subscriber()
    opened = client.get(unsubscribe_path(row))
    assert button(opened)
    assert DigestSubscription.objects.exists()

    left = client.post(unsubscribe_path(row))
    again = client.post(unsubscribe_path(row)), client.get(unsubscribe_path(row))

    assert left.status_code == 200
    assert {each.status_code for each in again} == {200}
    assert not DigestSubscription.objects.exists()


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "https://mail.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_mail_program_ends_it_from_anywhere(client: Client, headers: dict[str, str]) -> None:
    row, other = make_subscriber(), make_subscriber("other@example.ma")

    response = client.post(unsubscribe_path(row), ONE_CLICK, headers=headers)

    assert response.status_code == 200
    assert not response.cookies
    assert DigestSubscription.objects.get() == other


def test_leaving_takes_what_waits_to_be_sent_along(client: Client) -> None:
    make_news()
    row = make_subscriber()
    queue_newsletter(at(8))

    client.post(unsubscribe_path(row), ONE_CLICK)

    assert not row.messages.exists()


def test_who_left_and_comes_back_begins_anew(client: Client) -> None:
    row = make_subscriber()
    old = unsubscribe_path(row)
    client.post(old, ONE_CLICK)
    sign_up(client)

    client.post(old, ONE_CLICK)

    assert DigestSubscription.objects.get().confirmed_at is None


def test_one_language_ends_and_the_other_stays(client: Client) -> None:
    arabic, french = make_subscriber(), make_subscriber(language="fr")
    with translation.override("fr"):
        path = unsubscribe_path(french)

    response: Any = client.post(path)

    assert path.startswith("/fr/")
    assert parse(response).get("dir") == "ltr"
    assert DigestSubscription.objects.get() == arabic
    assert ADDRESS not in response.content.decode()
