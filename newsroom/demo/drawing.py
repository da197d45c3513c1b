"""Plain illustrations for the demo's articles, drawn here so that nothing is fetched."""

import math
import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

SIZE = (1280, 720)
SCALE = 2  # drawn larger and reduced, for smooth edges
Colour = tuple[int, int, int]
Palette = tuple[Colour, Colour, Colour, Colour, Colour]  # sky above, sky below, far, middle, near
PALETTES: list[Palette] = [
    ((28, 62, 92), (240, 190, 140), (118, 128, 150), (72, 88, 112), (34, 46, 66)),
    ((92, 158, 190), (238, 232, 214), (150, 176, 170), (92, 134, 124), (40, 82, 76)),
    ((196, 92, 66), (250, 214, 158), (186, 116, 88), (136, 70, 60), (82, 38, 44)),
    ((66, 104, 150), (214, 226, 236), (132, 156, 186), (82, 110, 148), (40, 60, 96)),
    ((214, 150, 90), (252, 236, 206), (206, 164, 112), (166, 120, 74), (112, 76, 46)),
]
WARM = [PALETTES[2], PALETTES[4]]
NIGHT: Colour = (16, 22, 44)


class Canvas:
    """A picture under way: its size in drawn pixels, its colours, and its own run of chance."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (decoration, not a secret)
        self.width, self.height = SIZE[0] * SCALE, SIZE[1] * SCALE
        self.dress(self.chance.choice(PALETTES))

    def dress(self, palette: Palette) -> None:
        self.above, self.below, self.far, self.middle, self.near = palette
        self.fill_sky(self.above, self.below)

    def fill_sky(self, above: Colour, below: Colour) -> None:
        shade = Image.linear_gradient("L").resize((self.width, self.height))
        self.image = ImageOps.colorize(shade, above, below)
        self.pen = ImageDraw.Draw(self.image)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A circle; measures are shares of the width and height."""
        x, y, radius = x * self.width, y * self.height, radius * self.height
        self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)

    def hills(self, base: float, height: float, colour: Colour, waves: float) -> None:
        """A ridge across the picture, from `base` downwards."""
        phases = [self.chance.uniform(0, math.tau) for _ in range(3)]
        points = [(0.0, float(self.height))]
        for step in range(161):
            share = step / 160
            swing = sum(math.sin(share * waves * (2**n) + phase) / 2**n for n, phase in enumerate(phases))
            points.append((share * self.width, (base - height * swing / 2) * self.height))
        self.pen.polygon([*points, (self.width, self.height)], fill=colour)

    def finish(self) -> bytes:
        content = BytesIO()
        self.image.resize(SIZE, Image.Resampling.LANCZOS).save(content, "PNG", compress_level=1)
        return content.getvalue()


def draw(scene: str, seed: str) -> bytes:
    """A PNG of `scene`, one of SCENES; the same for the same `seed`. KeyError for another scene."""
    canvas = Canvas(seed)
    SCENES[scene](canvas)
    return canvas.finish()


def _sea(canvas: Canvas) -> None:
    canvas.disc(canvas.chance.uniform(0.25, 0.75), 0.42, 0.1, (255, 236, 196))
    for band in range(7):
        share = band / 6
        colour = tuple(int(a + (b - a) * share) for a, b in zip(canvas.middle, canvas.near, strict=True))
        canvas.hills(0.55 + band * 0.07, 0.012 + band * 0.006, colour, 9 - band)  # type: ignore[arg-type]
    for _ in range(3):
        x, y = canvas.chance.uniform(0.1, 0.9) * canvas.width, canvas.chance.uniform(0.58, 0.72) * canvas.height
        size = canvas.height * 0.05
        canvas.pen.polygon([(x, y - size * 1.6), (x, y), (x + size, y)], fill=(250, 248, 240))
        canvas.pen.polygon(
            [(x - size, y), (x + size * 1.2, y), (x + size * 0.8, y + size * 0.4), (x - size * 0.6, y + size * 0.4)],
            fill=canvas.near,
        )


