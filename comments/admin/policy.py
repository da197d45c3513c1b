"""How comments are taken, and the steps that decide on them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from comments.admin.scope import ScopedAdmin
from comments.models import CommentSettings, Policy


@admin.register(Policy)
class PolicyAdmin(ScopedAdmin):
    list_display = ("__str__", "mode", "frozen", "hours", "close_after_days")
    list_filter = ("mode", "frozen")
    ordering = ("-pk",)
    fieldsets = (
        (None, {"fields": ("article", "category", "mode", "message")}),
        (_("When comments are taken"), {"fields": ("frozen", ("opens_at", "closes_at"), "close_after_days")}),
    )

    @admin.display(description=_("hours"))
    def hours(self, policy: Policy) -> str:
        if policy.opens_at is None or policy.closes_at is None:
            return "—"
        hours = (f"{each:%H:%M}" for each in (policy.opens_at, policy.closes_at))
        return format_html('<bdi dir="ltr">{}–{}</bdi>', *hours)


@admin.register(CommentSettings)
class CommentSettingsAdmin(admin.ModelAdmin):
    """The one row. Its list leads to it at once."""

    fieldsets = (
        (_("Before anything else"), {"fields": (("check_rate", "rate_limit"), "check_honeypot", "check_names")}),
        (_("What is written"), {"fields": ("check_rules", ("check_links", "max_links"), "check_repeats")}),
        (_("Who writes"), {"fields": ("check_senders", ("check_rejections", "rejection_days"))}),
        (_("Trust"), {"fields": ("trust_senders", "trust_after", "sample_percent")}),
        (_("Alarm and time of keeping"), {"fields": ("surge_per_hour", "keep_ip_days", "keep_email_days")}),
    )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "rate_limit":  # a limit of nothing would be a way to close that nobody looks for
            kwargs["min_value"] = 1
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        row = CommentSettings.objects.first()
        if row:
            return HttpResponseRedirect(reverse("admin:comments_commentsettings_change", args=[row.pk]))
        if self.has_add_permission(request):
            return HttpResponseRedirect(reverse("admin:comments_commentsettings_add"))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may change the row may also be the first to store it."""
        return self.has_change_permission(request) and not CommentSettings.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
