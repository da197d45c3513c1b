"""What the frame of every page shows."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from articles.models import Category
from newsroom import frame
from newsroom.models import Advert, SiteSettings


def portal(request: HttpRequest) -> dict[str, Any]:
    """The newspaper's settings, menu, links and adverts; each is asked of the database where a template uses it."""
    return {
        "site": SimpleLazyObject(SiteSettings.load),
        "menu": SimpleLazyObject(_menu),
        "frame": SimpleLazyObject(frame.load),
        "adverts": SimpleLazyObject(lambda: Advert.objects.by_slot()),
    }


def _menu() -> list[Any]:
    """The categories of the menu, each with those `below` it, in one query."""
    shown = Q(in_menu=True, parent=None) | Q(parent__in_menu=True)
    categories: list[Any] = list(Category.objects.filter(shown).order_by("position", "pk"))
    for top in categories:
        top.below = [each for each in categories if each.parent_id == top.pk]
    return [each for each in categories if each.parent_id is None]
