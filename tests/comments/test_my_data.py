"""/comments/my-data/: what is kept about an address, for whoever reads that mailbox."""

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments.choices import MailKind
from comments.mail.links import LIFETIME
from comments.mail.messages import compose
from comments.models import Comment, OutboxMessage, Subscription
from comments.privacy import address_digest
from comments.stamp import make_stamp
from tests.factories import make_article, make_comment
from tests.pages import parse, words

pytestmark = pytest.mark.django_db

PAGE = "/comments/my-data/"
ADDRESS = "said@example.ma"


def ask(client: Client, address: str = ADDRESS, **values: Any) -> Any:
    return client.post(PAGE, {"email": address, "stamp": make_stamp(0), "website": "", **values})


def link(client: Client) -> str:
    """The address that the mail leads to."""
    ask(client)
    letter = compose(OutboxMessage.objects.get(kind=MailKind.MY_DATA))
    assert letter is not None
    assert letter.to == [ADDRESS]
    (found,) = re.findall(r"https?://\S+/my-data/\S+", str(letter.body))
    return urlsplit(found).path


def test_known_and_unknown_addresses_get_the_same_answer(client: Client) -> None:
    make_comment(email=ADDRESS)

    known, unknown = ask(client), ask(client, "nobody@example.ma")

    assert known.status_code == unknown.status_code == 200
    assert words(parse(known).find(".//main")) == words(parse(unknown).find(".//main"))
    assert OutboxMessage.objects.count() == 1


def test_an_address_that_only_follows_is_known_too(client: Client) -> None:
    Subscription.objects.create(article=make_article(), email=ADDRESS, email_digest=address_digest(ADDRESS))

    assert client.get(link(client)).status_code == 200


def test_it_cannot_be_used_to_fill_a_mailbox(client: Client) -> None:
    make_comment(email=ADDRESS)
    make_comment(email=ADDRESS)

    for _ in range(3):
        ask(client)

    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("values", [{"email": "no address"}, {"email": ""}, {"stamp": ""}, {"stamp": "forged"}])
def test_a_form_with_something_wrong_comes_back(client: Client, values: dict[str, str]) -> None:
    make_comment(email=ADDRESS)

    response = client.post(PAGE, {"email": ADDRESS, "stamp": make_stamp(0), **values})

    assert response.status_code == 422
    assert not OutboxMessage.objects.exists()
    stamps = [each.get("value") for each in parse(response).iter("input") if each.get("name") == "stamp"]
    assert client.post(PAGE, {"email": ADDRESS, "stamp": stamps[0]}).status_code == 200


def test_a_foreign_page_and_a_program_ask_for_nothing(client: Client) -> None:
    make_comment(email=ADDRESS)

    foreign = client.post(PAGE, {"email": ADDRESS, "stamp": make_stamp(0)}, headers={"Origin": "https://evil.example"})
    program = ask(client, website="https://spam.example")

    assert (foreign.status_code, program.status_code) == (403, 200)
    assert not OutboxMessage.objects.exists()


def test_the_pages_are_private_and_set_no_cookie(client: Client) -> None:
    make_comment(email=ADDRESS)

    for response in (client.get(PAGE), ask(client), client.get(link(client))):
        assert response.headers["Cache-Control"] == "private, no-store"
        assert not response.cookies
        assert "@" not in words(parse(response).find(".//main"))


def test_opening_the_link_changes_nothing(client: Client) -> None:
    make_comment(email=ADDRESS)

    response = client.get(link(client))

    buttons = [each.get("value") for each in parse(response).iter("button") if each.get("name") == "act"]
    assert buttons == ["export", "erase"]
    assert Comment.objects.count() == 1


def test_the_export_comes_as_a_file(client: Client) -> None:
    make_comment(email=ADDRESS, text="نص سعيد")

    response = client.post(link(client), {"act": "export"})

    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert json.loads(response.content)["comments"][0]["text"] == "نص سعيد"


def test_erasing_ends_everything_and_the_link(client: Client) -> None:
    make_comment(email=ADDRESS)
    address = link(client)

    response = client.post(address, {"act": "erase"})

    assert b'data-result="erased"' in response.content
    assert not Comment.objects.exists()
    assert client.get(address).status_code == 404


def test_a_link_ends_after_a_day(client: Client) -> None:
    make_comment(email=ADDRESS)
    address = link(client)

    with time_machine.travel(timezone.now() + timedelta(seconds=LIFETIME + 5)):
        assert client.post(address, {"act": "erase"}).status_code == 404
    assert Comment.objects.exists()


@pytest.mark.parametrize("token", ["x", "WyJjb21tZW50IiwxXQ:1:x", "%00", "a" * 2000])
def test_a_forged_link_is_not_found(client: Client, token: str) -> None:
    make_comment(email=ADDRESS)

    assert client.post(f"{PAGE}{token}/", {"act": "erase"}).status_code == 404
    assert Comment.objects.exists()


def test_the_link_names_no_address_and_no_hash_of_one(client: Client) -> None:
    make_comment(email=ADDRESS)

    address = link(client)

    assert address_digest(ADDRESS) not in address
    assert "said" not in address


def test_the_pages_cost_few_queries(client: Client) -> None:
    make_comment(email=ADDRESS)
    address = link(client)

    for path in (PAGE, address):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        assert len(captured) <= 4
