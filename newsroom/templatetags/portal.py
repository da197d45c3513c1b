"""The portal's own words, for templates that no request brings any."""

from django import template

from newsroom.models import ReaderLetter, SiteSettings

register = template.Library()


@register.simple_tag
def portal_settings() -> SiteSettings:
    """The newspaper's settings; pages get them from `newsroom.context_processors`, mails from here."""
    return SiteSettings.load()


@register.simple_tag
def open_letters() -> int:
    """How many letters from readers wait for an answer."""
    return ReaderLetter.objects.open().count()
