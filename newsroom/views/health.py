"""Whether the process runs, and whether it can serve: for whoever starts and watches it."""

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from articles.http import PRIVATE

PLAIN = {"content_type": "text/plain; charset=utf-8", "headers": {"Cache-Control": PRIVATE}}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked: a database that is down is no reason to start it anew."""
    return HttpResponse("ok\n", **PLAIN)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers as well."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return HttpResponse("database\n", status=503, **PLAIN)
    return HttpResponse("ok\n", **PLAIN)
