"""What `articles/_picture.html` needs to know: which renditions of a picture suit a place on a page."""

from typing import Any

from django import template

from articles.figures import show_figures
from articles.renditions import CONTENT_TYPES, USES, Rendition, key_of, smallest, widths_for

register = template.Library()


@register.simple_tag
def picture_sources(picture: Any, use: str = "") -> dict[str, Any]:
    """What a `<picture>` offers beside the stored file: `sizes`, and `srcset` by content type; from the row alone."""
    place = USES[use or "card"]
    key = key_of(picture)
    offers = []
    widths = widths_for(picture, place.crop, place.widths)
    for extension, content_type in CONTENT_TYPES.items() if widths else ():
        entries = (Rendition(picture.pk, key, place.crop, width, extension) for width in widths)
        offers.append((content_type, ",".join(f"{entry.address} {entry.width}w" for entry in entries)))
    return {"offers": offers, "sizes": place.sizes}


@register.filter
def rendition_url(picture: Any, use: str) -> str:
    """The address of one small picture for a page of the desk."""
    return smallest(picture, use)


@register.filter(is_safe=True)
def with_figures(html: str) -> str:
    """Cleaned HTML whose pictures come in sizes that suit the screen."""
    return show_figures(html or "")
