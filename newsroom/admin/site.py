"""The newspaper's settings."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.admin.languages import LanguageAdmin
from newsroom.models import SiteSettings


@admin.register(SiteSettings)
class SiteSettingsAdmin(LanguageAdmin):
    """The one row of settings."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not SiteSettings.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
