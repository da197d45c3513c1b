"""What several parts of the articles' admin ask about whoever sits at the desk."""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.http import HttpRequest


class ReadOnly(BaseModelAdmin):
    """Rows to look at: whatever rights somebody has, nobody writes them here."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def is_editor(request: HttpRequest) -> bool:
    """Whether this person has every article in hand, not only the own drafts."""
    return request.user.has_perm("articles.edit_every_article")
