"""What articles are filed under, and the places of the front page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from articles.admin.folded import FoldedSearchAdmin
from articles.admin.languages import LanguageAdmin
from articles.admin.picking import PictureFieldAdmin
from articles.admin.times import WALL_CLOCKS
from articles.models import Author, Category, FrontPageSlot


@admin.register(Category)
class CategoryAdmin(FoldedSearchAdmin, LanguageAdmin):
    list_display = ("name", "parent", "position", "in_menu")
    list_select_related = ("parent",)
    list_editable = ("position", "in_menu")
    ordering = ("position", "pk")


@admin.register(Author)
class AuthorAdmin(PictureFieldAdmin, FoldedSearchAdmin, LanguageAdmin):
    list_display = ("name", "role", "user")
    list_select_related = ("user",)
    autocomplete_fields = ("portrait",)
    fields = ("name", "slug", "role", "bio", "portrait", "user")
    ordering = ("sort_key", "pk")


@admin.register(FrontPageSlot)
class FrontPageSlotAdmin(admin.ModelAdmin):
    """A slot by itself. Its list is the board, which stands in the index in its place."""

    formfield_overrides = WALL_CLOCKS
    autocomplete_fields = ("article",)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return redirect("board")
