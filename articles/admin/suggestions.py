"""Tags offered while an article is written."""

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.http import private_page
from articles.suggesting import suggest_tags

MOST_BYTES = 500_000


class SuggestingAdmin(admin.ModelAdmin):
    """A model admin whose form is told, as JSON, which tags its text speaks of."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(private_page(require_POST(self.suggest_tags)), cacheable=True)
        return [path("suggest-tags/", view, name="articles_article_suggest_tags"), *super().get_urls()]

    def suggest_tags(self, request: HttpRequest) -> HttpResponse:
        """`{"title": …, "text": …, "field": …}` in, `{"tags": [names]}` out; `error` says why not."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        # Before the body is read: Django itself refuses a very large one with another answer.
        if int(request.headers.get("content-length") or 0) > MOST_BYTES:
            return JsonResponse({"error": _("The text is too long to look for tags in it.")}, status=413)
        asked = _read(request.body)
        if asked is None:
            return JsonResponse({"error": _("The text could not be read.")}, status=400)
        return JsonResponse({"tags": suggest_tags(**asked)})


def _read(body: bytes) -> dict[str, str] | None:
    """The three texts that `body` holds as JSON; None if it is something else."""
    try:
        found = json.loads(body)
        asked = {name: found.get(name, "") for name in ("title", "text", "field")}
    except (ValueError, AttributeError, RecursionError):
        return None
    return asked if all(isinstance(text, str) for text in asked.values()) else None
