"""Tags in the admin."""

import taggit.admin
import taggit.models
from django.contrib import admin

from articles.admin.folded import FoldedSearchAdmin
from articles.admin.languages import LanguageAdmin
from articles.models import Tag

admin.site.unregister(taggit.models.Tag)  # ours carries labels and a folded name


@admin.register(Tag)
class TagAdmin(FoldedSearchAdmin, LanguageAdmin):
    list_display = ("name", "label")
    fields = ("name", "slug", "label")
    ordering = ("sort_key", "pk")
    show_full_result_count = False
