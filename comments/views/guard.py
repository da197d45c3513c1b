"""What every public post passes before its view looks at it, and what it hears otherwise."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse, TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.http import comes_from_our_pages, private_page

View = Callable[..., HttpResponseBase]
MAX_POST = 64 * 1024  # bytes
RETRY_AFTER = 10  # seconds
WRITTEN = ("text", "note")  # the fields whose loss would cost a reader work


def takes_posts(view: View) -> View:
    """Refuse posts of foreign pages (403) and of more than MAX_POST (413); keep the text while the database is busy."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not comes_from_our_pages(request):
            return refusal(request, 403, _("This form was sent from another site, so it was not accepted."))
        return accept(view, request, *args, **kwargs)

    return guarded


def accept(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The answer of `view` to a request of any origin, within what a post may weigh."""
    if request.method != "POST":
        return view(request, *args, **kwargs)
    if _content_length(request) > MAX_POST:
        return refusal(request, 413, _("This is far longer than what may be sent here: 5,000 characters."))
    try:
        response = view(request, *args, **kwargs)
        return response.render() if isinstance(response, SimpleTemplateResponse) else response
    except (OperationalError, InterfaceError):
        return _busy(request)


def private_form(view: View) -> View:
    """A page for one person that shows a form and takes its posts: without cookie, never stored."""
    return csrf_exempt(require_http_methods(["GET", "HEAD", "POST"])(private_page(takes_posts(view))))


def see_other(address: str) -> HttpResponse:
    """303: what was posted is done, and the answer stands at `address`."""
    response = HttpResponse(status=303)
    response.headers["Location"] = address
    return response


def refusal(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """A page that says why something was not accepted."""
    context = {"refusal": sentence, "back": reverse("front_page")}
    return TemplateResponse(request, "comments/refusal.html", context, status=status)


def _busy(request: HttpRequest) -> HttpResponse:
    """503 with what the reader sent, to be sent again; this page asks the database for nothing."""
    context = {
        "path": request.path,
        "written": [(name, text) for name, text in request.POST.items() if name in WRITTEN],
        "rest": [(name, text) for name, text in request.POST.items() if name not in WRITTEN],
    }
    response = render(None, "comments/busy.html", context, status=503)  # type: ignore[arg-type]
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


def _content_length(request: HttpRequest) -> int:
    length = request.headers.get("Content-Length") or "0"
    if not (length.isascii() and length.isdigit()):
        raise BadRequest("Content-Length is no number")
    return int(length)
