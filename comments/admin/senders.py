"""Bans: read and lifted here, made at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.steps import Step, StepsAdmin
from articles.admin.times import time_cell
from comments.admin.scope import ScopedAdmin
from comments.choices import BanState
from comments.models import Ban, Comment


@admin.register(Ban)
class BanAdmin(StepsAdmin, ScopedAdmin):
    """Nothing of a ban is changed; it is lifted, and that is logged."""

    steps = (Step("lift", _("Lift"), Ban.lift, "change", (BanState.STANDING,)),)
    list_display = ("who", "scope", "state", "ends", "by", "since")
    list_select_related = ("article", "category", "by")
    ordering = ("-at", "-pk")
    fields = ("who", "scope", "state", "until", "note", "by", "at", "lifted_by", "lifted_at")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        newest = Comment.objects.filter(email_digest=OuterRef("sender__email_digest")).order_by("-submitted_at")
        return super().get_queryset(request).annotate(signed=Subquery(newest.values("name")[:1]))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing of the form is stored."""

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        hidden = {"show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **hidden})

    @admin.display(description=_("who"))
    def who(self, ban: Any) -> str:
        """The network, or the name that the sender signed with last."""
        if ban.network:
            return format_html('<bdi dir="ltr">{}</bdi>', ban.network)
        return format_html("<bdi>{}</bdi>", ban.signed or "—")

    @admin.display(description=_("state"))
    def state(self, ban: Ban) -> str:
        return ban.get_status_display()

    @admin.display(description=_("until"), ordering="until")
    def ends(self, ban: Ban) -> str:
        return time_cell(ban.until)

    @admin.display(description=_("when"), ordering="at")
    def since(self, ban: Ban) -> str:
        return time_cell(ban.at)
