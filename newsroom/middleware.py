"""Middleware of the portal."""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation

from articles.http import PUBLIC
from newsroom import lost
from newsroom.models import Redirect
from newsroom.paths import is_closed, is_storable


class LanguageMiddleware:
    """Activate the language that the address names, Arabic where it names none.

    Django's LocaleMiddleware also asks cookies and the browser, and marks every page
    `Vary: Accept-Language`; a page that depends on them cannot be shared by readers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class LostPageMiddleware:
    """Lead on from addresses of before; note those that nobody knows.

    It works where a page would be a 404, or is a 410, and nowhere else, so that a page always goes before a redirect,
    and costs one query there. Whatever fails in it leaves the 404 as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in (404, 410) or request.method not in ("GET", "HEAD"):
            return response
        if is_closed(request.path_info) or not is_storable(request.path_info):
            return response
        found = self._lead(request)
        if found is None and response.status_code == 404:
            lost.note(request)
        return found or response

    def _lead(self, request: HttpRequest) -> HttpResponse | None:
        try:
            target = Redirect.objects.target_for(request.path_info)
        except DatabaseError:
            return None
        if target is None:
            return None
        if not target:
            return render(request, "410.html", status=410)
        response = HttpResponsePermanentRedirect(target)
        response.headers["Cache-Control"] = PUBLIC
        return response
