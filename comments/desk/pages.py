"""The pages around the queues: each is also to be had as its inner part alone, for a drawer."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse


def long_texts(prefix: str = "") -> list[str]:
    """The columns of an article (`prefix`: the way to it) that no list needs, for `defer()`."""
    return [f"{prefix}{name}_{code}" for name in ("body", "summary") for code, _name in settings.LANGUAGES]


class SeeOther(HttpResponseRedirectBase):
    """After a POST: the page to read now."""

    status_code = 303
    allowed_schemes = ["http", "https"]


def show(request: HttpRequest, name: str, title: str, code: int = 200, **context: Any) -> HttpResponse:
    """The page whose inner part is `admin/comments/desk/_<name>.html`; `?part` asks for that part alone."""
    inner = f"admin/comments/desk/_{name}.html"
    is_part = "part" in request.GET
    context |= {"title": title, "inner": inner, "part": "part=1" if is_part else ""}
    if not is_part:
        context = {**admin.site.each_context(request), **context}
    template = "admin/comments/desk/part.html" if is_part else "admin/comments/desk/record.html"
    return TemplateResponse(request, template, context, status=code)


def back(request: HttpRequest, view: str, *args: Any, done: str = "", refused: str = "") -> HttpResponse:
    """To the page `view`, as a part if this request was for one, with what became of it."""
    if done:
        messages.success(request, done)
    if refused:
        messages.error(request, refused)
    address = resolve_url(view, *args)
    return SeeOther(f"{address}?part=1" if "part" in request.GET else address)
