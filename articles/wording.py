"""Times, amounts and counts in words, as the newspapers of each language write them."""

import unicodedata
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.arabic import fold

Number = int | float | Decimal

WORDS_A_MINUTE = 180
# Beyond this a reader counts by the calendar, not by the clock.
RELATIVE_FOR = timedelta(days=7)
# Graphemes of more than one character: letters with marks, joined emoji, flags, Hangul.
GLUED = {"Mn", "Mc", "Me", "Cf", "Cs"}
VIRAMA = 9
EMOJI_MODIFIERS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
REGIONAL_INDICATORS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
HANGUL = frozenset(map(chr, [*range(0x1100, 0x1200), *range(0xA960, 0xA980), *range(0xAC00, 0xD7FC)]))
# Any amount that a column or a float can hold.
WIDE = Context(prec=800, rounding=ROUND_HALF_UP)


def relative_time(moment: datetime, now: datetime | None = None) -> str:
    """How long ago `moment` was, or how far ahead it is, seen from `now` (the present, unless told).

    What is a week or more away is given as its date. For pages that are never stored: a stored
    one would go on saying “a minute ago” for hours.
    """
    distance = (now or timezone.now()) - moment
    if abs(distance) >= RELATIVE_FOR:
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    for unit, past, future in UNITS:
        count = abs(distance) // unit
        if count:
            return past(count) if distance > timedelta(0) else future(count)
    return _("just now")


def minutes_ago(count: int) -> str:
    return counted(ngettext("%(count)s minute ago", "%(count)s minutes ago", count), count)


def hours_ago(count: int) -> str:
    return counted(ngettext("%(count)s hour ago", "%(count)s hours ago", count), count)


def days_ago(count: int) -> str:
    return counted(ngettext("%(count)s day ago", "%(count)s days ago", count), count)


def in_minutes(count: int) -> str:
    return counted(ngettext("in %(count)s minute", "in %(count)s minutes", count), count)


def in_hours(count: int) -> str:
    return counted(ngettext("in %(count)s hour", "in %(count)s hours", count), count)


def in_days(count: int) -> str:
    return counted(ngettext("in %(count)s day", "in %(count)s days", count), count)


UNITS = (
    (timedelta(days=1), days_ago, in_days),
    (timedelta(hours=1), hours_ago, in_hours),
    (timedelta(minutes=1), minutes_ago, in_minutes),
)


def machine_time(at: datetime) -> str:
    """`at` for machines: Morocco's clock to the second, with the offset of that day."""
    return timezone.localtime(at).isoformat(timespec="seconds")


def reading_minutes(text: str) -> int:
    """Minutes that reading `text`, without markup, takes: to the nearest one, at least one."""
    return minutes_for(count_words(text))


def count_words(text: str) -> int:
    """The words of `text`, counted folded, so that a vocalised text is not longer than a bare one."""
    return len(fold(text).split())


def minutes_for(words: int) -> int:
    """Minutes that reading so many words takes: to the nearest one, at least one."""
    return max(1, (words + WORDS_A_MINUTE // 2) // WORDS_A_MINUTE)


def reading_time(minutes: int) -> str:
    """“3-minute read”."""
    return counted(ngettext("%(count)s-minute read", "%(count)s-minute read", minutes), minutes)


def counted(sentence: str, count: int) -> str:
    """`sentence` with `count` grouped by thousands; some forms name the number and have no place for it."""
    return sentence % {"count": grouped(count)}


def grouped(number: Number, places: int | None = None) -> str:
    """1.234.567,89 in Arabic; rounded to `places`, or with as many as it has."""
    exact = Decimal(str(number))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), context=WIDE)
    # Adding nothing takes the sign off a zero.
    return number_format(WIDE.add(exact, Decimal(0)), places, force_grouping=True)


def dirhams(amount: Number) -> str:
    """1.234,50 درهم."""
    return _("%(amount)s dirhams") % {"amount": grouped(amount, 2)}


def percent(number: Number) -> str:
    """34%, of the number 34; with up to two decimals where it has them."""
    rounded = Decimal(str(number)).quantize(Decimal("0.01"), context=WIDE).normalize(WIDE)
    shown = grouped(Decimal(f"{rounded:f}"))
    return pgettext("percent", "%(number)s%%") % {"number": shown}


def shorten(text: str, length: int) -> str:
    """At most `length` characters of `text`, with an ellipsis where something is left out.

    It ends with a whole word; a word that fills most of it ends between two graphemes.
    """
    if len(text) <= length:
        return text
    end = length - 1
    space = max((place for place in range(length // 2, end + 1) if text[place].isspace()), default=0)
    while not space and end and _belongs_together(text[end - 1], text[end]):
        end -= 1
    return text[: space or end].rstrip() + "…"


def _belongs_together(before: str, after: str) -> bool:
    """Whether a cut between two characters could fall inside a grapheme; rather once too often than too rarely."""
    return (
        unicodedata.category(after) in GLUED
        or unicodedata.category(before) == "Cf"  # joiners, and signs that enclose the digits behind them
        or unicodedata.combining(before) == VIRAMA
        or after in EMOJI_MODIFIERS
        or REGIONAL_INDICATORS.issuperset((before, after))
        or HANGUL.issuperset((before, after))
    )
