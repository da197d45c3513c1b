"""What the writing form does beside saving: unsaved text kept, one writer at a time, a checklist."""

from django.contrib import admin


class WritingAdmin(admin.ModelAdmin):
    """What the writing form does beside saving: unsaved text kept, one writer at a time, a checklist."""
