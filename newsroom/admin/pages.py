"""Static pages."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from articles.admin.languages import LanguageAdmin
from articles.admin.times import time_cell
from newsroom.models import Page

WORDS = ("title", "body")


@admin.register(Page)
class PageAdmin(LanguageAdmin):
    """Written as articles are, in the same editor."""

    change_form_template = "admin/newsroom/page/change_form.html"
    list_display = ("title", "kind", "is_published", "in_foot", "position", "changed", "modified_by")
    list_select_related = ("modified_by",)
    list_filter = ("is_published",)
    ordering = ("position", "pk")
    fieldsets = (
        (None, {"fields": tuple(f"{word}_ar" for word in WORDS)}),
        (_("Place"), {"fields": ("kind", "slug", "is_published", "in_foot", "position")}),
        (_("French"), {"classes": ("collapse",), "fields": tuple(f"{word}_fr" for word in WORDS)}),
        (_("English"), {"classes": ("collapse",), "fields": tuple(f"{word}_en" for word in WORDS)}),
    )

    class Media:
        css = {"all": ("articles/admin.css",)}
        js = ("articles/editor.js",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        language = getattr(db_field, "language", None)
        if field and language and db_field.name.startswith("body"):  # named after articles otherwise
            field.label = settings.MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME(_("text"), language)
        return field

    @admin.display(description=_("last change"), ordering="modified_at")
    def changed(self, page: Page) -> str:
        return time_cell(page.modified_at)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.modified_by = request.user
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # The editor's import map is an inline script; the policy lets it through by its nonce alone.
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)  # type: ignore[attr-defined]
        return super().render_change_form(request, context, *args, **kwargs)
