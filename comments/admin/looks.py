"""Who looked at whose full address."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.rights import ReadOnly
from comments.models import AddressLook


@admin.register(AddressLook)
class AddressLookAdmin(ReadOnly, admin.ModelAdmin):
    """Who looked at whose address, and when. Superusers read it; nobody writes it here."""

    list_display = ("at", "by", "comment_number")
    list_select_related = ("by",)
    list_per_page = 100
    ordering = ("-at", "-pk")
    show_full_result_count = False
    fields = readonly_fields = ("at", "by", "comment_number")

    @admin.display(description=_("comment"))
    def comment_number(self, look: AddressLook) -> str:
        return str(look.comment_id)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_superuser
