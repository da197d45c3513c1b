"""An article as its reader will see it, before it is saved or published."""

from django.contrib import admin


class PreviewAdmin(admin.ModelAdmin):
    """An article as its reader will see it, before it is saved or published."""
