"""Steps with their notes, links for directors, the calendar, a journalist's own figures."""

from django.contrib import admin


class WorkflowAdmin(admin.ModelAdmin):
    """Steps with their notes, links for directors, the calendar, a journalist's own figures."""
