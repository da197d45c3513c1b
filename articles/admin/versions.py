"""Every version of an article: what changed, who changed it, and the way back."""

from django.contrib import admin


class VersionsAdmin(admin.ModelAdmin):
    """Every version of an article: what changed, who changed it, and the way back."""
