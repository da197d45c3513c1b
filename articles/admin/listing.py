"""The list of articles: filters, thumbnails, counts."""

from django.contrib import admin


class ListingAdmin(admin.ModelAdmin):
    """The list of articles: filters, thumbnails, counts."""
