"""System checks: what would hurt later, said at the start."""

import datetime
import zoneinfo
from typing import Any

from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning

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
