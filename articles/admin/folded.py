"""Lists of the admin that find every spelling of a word."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from articles.folding import MOST_LETTERS, MOST_WORDS, search_words


class FoldedSearchAdmin(admin.ModelAdmin):
    """For a `Folded` model: all words of the term must be there, in any order and spelling.

    Fields of other forms that complete what is typed search here as well.
    """

    search_fields = ("folded_text",)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        return queryset.filter(has_words(search_term)), False


def first_words(term: str) -> str:
    """As many words of `term` as a search by Django's own means can take."""
    return " ".join(term[:MOST_LETTERS].split()[:MOST_WORDS])


def has_words(term: str) -> Q:
    """Rows whose folded text has every word of `term`."""
    return Q(*(Q(folded_text__contains=word) for word in search_words(term)))
