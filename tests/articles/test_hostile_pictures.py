"""Hostile files: a clear refusal within a second, or a picture that holds nothing of what came with it."""

import io
import random
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms

from articles.parts import TooManyParts, check_parts
from articles.pictures import MAX_PROFILE, CleanPicture, clean_picture
from tests import hostile
from tests.factories import picture_bytes

MILLION = 1_000_000
OF_GRAY = ("LA", "I;16")
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
BOMBS: dict[str, Callable[[], bytes]] = {
    "png of private chunks": lambda: hostile.png(hostile.chunk(b"prVt") * 2 * MILLION),
    "png of texts": lambda: hostile.png(hostile.chunk(b"tEXt", b"a\0b") * MILLION),
    "png of empty parts": lambda: hostile.png(hostile.chunk(b"IDAT") * 2 * MILLION),
    "png with a profile of 200 MB": lambda: hostile.png(
        hostile.chunk(b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 200 * MILLION, 9)), width=60_000, height=60_000
    ),
    "png of one line of 40 million": lambda: hostile.png(width=40 * MILLION, height=1),
    "png of one column of 40 million": lambda: hostile.png(width=1, height=40 * MILLION),
    "png of nothing": lambda: hostile.png(width=0, height=0),
    "jpeg of comments": lambda: hostile.in_jpeg(b"\xff\xfe\0\2" * 6 * MILLION),
    "jpeg of filling": lambda: hostile.in_jpeg(b"\xff" * 20 * MILLION),
    "jpeg of junk": lambda: hostile.in_jpeg(b"\0" * 20 * MILLION),
    "gif of extensions": lambda: hostile.in_gif(b"\x21\xfe\1x\0" * 4 * MILLION),
    "gif of junk": lambda: hostile.in_gif(b"\1" * 20 * MILLION),
    "webp of an enormous canvas": hostile.huge_webp,
    "avif of an enormous size": hostile.huge_avif,
}


def cleaned(content: bytes) -> CleanPicture:
    return clean_picture(io.BytesIO(content))


def stored(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(cleaned(content).content))
    image.load()
    return image


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_within_a_second(name: str) -> None:
    content = BOMBS[name]()
    started = time.process_time()

    with pytest.raises(ValidationError) as refusal:
        cleaned(content)

    assert time.process_time() - started < 1
    assert refusal.value.code in ("unreadable", "large", "long")


def test_a_jpeg_of_thousands_of_scans_is_refused_before_it_is_decoded() -> None:
    content = hostile.many_scans()
    started = time.process_time()

    with pytest.raises(TooManyParts):
        check_parts(content)

    assert time.process_time() - started < 0.2
    with pytest.raises(ValidationError):
        cleaned(content)


@pytest.mark.parametrize("options", [{"progressive": True}, {"progressive": True, "quality": 100}, {}])
def test_a_real_jpeg_of_many_parts_passes(options: dict[str, Any]) -> None:
    content = io.BytesIO()
    Image.effect_noise((1500, 1000), 90).convert("RGB").save(content, "JPEG", restart_marker_blocks=1, **options)
    tail = bytes(range(256)) * 8_000  # as phones put a film behind a picture

    assert cleaned(content.getvalue() + tail).width == 1500


@pytest.mark.parametrize("encoding", ["GIF", "WEBP", "AVIF", "PNG"])
def test_of_an_animation_the_first_picture_stays(encoding: str) -> None:
    frames = 12 if encoding == "AVIF" else 300
    content = hostile.animation(encoding, frames)
    started = time.process_time()

    image = stored(content).convert("RGB")

    red, green, blue = image.getpixel((20, 15))
    assert time.process_time() - started < 1
    assert (image.size, red > 200, green < 60, blue < 60) == ((40, 30), True, True, True)
    assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize(
    "content",
    [
        hostile.in_jpeg(hostile.segment(0xFE, hostile.SCRIPT)),
        hostile.in_jpeg(hostile.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + hostile.SCRIPT)),
        hostile.in_jpeg(hostile.segment(0xED, b"Photoshop 3.0\0" + hostile.SCRIPT)),
        hostile.png(hostile.chunk(b"tEXt", b"a\0" + hostile.SCRIPT)),
        hostile.in_gif(b"\x21\xfe" + bytes([len(hostile.SCRIPT)]) + hostile.SCRIPT + b"\0"),
        picture_bytes("GIF") + b"PK\3\4" + hostile.SCRIPT + b"PK\5\6" + b"\0" * 18,
    ],
    ids=["jpeg-comment", "xmp", "iptc", "png-text", "gif-comment", "gifar"],
)
def test_nothing_of_a_polyglot_is_stored(content: bytes) -> None:
    assert hostile.SCRIPT in content

    kept = cleaned(content).content

    assert hostile.SCRIPT not in kept
    assert b"PK" not in kept


