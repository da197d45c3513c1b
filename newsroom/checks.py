"""System checks: what would hurt later, said at the start."""

import datetime
import zoneinfo
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning

from articles.cards.card import can_shape

# Morocco gave up its clock changes on 2026-09-20: since then it stands at UTC the year round.
AFTER_THE_LAST_CHANGE = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)


@register()
def check_zone_data(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where the zone data in use still moves Morocco's clocks."""
    offset = AFTER_THE_LAST_CHANGE.astimezone(zoneinfo.ZoneInfo("Africa/Casablanca")).utcoffset()
    if offset == datetime.timedelta(0):
        return []
    return [
        CheckWarning(
            "The zone data in use is older than September 2026: times in Morocco are shown an hour late.",
            hint="Install tzdata 2026.3 or newer in this environment.",
            id="newsroom.W001",
        )
    ]


@register(deploy=True)
def check_mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where mail goes to a folder, or its links lead to this machine."""
    found: list[CheckMessage] = []
    # Since Django 6.1 the back-end stands in MAILERS.
    backend = settings.MAILERS["default"]["BACKEND"] if hasattr(settings, "MAILERS") else settings.EMAIL_BACKEND
    if backend.endswith(".filebased.EmailBackend"):
        found.append(
            CheckWarning(
                "Mail is written to files and reaches nobody.",
                hint="Set EMAIL_URL to the mail server.",
                id="newsroom.W002",
            )
        )
    if settings.SITE_URL.startswith("http://localhost"):
        found.append(
            CheckWarning(
                "The links in mails lead to the reader’s own machine.",
                hint="Set SITE_URL to the site's address.",
                id="newsroom.W003",
            )
        )
    return found


@register()
def check_shaping(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where this machine cannot join Arabic letters."""
    if can_shape():
        return []
    return [
        CheckWarning(
            "Social cards are drawn without their headlines: Pillow finds no Raqm or no FriBiDi here.",
            hint="Install Pillow from its wheels, and FriBiDi from the system's packages.",
            id="newsroom.W004",
        )
    ]
