"""Corrections of an article, each with the name of the editor who wrote it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.languages import LanguageInline
from articles.admin.times import WALL_CLOCKS
from articles.models import Correction


class CorrectionInline(LanguageInline):
    model = Correction
    formfield_overrides = WALL_CLOCKS
    fields = ("kind", "note", "at", "who")
    readonly_fields = ("who",)
    extra = 0

    @admin.display(description=Correction._meta.get_field("by").verbose_name)
    def who(self, correction: Correction) -> str:
        """The editor's name, without a link to an account that few may open."""
        return str(correction.by or "—")


class CorrectingAdmin(admin.ModelAdmin):
    """A model admin that notes who wrote a correction."""

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is Correction:
            for each in formset.forms:
                if each.instance.pk is None:
                    each.instance.by = request.user
        super().save_formset(request, form, formset, change)
