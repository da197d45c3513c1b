"""Subscribers of the newsletter, its days, and reading what it sends."""

import re
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any

import html5lib
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from articles.models import Article
from comments.privacy import address_digest
from comments.stamp import make_stamp
from newsroom.models import DigestSubscription
from tests.factories import make_article
from tests.postman import part

SITE = "https://news.example"
ADDRESS = "canary7q@kanari.example"
# A Wednesday: its digest holds what appeared from Tuesday 7:00 to Wednesday 7:00.
DAY = date(2026, 11, 25)
SETTINGS = override_settings(SITE_URL=SITE, NEWSLETTER_HOUR=7)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """An instant of DAY, as the clock shows it."""
    return datetime.combine(day, time(hour, minute), timezone.get_default_timezone())


def make_subscriber(email: str = ADDRESS, **values: Any) -> DigestSubscription:
    """Somebody who confirmed, and has got nothing since the day before DAY."""
    values = {"language": "ar", "confirmed_at": at(9, day=DAY - timedelta(days=3)), **values}
    if values["confirmed_at"]:
        values.setdefault("last_day", DAY - timedelta(days=1))
    return DigestSubscription.objects.create(email=email, email_digest=address_digest(email), **values)


def make_news(title: str = "", **values: Any) -> Article:
    """An article of the span of DAY, in the afternoon before."""
    values.setdefault("published_at", at(15, day=DAY - timedelta(days=1)))
    return make_article(title, **values)


def sign_up(client: Client, email: str = ADDRESS, address: str = "/newsletter/", **values: Any) -> Any:
    """What a browser posts from the form."""
    headers, ip = values.pop("headers", None), values.pop("ip", "192.0.2.7")
    data = {"email": email, "website": "", "stamp": make_stamp("newsletter"), **values}
    return client.post(address, data, REMOTE_ADDR=ip, headers=headers)


def link(letter: EmailMessage, name: str) -> str:
    """The path of the link to `name` in the plain part."""
    found = re.search(rf"{SITE}(\S*/newsletter/{name}/\S+)", part(letter, "plain"))
    assert found is not None
    return found[1]


def page(letter: EmailMessage) -> Any:
    """The document of the other part."""
    return html5lib.parse(part(letter, "html"), namespaceHTMLElements=False)
