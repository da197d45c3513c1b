"""The WSGI application that granian serves."""

import os
import re
import sys
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def utf8_only(serve: WSGIApplication) -> WSGIApplication:
    """Serve every request as UTF-8: Django would read queries and forms in whatever encoding a header names."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["CONTENT_TYPE"] = CHARSET.sub("", environ.get("CONTENT_TYPE", ""))
        return serve(environ, start_response)

    return call


try:
    application = utf8_only(get_wsgi_application())
except ImproperlyConfigured as error:
    sys.exit(f"Newsroom cannot start. {error}")
