"""Who may open the pages of this package, and how they are drawn."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from articles.http import private_page
from newsroom.staff.second_factor import Step, missing

View = Callable[..., HttpResponseBase]


def half_way(view: View) -> View:
    """For who gave a password, with or without the second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.is_active and request.user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request, *args, **kwargs)

    return private_page(guarded)


def before_set_up(view: View) -> View:
    """For who may add a second factor: a session that lacks one which is there already may not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if missing(request) == Step.GIVE:
            return redirect_to_login(request.get_full_path(), reverse("admin:second_factor"))
        return view(request, *args, **kwargs)

    return half_way(guarded)


def full_way(view: View) -> View:
    """For members of staff who passed everything that is asked of them."""
    return private_page(admin.site.admin_view(view))


def page(request: HttpRequest, name: str, title: str, status: int = 200, **context: Any) -> HttpResponse:
    """The page `admin/account/<name>.html` in the frame of the admin."""
    request.current_app = admin.site.name  # type: ignore[attr-defined]
    context = {**admin.site.each_context(request), "title": title, "next": next_address(request), **context}
    return TemplateResponse(request, f"admin/account/{name}.html", context, status=status)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing yet on GET; on POST what came, if it is nothing at all."""
    return request.POST if request.method == "POST" else None


def next_address(request: HttpRequest) -> str:
    """Where the person was going, if that is on this host; the desk otherwise."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    hosts, is_secure = {request.get_host()}, request.is_secure()
    return asked if url_has_allowed_host_and_scheme(asked, hosts, is_secure) else reverse("admin:index")


def go_on(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect(next_address(request))
