"""Draws a card: the picture with the headline over it, or the newspaper's star where there is no picture."""

from io import BytesIO
from typing import Any

from django.utils.translation import get_language_info
from PIL import Image, ImageDraw

from articles.cards.card import SIZE, Card, can_shape
from articles.cards.lettering import Lettering, fit, measure
from articles.pictures import to_srgb
from articles.renditions import focal_box

Colour = tuple[int, int, int]
BRAND: Colour = (156, 28, 46)
NIGHT: Colour = (24, 12, 14)
WHITE: Colour = (255, 255, 255)
WIDTH, HEIGHT = SIZE
FOOT = 92  # pixels: the strip with the newspaper's name
EDGE = 56
BELOW = 26  # between a headline over a picture and the foot
HEADLINES = (88, 76, 66, 58, 52, 46)
LINES = (1, 2, 3, 3, 4, 4)
SMALLEST = 320  # pixels: what is narrower would be a blur
TILE = 150
DARK = 200  # of 255: white on white darkened so far stands at 7 to 1
FADE = 220  # pixels above the headline in which the picture darkens


def draw(card: Card) -> bytes:
    """The card as a JPEG. A picture that is lost or damaged is left out; so are words that cannot be shaped."""
    rtl = bool(get_language_info(card.language)["bidi"])
    picture = _picture(card.picture) if card.picture else None
    headline = fit(card.title, WIDTH - 2 * EDGE, HEADLINES, LINES, rtl) if can_shape() else None
    image = _shaded(picture, headline.height if headline else 0) if picture else _starred()
    board = ImageDraw.Draw(image)
    board.rectangle((0, HEIGHT - FOOT, WIDTH, HEIGHT), fill=BRAND)
    _star(board, EDGE + 22 if rtl else WIDTH - EDGE - 22, HEIGHT - FOOT // 2, 22, WHITE, 4)
    if headline:
        _write(board, card, headline, low=picture is not None)
    made = BytesIO()
    image.save(made, "JPEG", quality=84, optimize=True, progressive=True)
    return made.getvalue()


def _write(board: ImageDraw.ImageDraw, card: Card, headline: Lettering, low: bool) -> None:
    """Newspaper, headline and label; the headline stands low over a picture, otherwise in the middle."""
    start, width, rtl = (WIDTH - EDGE if headline.rtl else EDGE), WIDTH - 2 * EDGE, headline.rtl
    name = fit(card.newspaper, width - 120, (38, 30), (1, 1), rtl)
    name.draw(board, start, HEIGHT - FOOT + (FOOT - name.leading) // 2, WHITE)
    label = fit(card.label, width - 60, (32,), (1,), rtl)
    above = label.leading + 30 if label.lines else 0
    room = HEIGHT - FOOT
    top = room - headline.height - BELOW if low else (room - headline.height + above) // 2
    headline.draw(board, start, top, WHITE)
    if label.lines:
        _tab(board, label, start, top - label.leading - 18, BRAND if low else NIGHT)


def _tab(board: ImageDraw.ImageDraw, label: Lettering, start: int, top: int, fill: Colour) -> None:
    """The label on a field of its own."""
    long = round(measure(label.lines[0], label.size, label.rtl)) + 36
    left = start - long if label.rtl else start
    board.rounded_rectangle((left, top, left + long, top + label.leading + 6), 6, fill)
    label.draw(board, start - 18 if label.rtl else start + 18, top + 2, WHITE)


def _picture(picture: Any) -> Image.Image | None:
    """The part of the picture round its focal point that fills the card above its foot."""
    size = (WIDTH, HEIGHT - FOOT)
    try:
        with picture.file.storage.open(picture.file.name) as file, Image.open(file) as image:
            if image.width < SMALLEST:
                return None
            image.draft(None, size)
            profile = image.info.get("icc_profile")
            box = focal_box(*image.size, size, (picture.focus_x, picture.focus_y))
            cut = image.convert("RGBA").resize(size, Image.Resampling.LANCZOS, box, reducing_gap=3.0)
            cut = to_srgb(cut, profile) if profile else cut
    except Exception:  # lost, or damaged in any of the ways that decoders know
        return None
    ground = Image.new("RGBA", size, (*WHITE, 255))
    ground.alpha_composite(cut)
    return ground.convert("RGB")


def _shaded(picture: Image.Image, height: int) -> Image.Image:
    """The picture, dark behind a headline of that height, so that white letters can be read on any."""
    top, shade = picture.height - height - BELOW, Image.new("L", (1, picture.height))
    for row in range(picture.height):
        shade.putpixel((0, row), round(min(DARK, max(0, DARK * (row - top + FADE) / FADE))))
    image = Image.new("RGB", SIZE, NIGHT)
    image.paste(Image.composite(Image.new("RGB", picture.size, NIGHT), picture, shade.resize(picture.size)))
    return image


def _starred() -> Image.Image:
    """A field of eight-pointed stars in the newspaper's colour."""
    mask = Image.new("L", (WIDTH * 2, HEIGHT * 2))
    board = ImageDraw.Draw(mask)
    for x in range(0, WIDTH * 2 + TILE, TILE * 2):
        for y in range(0, HEIGHT * 2 + TILE, TILE * 2):
            _star(board, x, y, TILE, 44, 3)
    deep = tuple(round(part * 0.72) for part in BRAND)
    image = Image.new("RGB", SIZE, deep)
    image.paste(Image.new("RGB", SIZE, (255, 214, 190)), mask=mask.resize(SIZE, Image.Resampling.LANCZOS))
    return image


def _star(board: ImageDraw.ImageDraw, x: int, y: int, radius: int, fill: Any, line: int) -> None:
    """Two squares round one centre, as in the newspaper's icon."""
    half = round(radius * 0.707)
    board.rectangle((x - half, y - half, x + half, y + half), outline=fill, width=line)
    corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
    board.line([*corners, *corners[:2]], fill, line, joint="curve")