def _mountains(canvas: Canvas) -> None:
    canvas.disc(canvas.chance.uniform(0.2, 0.8), 0.24, 0.08, (255, 244, 220))
    for base, height, colour in ((0.55, 0.32, canvas.far), (0.68, 0.26, canvas.middle), (0.84, 0.18, canvas.near)):
        canvas.hills(base, height, colour, canvas.chance.uniform(5, 9))


def _dunes(canvas: Canvas) -> None:
    canvas.dress(canvas.chance.choice(WARM))
    canvas.disc(canvas.chance.uniform(0.3, 0.7), 0.3, 0.09, (255, 240, 206))
    for step, colour in enumerate((canvas.far, canvas.middle, canvas.near)):
        canvas.hills(0.58 + step * 0.15, 0.2, colour, 3.2 - step * 0.6)


def _fields(canvas: Canvas) -> None:
    canvas.hills(0.5, 0.12, canvas.far, 5)
    horizon = 0.52 * canvas.height
    canvas.pen.rectangle((0, horizon, canvas.width, canvas.height), fill=(96, 128, 70))
    vanish = canvas.chance.uniform(0.3, 0.7) * canvas.width
    for row in range(-14, 15):
        foot = canvas.width / 2 + row * canvas.width * 0.11
        canvas.pen.polygon(
            [(vanish, horizon), (foot, canvas.height), (foot + canvas.width * 0.05, canvas.height)],
            fill=(58, 92, 50) if row % 2 else (140, 160, 82),
        )


def _skyline(canvas: Canvas) -> None:
    canvas.hills(0.66, 0.08, canvas.far, 4)
    x = 0.0
    while x < canvas.width:
        wide, high = canvas.chance.uniform(0.04, 0.09) * canvas.width, canvas.chance.uniform(0.14, 0.42) * canvas.height
        top = canvas.height * 0.86 - high
        canvas.pen.rectangle((x, top, x + wide, canvas.height), fill=canvas.middle)
        _windows(canvas, x, top, wide)
        x += wide * canvas.chance.uniform(0.9, 1.15)
    _tower(canvas, canvas.chance.uniform(0.3, 0.7) * canvas.width)
    canvas.pen.rectangle((0, canvas.height * 0.86, canvas.width, canvas.height), fill=canvas.near)


def _windows(canvas: Canvas, x: float, top: float, wide: float) -> None:
    pane = canvas.height * 0.012
    for column in range(1, int(wide / (pane * 3))):
        for row in range(1, 12):
            if canvas.chance.random() < 0.45:
                left, upper = x + column * pane * 3, top + row * pane * 3
                canvas.pen.rectangle((left, upper, left + pane, upper + pane * 1.4), fill=(250, 222, 150))


def _tower(canvas: Canvas, x: float) -> None:
    """A square tower with a lantern, as stands over many Moroccan towns."""
    half, top = canvas.width * 0.022, canvas.height * 0.26
    canvas.pen.rectangle((x - half, top, x + half, canvas.height), fill=canvas.near)
    canvas.pen.rectangle((x - half / 2.4, top - half * 1.5, x + half / 2.4, top), fill=canvas.near)
    canvas.pen.ellipse((x - half / 2.4, top - half * 2, x + half / 2.4, top - half), fill=canvas.near)
    canvas.pen.line((x, top - half * 2.8, x, top - half), fill=canvas.near, width=6)


def _night(canvas: Canvas) -> None:
    canvas.fill_sky(NIGHT, (62, 70, 112))
    _scatter_stars(canvas, 160)
    canvas.disc(0.74, 0.26, 0.11, (246, 240, 214))
    canvas.disc(0.71, 0.24, 0.1, (26, 33, 60))
    _skyline(canvas)


def _stars(canvas: Canvas) -> None:
    canvas.fill_sky(NIGHT, (36, 60, 96))
    _scatter_stars(canvas, 420)
    canvas.disc(0.3, 0.5, 0.2, canvas.middle)
    x, y, radius = canvas.width * 0.3, canvas.height * 0.5, canvas.height * 0.33
    canvas.pen.arc(
        (x - radius, y - radius * 0.28, x + radius, y + radius * 0.28), 0, 360, fill=(230, 214, 180), width=14
    )


