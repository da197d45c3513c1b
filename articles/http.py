"""What a view promises to caches, and whose pages may post to it."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
View = Callable[..., HttpResponseBase]
# A shared cache may keep the page for a second and then refresh it behind the reader's back.
PUBLIC = "public, max-age=0, s-maxage=1, stale-while-revalidate=30, stale-if-error=86400"
PRIVATE = "private, no-store"
FOR_EVER = "public, max-age=31536000, immutable"
# What is shown as a picture can do nothing else, wherever it is opened.
MEDIA_POLICY = "default-src 'none'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; sandbox"


def public_page(view: View) -> View:
    """A page that is the same bytes for every reader, small on the way; answers GET and HEAD alone.

    Nothing in it is secret, so nothing can be guessed from the length of what is compressed.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code in (200, 301, 410):  # without a word, a browser keeps a redirect or a 410 for long
            response.headers["Cache-Control"] = PUBLIC
        return response

    return require_safe(gzip_page(marked))


def private_page(view: View) -> View:
    """A page for one person: never stored, never indexed."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = PRIVATE
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return marked


def comes_from_our_pages(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this, or says nothing about it.

    A form without a cookie has nothing that a foreign page could ride on; this keeps foreign pages
    from posting in a reader's name all the same.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.get_host()
    except ValueError:  # not even an address
        return False


def client_address(request: HttpRequest) -> str:
    """The address that the request came from; empty where the server does not tell.

    Each proxy adds the address that it was asked from to X-Forwarded-For. What it says is believed
    from behind, as far as the addresses are those of TRUSTED_PROXIES; the first that is not is the
    client's. What a client writes there itself stands before that, and is never looked at.
    """
    address = _parse_address(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    while address and _is_trusted(address) and forwarded:
        before = _parse_address(forwarded.pop())
        if before is None:
            break
        address = before
    return str(address or "")


def _parse_address(text: str) -> Address | None:
    """`text` as an address, its port left out; None where it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_trusted(address: Address) -> bool:
    return any(address in network for network in settings.TRUSTED_PROXIES)
