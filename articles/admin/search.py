"""What editors say of search: which words mean the same."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from articles.arabic import bare
from articles.models import Synonym
from articles.models.article import LANGUAGE_CODES
from articles.search.engines import engine
from articles.search.query import Thesaurus, parse


def search_articles(queryset: QuerySet, text: str) -> QuerySet:
    """Of the articles of `queryset`, drafts included, those that hold all words of `text` in any spelling.

    The last word may be only begun, as it is while someone types.
    """
    query = parse(text, Thesaurus.load())
    if not query:
        return queryset.none() if text.strip() else queryset
    sql, parameters = engine().matching(query, LANGUAGE_CODES, beginning=bare(query.words[-1]))
    return queryset.filter(pk__in=RawSQL(sql, parameters))  # noqa: S611 (readers' words are parameters)


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    list_display = ("words",)
    search_fields = ("words",)
    ordering = ("pk",)
    show_full_result_count = False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Groups that hold the word, however it is spelt: there are never so many that reading all would hurt."""
        asked = parse(search_term)
        if not asked:
            return queryset, False
        runs = {run for term in asked.terms for run in term}
        kept = [group.pk for group in queryset if runs & {(word,) for run in group.alternatives() for word in run}]
        return queryset.filter(pk__in=kept), False