def _scatter_stars(canvas: Canvas, count: int) -> None:
    for _ in range(count):
        canvas.disc(
            canvas.chance.random(), canvas.chance.random(), canvas.chance.uniform(0.0008, 0.003), (250, 246, 230)
        )


def _zellige(canvas: Canvas) -> None:
    """Eight-pointed stars of two squares each, tile by tile, with crosses between them."""
    canvas.pen.rectangle((0, 0, canvas.width, canvas.height), fill=(244, 236, 220))
    step = canvas.height / 5
    for row in range(7):
        for column in range(11):
            centre = (column * step, row * step)
            _octagram(canvas, centre, step * 0.5, canvas.middle if (row + column) % 2 else canvas.above)
            _octagram(canvas, centre, step * 0.24, canvas.below)


def _octagram(canvas: Canvas, centre: tuple[float, float], radius: float, colour: Colour) -> None:
    for turn in (0.0, math.pi / 4):
        corners = [
            (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
            for angle in (turn + quarter * math.pi / 2 for quarter in range(4))
        ]
        canvas.pen.polygon(corners, fill=colour)


def _road(canvas: Canvas) -> None:
    _mountains(canvas)
    horizon, vanish = canvas.height * 0.6, canvas.width * canvas.chance.uniform(0.42, 0.58)
    canvas.pen.polygon(
        [(vanish, horizon), (canvas.width * 0.16, canvas.height), (canvas.width * 0.84, canvas.height)],
        fill=(58, 60, 66),
    )
    for dash in range(6):
        near, far = (dash + 0.55) / 6, dash / 6
        y_far, y_near = (horizon + (canvas.height - horizon) * share**1.6 for share in (far, near))
        half = canvas.width * 0.012 * near
        canvas.pen.polygon([(vanish, y_far), (vanish - half, y_near), (vanish + half, y_near)], fill=(248, 240, 210))


def _stadium(canvas: Canvas) -> None:
    width, height = canvas.width, canvas.height
    canvas.pen.ellipse((-width * 0.1, height * 0.3, width * 1.1, height * 1.3), fill=canvas.near)
    canvas.pen.ellipse((-width * 0.02, height * 0.4, width * 1.02, height * 1.3), fill=canvas.middle)
    canvas.pen.polygon(
        [(width * 0.24, height * 0.55), (width * 0.76, height * 0.55), (width, height), (0, height)], fill=(70, 128, 66)
    )
    canvas.pen.line([(width * 0.12, height * 0.775), (width * 0.88, height * 0.775)], fill=(246, 246, 238), width=10)
    canvas.pen.ellipse((width * 0.42, height * 0.7, width * 0.58, height * 0.85), outline=(246, 246, 238), width=10)
    for x in (0.12, 0.88):
        canvas.pen.line([(width * x, height * 0.12), (width * x, height * 0.5)], fill=canvas.near, width=16)
        canvas.pen.rectangle(
            (width * (x - 0.03), height * 0.08, width * (x + 0.03), height * 0.15), fill=(250, 246, 220)
        )


def _portrait(canvas: Canvas) -> None:
    """Head and shoulders, without a face: of nobody in particular."""
    skin = canvas.chance.choice([(222, 178, 140), (196, 146, 108), (150, 104, 76)])
    canvas.disc(0.5, 1.12, 0.42, canvas.near)
    canvas.pen.rectangle(
        (canvas.width * 0.465, canvas.height * 0.55, canvas.width * 0.535, canvas.height * 0.76), fill=skin
    )
    canvas.disc(0.5, 0.38, 0.25, canvas.middle)
    canvas.disc(0.5, 0.44, 0.2, skin)


SCENES: dict[str, Callable[[Canvas], None]] = {
    "sea": _sea,
    "mountains": _mountains,
    "dunes": _dunes,
    "fields": _fields,
    "skyline": _skyline,
    "night": _night,
    "stars": _stars,
    "zellige": _zellige,
    "road": _road,
    "stadium": _stadium,
    "portrait": _portrait,
}
