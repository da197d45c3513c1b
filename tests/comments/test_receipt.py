"""The receipt: a comment shown to its writer alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import html5lib
import pytest
import time_machine
from django.core import signing
from django.test import Client

from comments.choices import Status
from comments.models import Comment
from comments.privacy import address_digest, mask
from comments.receipt import receipt_url
from tests.factories import make_article, make_comment
from tests.pages import written_scripts

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 2, 10, 5, tzinfo=UTC)
CANARY = "canary-7431@kanari.example"


def heading(response: Any) -> str:
    """What the receipt says of the comment's state."""
    document = html5lib.parse(response.content, namespaceHTMLElements=False, transport_encoding="utf-8")
    header = document.find(".//main[@id='content']/header")
    assert header is not None
    return " ".join("".join(header.itertext()).split())


@pytest.mark.parametrize("status", Status.values)
def test_its_holder_sees_the_comment(client: Client, status: str) -> None:
    comment = make_comment(status=status, name="سعيد", text="سطر أول\n\nسطر ثان")

    response = client.get(receipt_url(comment))

    content = response.content.decode()
    assert response.status_code == 200
    assert "سعيد" in content
    assert "سطر أول" in content
    assert "سطر ثان" in content
    assert f'href="{comment.article.get_absolute_url()}"' in content


def test_nobody_else_sees_it(client: Client) -> None:
    comment = make_comment(status=Status.PENDING, text="لا يراه أحد بعد")

    for address in (comment.article.get_absolute_url(), f"/news/{comment.article_id}/comments/", "/"):
        assert "لا يراه أحد بعد" not in client.get(address).content.decode()


def test_it_is_neither_stored_nor_indexed(client: Client) -> None:
    response = client.get(receipt_url(make_comment(status=Status.PENDING)))

    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in response.content
    assert not response.cookies


def test_it_says_what_was_decided(client: Client) -> None:
    comments = {status: make_comment(status=status) for status in Status.values}

    said = {status: heading(client.get(receipt_url(comment))) for status, comment in comments.items()}

    assert len({said[Status.PENDING], said[Status.APPROVED], said[Status.REJECTED]}) == 3


def test_a_sender_of_spam_is_told_that_it_waits(client: Client) -> None:
    pending, spam = make_comment(status=Status.PENDING), make_comment(status=Status.SPAM)

    assert heading(client.get(receipt_url(spam))) == heading(client.get(receipt_url(pending)))


def test_it_follows_the_decision(client: Client, moderator: Any) -> None:
    comment = make_comment(status=Status.PENDING)
    address = receipt_url(comment)
    before = heading(client.get(address))

    comment.approve(by=moderator)

    assert heading(client.get(address)) != before


def test_markup_in_it_is_only_text(client: Client) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>"

    response = client.get(receipt_url(make_comment(status=Status.PENDING, name=hostile[:60], text=hostile)))

    document = html5lib.parse(response.content, namespaceHTMLElements=False, transport_encoding="utf-8")
    assert hostile in "".join(document.itertext())
    assert written_scripts(document) == []
    assert document.findall(".//img") == []


@pytest.mark.parametrize("status", Status.values)
def test_it_shows_the_address_in_no_form(client: Client, status: str) -> None:
    comment = make_comment(status=status, email=CANARY)

    response = client.get(receipt_url(comment))

    told = response.content.decode() + str(response.headers) + receipt_url(comment)
    for trace in (CANARY, "canary-7431", "kanari.example", mask(CANARY), address_digest(CANARY)):
        assert trace not in told


def forged(comment: Comment) -> dict[str, str]:
    """Tokens that were not given out for a comment."""
    token = receipt_url(comment).split("/")[-2]
    return {
        "changed": f"{token[:-1]}{'a' if token[-1] != 'a' else 'b'}",
        "shortened": token[:-1],
        "unsigned": token.partition(":")[0],
        "plain": str(comment.pk),
        "for another purpose": signing.dumps(comment.pk, salt="something else"),
        "without salt": signing.dumps(comment.pk),
        "of a deleted comment": receipt_url(Comment(pk=comment.pk + 1)).split("/")[-2],
        "empty": ":",
        "colons": ":::::",
        "arabic": "وصل",
        "null": "%00",
        "bytes": "%ff%fe",
        "long": "x" * 5_000,
    }


@pytest.mark.parametrize("kind", forged(Comment(pk=1)))
def test_a_forged_one_is_not_found(client: Client, kind: str) -> None:
    comment = make_comment(status=Status.PENDING, text="لا يراه غير صاحبه")

    response = client.get(f"/comments/received/{forged(comment)[kind]}/")

    assert response.status_code == 404
    assert "لا يراه غير صاحبه" not in response.content.decode()


def test_it_lasts_for_thirty_days(client: Client) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        address = receipt_url(make_comment(status=Status.PENDING))
        clock.move_to(NOW + timedelta(days=30))
        in_time = client.get(address).status_code
        clock.move_to(NOW + timedelta(days=30, seconds=2))
        too_late = client.get(address).status_code

    assert (in_time, too_late) == (200, 404)


def test_two_receipts_have_nothing_in_common(client: Client) -> None:
    first, second = make_comment(text="تعليق أول"), make_comment(text="تعليق ثان")

    assert "تعليق ثان" not in client.get(receipt_url(first)).content.decode()
    assert receipt_url(first) != receipt_url(second)


def test_it_outlives_the_publication_of_its_article(client: Client) -> None:
    comment = make_comment(make_article("خبر سيسحب"), status=Status.PENDING)
    comment.article.withdraw(by=None)

    response = client.get(receipt_url(comment))

    assert response.status_code == 200
    assert "خبر سيسحب" not in response.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_can_only_be_read(client: Client, method: str) -> None:
    comment = make_comment(status=Status.PENDING)

    assert getattr(client, method)(receipt_url(comment)).status_code == 405
    assert Comment.objects.get().status == Status.PENDING
