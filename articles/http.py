"""What a view promises to caches, and whose pages may post to it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]
# A shared cache may keep the page for a second and then refresh it behind the reader's back.
PUBLIC = "public, max-age=0, s-maxage=1, stale-while-revalidate=30, stale-if-error=86400"
PRIVATE = "private, no-store"


def public_page(view: View) -> View:
    """A page that is the same bytes for every reader; answers GET and HEAD alone."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code in (200, 301):  # without a word, a browser would keep a redirect for ever
            response.headers["Cache-Control"] = PUBLIC
        return response

    return require_safe(marked)


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
