"""Dates with a time in the admin's forms and lists, as the clock in Morocco shows them."""

from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.schedule import MissingTimeError, first_instant
from articles.wording import relative_time

CLOCK = "%H:%M"


class WallClockInput(AdminSplitDateTime):
    """A date and a time to the minute, left to right in every language."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "ltr", **(attrs or {})})
        self.widgets[1].format = CLOCK
        for widget, name in zip(self.widgets, (_("Date:"), _("Time:")), strict=True):
            widget.attrs["aria-label"] = name

    def decompress(self, value: datetime | None) -> tuple[date | None, time | None]:
        return _as_shown(value) if value else (None, None)


class HiddenWallClock(forms.SplitHiddenDateTimeWidget):
    """What a form started from, written as `WallClockInput` writes it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, time_format=CLOCK)


class WallClockField(forms.SplitDateTimeField):
    """An instant, typed as the clock shows it.

    Of an hour that comes twice the first is meant, one that is left out is refused, and an
    instant that was not changed stays as it is stored: to the second, and in a repeated hour.
    """

    widget = WallClockInput
    hidden_widget = HiddenWallClock
    stored: datetime | None = None

    def get_bound_field(self, form: BaseForm, field_name: str) -> BoundField:
        initial = form.initial.get(field_name)
        self.stored = initial if isinstance(initial, datetime) else None
        return super().get_bound_field(form, field_name)

    def compress(self, data_list: tuple[date, time] | None) -> datetime | None:
        with timezone.override(UTC):  # where every time exists, and once
            typed = super().compress(data_list)
        if typed is None:
            return None
        if self.stored and _as_shown(self.stored) == (typed.date(), typed.time()):
            return self.stored
        return _instant(typed.replace(tzinfo=None))


def _as_shown(instant: datetime) -> tuple[date, time]:
    """Day and clock of an instant, to the minute."""
    there = timezone.localtime(instant)
    return there.date(), there.time().replace(second=0, microsecond=0)


def _instant(wall: datetime) -> datetime:
    try:
        return first_instant(wall)
    except MissingTimeError as error:
        message = _("There is no %(time)s on that day: the clock is put forward then. Choose another time.")
        raise ValidationError(message, code="missing", params={"time": wall.strftime(CLOCK)}) from error


# For `formfield_overrides` of every admin whose form holds such a column.
WALL_CLOCKS: dict[type[models.Field], dict[str, Any]] = {
    models.DateTimeField: {"form_class": WallClockField, "widget": WallClockInput}
}


def time_cell(moment: datetime | None) -> str:
    """For a list: how long ago, with the date and time on it; a dash for nothing."""
    if moment is None:
        return "—"
    there = timezone.localtime(moment)
    full = date_format(there, "DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', there.isoformat(), full, relative_time(moment))
