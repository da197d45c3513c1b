"""The articles that readers read most."""

from django import template

from articles.choices import Period
from articles.models import Article, MostRead

register = template.Library()


@register.simple_tag
def most_read() -> list[tuple[Period, list[Article]]]:
    """Each period that has a list in the active language, with its articles in their order; one query."""
    return list(MostRead.objects.shown().items())
