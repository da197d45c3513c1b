"""Times, amounts and counts in words, for templates; see `articles/wording.py`."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template

from articles import wording
from articles.html import plain_text

register = template.Library()


@register.filter
def relative_time(moment: datetime | None) -> str:
    """“3 hours ago”; only for pages that are never stored."""
    return wording.relative_time(moment) if moment else ""


@register.filter
def reading_time(body: str | None) -> str:
    """“3-minute read”, of a cleaned body; nothing of an empty one."""
    return wording.reading_time(wording.reading_minutes(plain_text(body))) if body else ""


@register.filter
def grouped(number: Any) -> str:
    return _of_a_number(wording.grouped, number)


@register.filter
def dirhams(amount: Any) -> str:
    return _of_a_number(wording.dirhams, amount)


@register.filter
def percent(number: Any) -> str:
    return _of_a_number(wording.percent, number)


def _of_a_number(say: Callable[[Decimal], str], value: Any) -> str:
    """What `say` makes of a number; nothing where `value` is none, as templates expect of a filter."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return ""
    return say(number) if number.is_finite() else ""
