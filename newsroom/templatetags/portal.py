"""The portal's own words, for templates that no request brings any."""

from typing import Any

from django import template
from django.template import RequestContext

from newsroom.choices import AdvertSlot
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


@register.inclusion_tag("newsroom/_advert.html", takes_context=True)
def advert(context: RequestContext, slot: str) -> dict[str, Any]:
    """The advert of `slot`, labelled as one; nothing where there is none. One query for all slots of a page."""
    return {"advert": context["adverts"].get(AdvertSlot(slot))}
