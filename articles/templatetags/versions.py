"""Counts on the pages of an article's versions."""

from django import template
from django.utils.translation import ngettext

from articles.wording import counted

register = template.Library()


@register.filter
def unchanged_paragraphs(count: int) -> str:
    return counted(ngettext("%(count)s unchanged paragraph", "%(count)s unchanged paragraphs", count), count)


@register.filter
def more_changed_paragraphs(count: int) -> str:
    sentence = ngettext(
        "%(count)s more changed paragraph is not shown.", "%(count)s more changed paragraphs are not shown.", count
    )
    return counted(sentence, count)
