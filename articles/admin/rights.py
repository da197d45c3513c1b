"""What several parts of the articles' admin ask about whoever sits at the desk."""

from django.http import HttpRequest


def is_editor(request: HttpRequest) -> bool:
    """Whether this person has every article in hand, not only the own drafts."""
    return request.user.has_perm("articles.edit_every_article")
