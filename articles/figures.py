"""Figures in the text of an article: shown in sizes that suit the reader's screen. What is stored stays as it is."""

import re

from articles.models import Picture
from articles.models.figures import STORED
from articles.renditions import CONTENT_TYPES, USES, Rendition, key_of, widths_for

# An image as the cleaner writes it: its values are quoted.
IMAGE = re.compile(r'<img((?: [a-z-]+="[^"]*")*)\s*/?>')
SOURCE = re.compile(r' src="([^"]*)"')


def show_figures(html: str) -> str:
    """Cleaned `html` whose images offer their renditions; one query, and none where there is no picture of ours."""
    names = set(STORED.findall(html)) if html else set()
    if not names:
        return html
    pictures = {picture.file.name: picture for picture in Picture.objects.filter(file__in=names)}
    return IMAGE.sub(lambda image: _offer(image, pictures), html)


def _offer(image: re.Match[str], pictures: dict[str | None, Picture]) -> str:
    source = SOURCE.search(image[1])
    name = STORED.search(source[1]) if source else None
    picture = pictures.get(name[0]) if name else None
    if picture is None:
        return image[0]
    place, key = USES["article"], key_of(picture)
    offers = ""
    widths = widths_for(picture, place.crop, place.widths)
    for extension, content_type in CONTENT_TYPES.items() if widths else ():
        entries = (Rendition(picture.pk, key, place.crop, width, extension) for width in widths)
        listed = ",".join(f"{entry.address} {entry.width}w" for entry in entries)
        offers += f'<source type="{content_type}" srcset="{listed}" sizes="{place.sizes}">'
    kept = "".join(f" {each}" for each in re.findall(r'(?:src|alt|title)="[^"]*"', image[1]))
    size = f' width="{picture.width}" height="{picture.height}"'
    return f'<picture>{offers}<img{kept}{size} loading="lazy" decoding="async"></picture>'
