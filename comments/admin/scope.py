"""Forms for what holds on one article, in one category, or everywhere."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.models import Article


class ScopedAdmin(admin.ModelAdmin):
    """A model admin for rows with `article` and `category`, both empty for the whole site."""

    list_select_related: Any = ("article", "category")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "article" and field:
            # By number, and without a look into what is not published.
            related = db_field.remote_field.related_query_name or db_field.related_query_name()
            field.queryset = Article.objects.published() | Article.objects.exclude(**{related: None})
            field.widget = forms.NumberInput()
            field.help_text = _("The number in the article’s address, after /news/.")
        return field

    @admin.display(description=_("where"))
    def scope(self, row: Any) -> str:
        return format_html("<bdi>{}</bdi>", row.article or row.category or _("the whole site"))
