"""The Hijri date, by the tables of Umm al-Qura and an offset that the newspaper sets.

Morocco sees the new moon for itself, so a computed date may be off by a day or two.
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from hijridate import Gregorian

MAX_OFFSET = 2  # days
MONTHS = [
    pgettext_lazy("Hijri month", "Muharram"),
    pgettext_lazy("Hijri month", "Safar"),
    pgettext_lazy("Hijri month", "Rabi al-Awwal"),
    pgettext_lazy("Hijri month", "Rabi al-Thani"),
    pgettext_lazy("Hijri month", "Jumada al-Ula"),
    pgettext_lazy("Hijri month", "Jumada al-Akhira"),
    pgettext_lazy("Hijri month", "Rajab"),
    pgettext_lazy("Hijri month", "Shaban"),
    pgettext_lazy("Hijri month", "Ramadan"),
    pgettext_lazy("Hijri month", "Shawwal"),
    pgettext_lazy("Hijri month", "Dhu al-Qada"),
    pgettext_lazy("Hijri month", "Dhu al-Hijja"),
]


def hijri_date(day: date, offset: int = 0) -> str:
    """“15 Rabi al-Thani 1448 AH”: `day` moved by `offset` days; empty outside the tables (1924–2077)."""
    try:
        shown = Gregorian.fromdate(day + timedelta(days=offset)).to_hijri()
    except OverflowError:
        return ""
    named = {"day": shown.day, "month": MONTHS[shown.month - 1], "year": shown.year}
    return _("%(day)d %(month)s %(year)d AH") % named
