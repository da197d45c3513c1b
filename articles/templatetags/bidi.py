"""Names and titles inside plain text; see `articles/bidi.py`."""

from django import template

from articles import bidi

register = template.Library()
register.filter("isolate", bidi.isolate)
