"""Where a page of found articles starts: the last hit of the page before, in `?before=`."""

import re

from django.http import Http404, HttpRequest

from articles.search.engines import Hit

CURSOR = re.compile(r"(?:([0-9.e+-]{1,30})~)?(-?[0-9]{1,19})")


def read_hit(request: HttpRequest) -> Hit | None:
    """The hit behind which the asked page starts; None for the first. Raises Http404 if malformed."""
    text = request.GET.get("before", "")
    if not text:
        return None
    match = CURSOR.fullmatch(text)
    try:
        position, score = int(match[2]), float(match[1] or 0)  # type: ignore[index]
    except (TypeError, ValueError) as error:
        raise Http404("malformed cursor") from error
    if position.bit_length() > 63:
        raise Http404("no such position")
    return Hit(position, score)


def write_hit(hit: Hit | None) -> str:
    """The text that `read_hit` reads back; empty where there is no further page."""
    if hit is None:
        return ""
    return f"{hit.score!r}~{hit.position}" if hit.score else str(hit.position)
