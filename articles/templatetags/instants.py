"""Times for machines: every template has this without loading it."""

from datetime import datetime

from django import template
from django.utils.timezone import localtime

register = template.Library()


@register.filter(expects_localtime=True)
def instant(moment: datetime) -> str:
    """`moment` to the second with its offset, as HTML wants it: of a fraction it takes three digits at most."""
    return localtime(moment).isoformat(timespec="seconds") if moment else ""
