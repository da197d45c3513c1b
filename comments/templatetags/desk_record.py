"""What the desk shows of the pages around it: requests that wait, kept filters, surges."""

from typing import Any

from django import template
from django.utils import timezone

from comments.desk import requests, searching, surges

register = template.Library()


@register.simple_tag
def open_requests() -> requests.Open:
    """How many withdrawal requests wait, and how many of them too long."""
    return requests.open_requests()


@register.simple_tag(takes_context=True)
def saved_filters(context: template.Context) -> list[Any]:
    """The filters that this person kept or that colleagues share."""
    return searching.saved_filters(context["request"].user)


@register.simple_tag(name="surges")
def surges_now() -> list[surges.Surge]:
    """The articles that raise an alarm."""
    return surges.surges(timezone.now())
