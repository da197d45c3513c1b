"""Times for machines: every template has this without loading it."""

from datetime import datetime

from django import template

from articles.wording import machine_time

register = template.Library()


@register.filter
def instant(moment: datetime | None) -> str:
    """As HTML wants a time: of a fraction it takes three digits at most. Empty for None."""
    return machine_time(moment) if moment else ""
