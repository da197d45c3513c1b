"""Addresses that readers asked for in vain: noted in a file, which `tick` reads into the table of broken links.

A request writes nothing to the database, and what is noted is a path and, where the reader came from a
page of ours, the path of that page: no query, no reader, no time (docs/decisions/0027).
"""

import json
import re
from collections import defaultdict
from contextlib import suppress
from urllib.parse import unquote, urlsplit

from django.db import transaction
from django.http import HttpRequest

from newsroom.models.addresses import BrokenLink, Sighting
from newsroom.paths import is_closed, is_storable, split_language
from newsroom.spool import Spool

SPOOL = Spool("broken-links", most_bytes=512 * 1024)
# What robots try everywhere. Nothing of ours ever had such an address.
NOISE = re.compile(
    r"(?i)\.(?:php\d?|aspx?|jsp|cgi|env|git|sql|bak|ini|ya?ml)(?:/|$)"
    r"|/(?:wp-(?:admin|login|includes|json|content)|xmlrpc|cgi-bin|vendor|\.git|\.env|\.aws|phpmyadmin|actuator)"
)
# Signed addresses of one reader or colleague each, and what may be somebody's mailbox.
PRIVATE = re.compile(r"(?i)/(?:admin|approval|comments|newsletter|preview|received)/|@")


def note(request: HttpRequest) -> None:
    """Write down that `request` found nothing. It never fails: a note that cannot be written is left out."""
    path = request.path_info
    if not is_worth_noting(path):
        return
    SPOOL.append(json.dumps([path, _source(request)]).encode() + b"\n")


def is_worth_noting(path: str) -> bool:
    """Whether a link to `path` may be one that people follow."""
    _prefix, rest = split_language(path)
    return is_storable(path) and not is_closed(path) and not NOISE.search(rest) and not PRIVATE.search(rest)


def take() -> int:
    """Read what was noted into the table, at most once a minute; says how many addresses."""
    if not SPOOL.is_due():
        return 0
    with transaction.atomic(), SPOOL.batch() as lines:
        return BrokenLink.objects.note(_read(lines))


def _read(lines: list[bytes]) -> dict[str, Sighting]:
    sightings: dict[str, Sighting] = defaultdict(Sighting)
    for line in lines:
        with suppress(ValueError, TypeError):  # cut off by a full disk
            path, source = json.loads(line)
            if isinstance(path, str) and isinstance(source, str) and is_worth_noting(path):
                sightings[path].add(source if is_worth_noting(source) else "")
    return sightings


def _source(request: HttpRequest) -> str:
    """The path of the page of ours that led here; empty where the reader came from elsewhere."""
    try:
        referrer = urlsplit(request.headers.get("Referer", ""))
        path = unquote(referrer.path) if referrer.netloc == request.get_host() else ""
    except ValueError:  # not even an address
        return ""
    return path if path and is_worth_noting(path) else ""
