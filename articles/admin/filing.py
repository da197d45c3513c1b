"""What articles are filed under, their pictures, and the places of the front page."""

from typing import Any

import taggit.admin
import taggit.models
from django.contrib import admin
from django.http import HttpRequest

from articles.admin.languages import LanguageAdmin
from articles.admin.times import WALL_CLOCKS
from articles.models import Author, Category, FrontPageSlot, Picture, Tag

admin.site.unregister(taggit.models.Tag)  # ours carries labels and a folded name


@admin.register(Category)
class CategoryAdmin(LanguageAdmin):
    list_display = ("name", "parent", "position", "in_menu")
    list_select_related = ("parent",)
    list_editable = ("position", "in_menu")
    search_fields = ("name_ar", "name_fr", "name_en", "slug")
    ordering = ("position", "pk")


@admin.register(Tag)
class TagAdmin(LanguageAdmin):
    list_display = ("name", "label")
    search_fields = ("name", "folded")
    fields = ("name", "slug", "label")
    ordering = ("name", "pk")
    show_full_result_count = False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        folded = Tag.fold_name(search_term) if search_term.strip() else ""
        return super().get_search_results(request, queryset, folded)


@admin.register(Author)
class AuthorAdmin(LanguageAdmin):
    list_display = ("name", "role", "user")
    list_select_related = ("user",)
    search_fields = ("name_ar", "name_fr", "name_en", "slug")
    autocomplete_fields = ("portrait",)
    fields = ("name", "slug", "role", "bio", "portrait", "user")
    ordering = ("pk",)


@admin.register(Picture)
class PictureAdmin(LanguageAdmin):
    list_display = ("__str__", "credit", "width", "height", "uploaded_at")
    search_fields = ("alt_ar", "alt_fr", "caption_ar", "caption_fr", "credit")
    fields = ("file", "alt", "caption", "credit", ("focus_x", "focus_y"))
    ordering = ("-pk",)
    show_full_result_count = False

    class Media:
        css = {"all": ("articles/admin.css",)}


@admin.register(FrontPageSlot)
class FrontPageSlotAdmin(admin.ModelAdmin):
    formfield_overrides = WALL_CLOCKS
    list_display = ("article", "block", "position", "starts_at", "ends_at")
    list_select_related = ("article",)
    list_filter = ("block",)
    autocomplete_fields = ("article",)
    ordering = ("block", "position", "-pk")
