"""What is pasted into the writing form, cleaned while the writer looks on."""

import json
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, pgettext
from django.views.decorators.http import require_POST

from articles.html import MAX_BYTES
from articles.http import private_page
from articles.pasting import Cleaned, clean_paste

# JSON writes a letter as up to six characters.
MOST_SENT = 3 * MAX_BYTES
LANGUAGES = ("ar", "fr", "en")
LABELS = {
    "presentation": ngettext_lazy("%(count)s word in letter shapes", "%(count)s words in letter shapes", "count"),
    "tatweel": ngettext_lazy("%(count)s stretched word", "%(count)s stretched words", "count"),
    "invisible": ngettext_lazy("%(count)s invisible mark", "%(count)s invisible marks", "count"),
    "digits": ngettext_lazy("%(count)s number", "%(count)s numbers", "count"),
    "spaces": ngettext_lazy("%(count)s space", "%(count)s spaces", "count"),
    "punctuation": ngettext_lazy("%(count)s punctuation mark", "%(count)s punctuation marks", "count"),
    "quotes": ngettext_lazy("%(count)s quotation", "%(count)s quotations", "count"),
    "styles": ngettext_lazy("%(count)s style", "%(count)s styles", "count"),
    "lists": ngettext_lazy("%(count)s list", "%(count)s lists", "count"),
    "paragraphs": ngettext_lazy("%(count)s paragraph", "%(count)s paragraphs", "count"),
    "pictures": ngettext_lazy("%(count)s picture left out", "%(count)s pictures left out", "count"),
}


class PastingAdmin(admin.ModelAdmin):
    """A model admin whose form has what is pasted into it cleaned, and is told what was changed."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(private_page(require_POST(self.clean_pasted)), cacheable=True)
        return [path("clean-paste/", view, name="articles_article_clean_paste"), *super().get_urls()]

    def clean_pasted(self, request: HttpRequest) -> HttpResponse:
        """`{"text", "html", "language", "rich"}` in, `{"content", "summary", "changes"}` out; `error` says why not."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        # Before the body is read: Django itself refuses a very large one with another answer.
        if int(request.headers.get("content-length") or 0) > MOST_SENT:
            return JsonResponse({"error": _("The text is too long to be cleaned.")}, status=413)
        asked = _read(request.body)
        if asked is None:
            return JsonResponse({"error": _("The text could not be read.")}, status=400)
        if max(len(asked[name].encode("utf-8", "replace")) for name in ("text", "html")) > MAX_BYTES:
            return JsonResponse({"error": _("The text is too long to be cleaned.")}, status=413)
        try:
            cleaned = clean_paste(**asked)
        except ValidationError as refusal:
            return JsonResponse({"error": " ".join(refusal.messages)}, status=422)
        return JsonResponse(_answer(cleaned))


def _read(body: bytes) -> dict[str, Any] | None:
    """What is to be cleaned, from JSON; None if `body` is something else."""
    try:
        found = json.loads(body)
        asked = {name: found.get(name, "") for name in ("text", "html", "language")}
        rich = found.get("rich", False)
    except (ValueError, AttributeError, RecursionError):
        return None
    if not all(isinstance(text, str) for text in asked.values()) or asked["language"] not in LANGUAGES:
        return None
    return {**asked, "rich": rich is True}


def _answer(cleaned: Cleaned) -> dict[str, Any]:
    changes = [
        {"label": LABELS[change.kind] % {"count": change.number}, "examples": change.examples}
        for change in cleaned.changes
    ]
    listed = pgettext("between the parts of a list", ", ").join(change["label"] for change in changes)
    summary = _("Cleaned: %(changes)s.") % {"changes": listed} if changes else ""
    return {"content": cleaned.content, "summary": summary, "changes": changes}
