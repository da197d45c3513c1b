"""Tells the services what is due: in batches, again after growing waits, and at last no more.

Addresses come from the operator's settings alone. No redirect is followed, and no more of an answer is read
than its status.
"""

import json
import logging
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from newsroom.announcing.finding import services
from newsroom.choices import Announcer
from newsroom.models import Announcement

logger = logging.getLogger(__name__)

TIMEOUT = 10  # seconds
WAITS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
TRIES = len(WAITS) + 1
ROWS = 100  # articles a run, of each service
AT_ONCE = 100  # addresses a request


class Refused(Exception):
    """The service could not be reached, or did not take what it was told."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        """Follow none: where the operator pointed is where the request ends."""


def send_due(now: datetime) -> int:
    """Tell each service what is due at `now`; the number of articles told."""
    return sum(_send(service, now) for service in services())


def _send(service: str, now: datetime) -> int:
    due = Announcement.objects.filter(service=service, send_after__lte=now)
    rows = list(due.order_by("send_after", "pk")[:ROWS])
    if not rows:
        return 0
    _claim(rows, now)
    addresses = sorted({address for row in rows for address in row.addresses})
    try:
        for start in range(0, len(addresses), AT_ONCE):
            _post(service, addresses[start : start + AT_ONCE])
    except Refused as refusal:
        _put_off(service, rows, str(refusal))
        return 0
    for row in rows:
        _unchanged(row).update(send_after=None, tries=0)
    return len(rows)


def _claim(rows: list[Announcement], now: datetime) -> None:
    """Set the next try before this one: killed in between, a worker leaves nothing that is tried without end."""
    for row in rows:
        wait = WAITS[min(row.tries, len(WAITS) - 1)]
        Announcement.objects.filter(pk=row.pk, state=row.state).update(tries=F("tries") + 1, send_after=now + wait)


def _put_off(service: str, rows: list[Announcement], reason: str) -> None:
    lost = [row for row in rows if row.tries + 1 >= TRIES]
    for row in lost:
        _unchanged(row).update(send_after=None, tries=0)
    logger.warning("%s did not take %d announcements (%s); given up %d", service, len(rows), reason, len(lost))


def _unchanged(row: Announcement) -> Any:
    """The row, unless the article changed again meanwhile: that is still to be told."""
    return Announcement.objects.filter(pk=row.pk, state=row.state, tries=row.tries + 1)


def _post(service: str, addresses: list[str]) -> None:
    request = _hub_request(addresses) if service == Announcer.WEBSUB else _index_request(addresses)
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(request, timeout=TIMEOUT):  # any status but 2xx is raised
            pass
    except urllib.error.HTTPError as error:
        error.close()
        raise Refused(f"status {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise Refused(type(error).__name__) from error


def _hub_request(feeds: list[str]) -> urllib.request.Request:
    body = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)])
    kind = "application/x-www-form-urlencoded"
    return urllib.request.Request(settings.WEBSUB_HUB, body.encode(), {"Content-Type": kind})  # noqa: S310 (http(s): env.py)


def _index_request(pages: list[str]) -> urllib.request.Request:
    told = {
        "host": urlsplit(settings.SITE_URL).netloc,
        "key": settings.INDEXNOW_KEY,
        "keyLocation": settings.SITE_URL + reverse("announcer_key", args=[settings.INDEXNOW_KEY]),
        "urlList": pages,
    }
    body, kind = json.dumps(told).encode(), "application/json; charset=utf-8"
    return urllib.request.Request(settings.INDEXNOW_ENDPOINT, body, {"Content-Type": kind})  # noqa: S310 (as above)
