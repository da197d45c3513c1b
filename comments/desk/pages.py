"""The pages around the queues: for the script each is its inner part alone."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse

from comments.desk.acting import card_html, is_by_script


def long_texts(prefix: str = "") -> list[str]:
    """The columns of an article (`prefix`: the way to it) that no list needs, for `defer()`."""
    return [f"{prefix}{name}_{code}" for name in ("body", "summary") for code, _name in settings.LANGUAGES]


class SeeOther(HttpResponseRedirectBase):
    """After a POST: the page to read now."""

    status_code = 303
    allowed_schemes = ["http", "https"]


def show(request: HttpRequest, name: str, title: str, code: int = 200, **context: Any) -> HttpResponse:
    """The page whose inner part is `admin/comments/desk/_<name>.html`; for the script that part alone."""
    is_part = "part" in request.GET or is_by_script(request)
    context |= {"title": title, "inner": f"admin/comments/desk/_{name}.html", "part": is_part}
    if not is_part:
        context = {**admin.site.each_context(request), **context}
    template = "admin/comments/desk/part.html" if is_part else "admin/comments/desk/record.html"
    return TemplateResponse(request, template, context, status=code)


def back(
    request: HttpRequest, view: str, *args: Any, done: str = "", refused: str = "", comment: int | None = None
) -> HttpResponse:
    """To the page `view`, with what became of it; the script hears the same, and gets the card of `comment`."""
    if is_by_script(request):
        cards = card_html(request, [comment]) if comment else {}
        told = {"pk": comment, "card": cards.get(comment, "")} if comment else {}
        return JsonResponse({"sentence": done or refused, **told})
    if done:
        messages.success(request, done)
    if refused:
        messages.error(request, refused)
    return SeeOther(resolve_url(view, *args))