@pytest.mark.parametrize("entries", [0, 3, 65_535])
def test_damaged_notes_of_a_camera_are_no_reason_to_refuse(entries: int) -> None:
    content = hostile.in_jpeg(hostile.segment(0xE1, hostile.exif_of(entries)))

    image = stored(content)

    assert image.size == (8, 8)
    assert dict(image.getexif()) == {}


@pytest.mark.parametrize(
    ("size", "kept"), [((1, 1), (1, 1)), ((1, 65_500), (1, 3200)), ((65_500, 1), (3200, 1)), ((3, 20_000), (1, 3200))]
)
def test_extreme_shapes_become_pictures(size: tuple[int, int], kept: tuple[int, int]) -> None:
    picture = cleaned(picture_bytes("PNG", size, mode="L"))

    assert (picture.width, picture.height) == kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_mode_becomes_a_picture(mode: str) -> None:
    white = Image.new("RGBA", (9, 9), "white")
    image = white.quantize(8) if mode == "PA" else white.convert("L").convert(mode) if mode in OF_GRAY else None
    content = io.BytesIO()
    (image or white.convert("RGB").convert(mode)).save(content, "JPEG" if mode == "CMYK" else "PNG")

    assert stored(content.getvalue()).size == (9, 9)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_one_transparent_colour_makes_a_transparent_picture(mode: str) -> None:
    content = io.BytesIO()
    Image.new("RGB", (9, 9), "black").convert(mode).save(content, "PNG", transparency=0)

    image = stored(content.getvalue())

    assert image.mode == "RGBA"


def test_a_keyed_gray_of_16_bits_is_a_picture() -> None:
    content = hostile.png(hostile.chunk(b"tRNS", b"\x12\x34"), width=4, height=4, depth=16)

    assert stored(content).mode == "RGB"


def test_a_profile_for_print_is_applied_and_left_behind() -> None:
    content = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(content, "JPEG", icc_profile=b"\0" * 36 + b"acsp" + b"\0" * 100)

    image = stored(content.getvalue())

    assert image.mode == "RGB"
    assert "icc_profile" not in image.info
    assert image.getpixel((4, 4))[0] > 150


def test_a_profile_of_absurd_size_does_not_ride_along() -> None:
    padded = SRGB + b"\0" * MAX_PROFILE
    content = picture_bytes("JPEG", icc_profile=padded)

    picture = cleaned(content)

    assert len(picture.content) < 5_000
    red, green, blue = Image.open(io.BytesIO(picture.content)).convert("RGB").getpixel((3, 3))
    assert (abs(red - 200) < 6, abs(green - 60) < 6, abs(blue - 40) < 6) == (True, True, True)


@pytest.mark.parametrize("encoding", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_bytes_changed_at_random_are_refused_or_read(encoding: str) -> None:
    chance = random.Random(encoding)  # noqa: S311 (the same damage on every machine)
    content = io.BytesIO()
    Image.effect_noise((60, 40), 80).convert("RGB").save(content, encoding)
    outcomes = set()

    for _ in range(60):
        damaged = bytearray(content.getvalue())
        for _ in range(chance.randint(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            outcomes.add(cleaned(bytes(damaged)).extension)
        except ValidationError as refusal:
            outcomes.add(refusal.code or "")

    assert outcomes <= {"jpg", "webp", "unreadable", "large", "long"}
    assert outcomes


@pytest.mark.parametrize("encoding", ["PNG", "WEBP"])
def test_the_same_picture_gives_the_same_bytes(encoding: str) -> None:
    content = picture_bytes(encoding, (500, 300), mode="RGBA")

    assert cleaned(content) == cleaned(content)
