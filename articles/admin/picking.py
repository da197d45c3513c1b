"""Choosing a picture of the library: for an article, for a figure in its text, for an author."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.admin.choosing import ChooseOne
from articles.http import private_page
from articles.models import Picture

PAGE_SIZE = 24
LONGEST_KEY = 18  # digits


class PictureSelect(ChooseOne):
    """The admin's own select, which works by keyboard and without our script, with thumbnail and library beside it."""

    class Media:
        css = {"all": ("articles/pictures.css",)}
        js = ("articles/uploads.js", "articles/picker.js", "articles/picturefield.js")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> Any:
        context = {
            "field": (attrs or {}).get("id", ""),
            "picker": reverse("admin:articles_picture_picker"),
            "card": reverse("admin:articles_picture_card", args=[1]),
        }
        # Renderers of widgets know the templates of apps alone.
        beside = render_to_string("admin/articles/picture/_field.html", context)
        return format_html("{}{}", super().render(name, value, attrs, renderer), beside)


class PictureFields(BaseModelAdmin):
    """A form, or rows below one, in which pictures are chosen from the library."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.remote_field.model is Picture:
            kwargs["widget"] = PictureSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class PictureFieldAdmin(PictureFields, admin.ModelAdmin):
    """A model admin in whose form pictures are chosen from the library."""


class PickingAdmin(admin.ModelAdmin):
    """The library as a page to choose from, and as the part of it that a dialogue shows."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(private_page(require_safe(self.picker)), cacheable=True)
        return [path("picker/", view, name="articles_picture_picker"), *super().get_urls()]

    def picker(self, request: HttpRequest) -> HttpResponse:
        """Pictures found by `q`, newest first, older than `before`; with `part`, without the page round them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        term, before = request.GET.get("q", ""), request.GET.get("before", "")
        found = self.get_search_results(request, self.get_queryset(request), term)[0].order_by("-pk")
        if before.isascii() and before.isdigit() and len(before) <= LONGEST_KEY:
            found = found.filter(pk__lt=int(before))
        pictures = list(found[: PAGE_SIZE + 1])
        context = {
            "title": _("Choose a picture"),
            "pictures": pictures[:PAGE_SIZE],
            "next": pictures[PAGE_SIZE - 1].pk if len(pictures) > PAGE_SIZE else None,
            "term": term,
            "function": request.GET.get("CKEditorFuncNum", ""),
            "may_upload": self.has_add_permission(request),
        }
        if "part" in request.GET:
            return TemplateResponse(request, "admin/articles/picture/_picker.html", context)
        page = {**self.admin_site.each_context(request), "is_popup": True, "is_nav_sidebar_enabled": False}
        return TemplateResponse(request, "admin/articles/picture/picker.html", page | context)
