"""Who gets the newsletter: how many, since when, in which language; never at which address."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.rights import ReadOnly
from articles.admin.times import time_cell
from newsroom.models import DigestSubscription


@admin.register(DigestSubscription)
class DigestSubscriptionAdmin(ReadOnly, admin.ModelAdmin):
    """A list to look at. Who wants to leave does so by the link of each mail, or by what is kept about them."""

    list_display = ("number", "spoken", "asked", "confirmed")
    list_display_links = None
    fields = ("language", "created_at", "confirmed_at")  # of the page that the right to see a row opens
    readonly_fields = fields
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-created_at", "-pk")

    @admin.display(description=_("subscriber"))
    def number(self, row: DigestSubscription) -> str:
        return f"#{row.pk}"

    @admin.display(description=_("language"))
    def spoken(self, row: DigestSubscription) -> str:
        return str(dict(settings.LANGUAGES).get(row.language, row.language))

    @admin.display(description=_("asked"))
    def asked(self, row: DigestSubscription) -> str:
        return time_cell(row.created_at)

    @admin.display(description=_("confirmed"))
    def confirmed(self, row: DigestSubscription) -> str:
        return time_cell(row.confirmed_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("email")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """With the number of those who confirmed, language by language, above."""
        counts = DigestSubscription.objects.exclude(confirmed_at=None).values_list("language").annotate(Count("pk"))
        languages = dict(settings.LANGUAGES)
        told = [
            gettext("%(language)s: %(count)s") % {"language": languages.get(code, code), "count": count}
            for code, count in counts.order_by("language")
        ]
        return super().changelist_view(request, {**(extra_context or {}), "subtitle": " · ".join(told)})

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """None: an address of the list could ask for hashes digit by digit."""
        return False
