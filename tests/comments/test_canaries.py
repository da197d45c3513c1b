"""A thousand addresses planted: none, no part and no hash of one comes out where it should not."""

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from comments.choices import MailKind
from comments.mail.outbox import send_due
from comments.models import Comment, OutboxMessage, Subscription
from comments.models.mail import HOLD
from comments.privacy import address_digest
from comments.receipt import receipt_url
from tests.admin_forms import act
from tests.factories import comment_data, make_article, make_comment, make_user
from tests.postman import mail_server

pytestmark = pytest.mark.django_db

COUNT = 1000
LOCAL = "canary"  # how every local part begins
ADDRESS = re.compile(rf"{LOCAL}\d+\w*@[\w.]+")


def canary(number: int) -> str:
    return f"{LOCAL}{number}q@example.ma"


@pytest.fixture
def article() -> Any:
    """An article with a thousand comments in every state, each under an address of its own."""
    article = make_article("مقال كثير التعليقات")
    states = list(Comment.Status)
    Comment.objects.bulk_create(
        Comment(
            article=article,
            name=f"قارئ {number}",
            email=canary(number),
            text=f"رأي رقم {number}",
            status=states[number % 4],
            queue="first" if states[number % 4] == "pending" else "",
        )
        for number in range(COUNT)
    )
    return article


@pytest.fixture
def digests() -> set[str]:
    return {address_digest(canary(number)) for number in range(COUNT)}


def assert_clean(said: str, digests: set[str]) -> None:
    assert LOCAL not in said
    assert not digests & set(re.findall(r"[0-9a-f]{64}", said))


def test_no_public_surface_shows_one(client: Client, article: Any, digests: set[str]) -> None:
    listing = f"/news/{article.pk}/comments/"
    first = article.comments.order_by("pk").first()
    addresses = [
        "/",
        article.get_absolute_url(),
        listing,
        f"{listing}feed/",
        "/feed/",
        "/sitemap.xml",
        "/news-sitemap.xml",
        "/robots.txt",
    ]
    addresses += [receipt_url(first), "/search/?q=canar", "/comments/my-data/", f"{listing}?reply={first.pk}"]
    addresses += re.findall(r'href="([^"]*\?(?:before|order)[^"]*)"', client.get(listing).content.decode())[:3]

    for address in addresses:
        response = client.get(address.replace("&amp;", "&"))
        assert response.status_code == 200, address
        assert_clean(response.content.decode() + repr(response.headers), digests)


def test_posting_leaves_none_in_log_page_or_cache(
    client: Client, article: Any, digests: set[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        sent = client.post(f"/news/{article.pk}/comments/", comment_data(article, email=canary(1)))
        receipt = client.get(sent.headers["Location"])
        client.post("/comments/my-data/", {"email": canary(2)})
        call_command("tick")

    assert (sent.status_code, receipt.status_code) == (303, 200)
    assert_clean(caplog.text, digests)
    assert_clean(receipt.content.decode() + repr(sent.headers), digests)
    assert_clean(repr(getattr(cache, "_cache", {})), digests)


@pytest.mark.parametrize("role", ["journalist", "editor", "moderator", "administrator"])
def test_no_page_of_staff_shows_more_than_the_mask(
    login: Any, article: Any, digests: set[str], role: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk = login(make_user(role))
    pending = Comment.objects.filter(status="pending").first()
    assert pending
    addresses = ["/admin/", "/admin/comments/comment/", f"/admin/comments/comment/{pending.pk}/change/"]
    addresses += ["/admin/comments/comment/?q=canar", f"/admin/comments/comment/{pending.pk}/history/"]
    addresses += ["/admin/comments/desk/", "/admin/comments/desk/recent/", "/admin/comments/desk/cards/?queue=first"]
    addresses += [f"/admin/comments/desk/address/{pending.pk}/", "/admin/comments/addresslook/"]

    with caplog.at_level("DEBUG"):
        for address in addresses:
            assert_clean(desk.get(address).content.decode(), digests)
    assert_clean(caplog.text, digests)


def test_searches_and_filters_of_staff_cannot_probe_one(login: Any, moderator: User, article: Any) -> None:
    desk = login(moderator)

    for query in ("email__startswith=c", f"email_digest={address_digest(canary(1))}", "email_digest__gt=5"):
        response = desk.get(f"/admin/comments/comment/?{query}")
        assert response.status_code in (302, 400)
    found = desk.get("/admin/comments/comment/", {"q": address_digest(canary(1))[:12]}).content.decode()
    assert "رأي رقم" not in found


def test_messages_and_history_of_the_admin_hold_none(
    login: Any, moderator: User, article: Any, digests: set[str]
) -> None:
    pending = list(Comment.objects.filter(status="pending")[:30])

    response = act(login(moderator), "/admin/comments/comment/", "approve", *pending)

    assert response.status_code == 302
    assert_clean(repr(list(LogEntry.objects.values())), digests)
    assert_clean(login(moderator).get("/admin/comments/comment/").content.decode(), digests)


def test_each_mail_names_its_reader_alone(article: Any, moderator: User, caplog: pytest.LogCaptureFixture) -> None:
    parent = Comment.objects.filter(status="approved").first()
    assert parent
    for number in range(40):
        values = {"email": canary(2000 + number), "email_digest": address_digest(canary(2000 + number))}
        Subscription.objects.create(article=article, comment=parent, confirmed_at=timezone.now(), **values)
    make_comment(article, parent=parent, status="pending", email=canary(3000)).approve(by=moderator)
    for comment in Comment.objects.filter(status="pending")[:20]:
        comment.reject(by=moderator, cause="insult")
    staff = make_user("moderator", email="canary9000staff@example.ma")
    OutboxMessage.objects.create(kind=MailKind.DIGEST, user=staff)

    with override_settings(SITE_URL="https://news.example"), mail_server() as postman, caplog.at_level("DEBUG"):
        send_due(now=timezone.now() + HOLD)
        send_due(now=timezone.now() + HOLD)

    assert len(postman.received) == 61
    for to, letter in postman.received:
        parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
        assert set(ADDRESS.findall("\n".join([letter.as_string(), *parts]))) == {to}
    told = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.log")]
    assert LOCAL not in "\n".join(told)


def test_the_outbox_and_the_database_hold_none_in_the_clear(article: Any) -> None:
    OutboxMessage.objects.create(kind=MailKind.CONFIRM, comment=article.comments.first(), error="SMTPDataError 550")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (names of our own tables)
            assert LOCAL not in repr(cursor.fetchall()), table
