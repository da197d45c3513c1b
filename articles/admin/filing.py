"""What articles are filed under, and the places of the front page."""

from django.contrib import admin

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
    formfield_overrides = WALL_CLOCKS
    list_display = ("article", "block", "position", "starts_at", "ends_at")
    list_select_related = ("article",)
    list_filter = ("block",)
    autocomplete_fields = ("article",)
    ordering = ("block", "position", "-pk")
