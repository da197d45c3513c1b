"""What the frame of every page shows."""

from typing import Any

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


def _menu() -> list[Category]:
    return list(Category.objects.filter(in_menu=True, parent=None).order_by("position", "pk"))
