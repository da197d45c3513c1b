"""What articles are filed under, their pictures, and the places of the front page."""

from django.contrib import admin

from articles.admin.folded import FoldedSearchAdmin
from articles.admin.languages import LanguageAdmin
from articles.admin.times import WALL_CLOCKS
from articles.models import Author, Category, FrontPageSlot, Picture


@admin.register(Category)
class CategoryAdmin(FoldedSearchAdmin, LanguageAdmin):
    list_display = ("name", "parent", "position", "in_menu")
    list_select_related = ("parent",)
    list_editable = ("position", "in_menu")
    ordering = ("position", "pk")


@admin.register(Author)
class AuthorAdmin(FoldedSearchAdmin, LanguageAdmin):
    list_display = ("name", "role", "user")
    list_select_related = ("user",)
    autocomplete_fields = ("portrait",)
    fields = ("name", "slug", "role", "bio", "portrait", "user")
    ordering = ("sort_key", "pk")


@admin.register(Picture)
class PictureAdmin(FoldedSearchAdmin, LanguageAdmin):
    list_display = ("__str__", "credit", "width", "height", "uploaded_at")
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
