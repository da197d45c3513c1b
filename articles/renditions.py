"""The sizes and crops that pictures are shown in: a closed list, each made once, when it is first asked for.

An address names picture, key and one entry of the list. The key follows from the picture's content and
focal point: it changes when they do, so an answer may be kept for ever, and what had the old key goes.
"""

import fcntl
import hashlib
import os
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import get_script_prefix
from PIL import Image

from articles.pictures import to_srgb

WIDTHS = (320, 480, 640, 960, 1280, 1600)
ORIGINAL, WIDE, SQUARE = "o", "w", "s"
SHAPES: dict[str, tuple[int, int] | None] = {ORIGINAL: None, WIDE: (16, 9), SQUARE: (1, 1)}
ENCODINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 74, "method": 4}),
}
CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp"}
EDITION = 1  # to be raised when the pictures should come out otherwise
FOLDER = "renditions"
AT_ONCE = 4  # so many are made at a time, on one machine
Box = tuple[int, int, int, int]


class Shown(Protocol):
    """What of a picture decides about its renditions."""

    pk: Any
    file: Any
    width: int
    height: int
    digest: str
    focus_x: int
    focus_y: int

    @property
    def address(self) -> str: ...


@dataclass(frozen=True)
class Use:
    """A place for pictures: the crop, a few widths of the closed list, and how wide it is on which screens."""

    crop: str
    widths: tuple[int, ...]
    sizes: str


# A rem of `sizes` is the browser's own, the page's is an eighth more (newsroom/css/base.css).
USES = {
    "lead": Use(WIDE, (480, 960, 1280), "(min-width:62rem) 41rem,100vw"),
    "card": Use(WIDE, (320, 640), "(min-width:62rem) 20rem,(min-width:40rem) 50vw,100vw"),
    "thumb": Use(WIDE, (320,), "9rem"),
    "face": Use(SQUARE, (320,), "8rem"),
    "article": Use(ORIGINAL, (480, 640, 960, 1600), "(min-width:50rem) 47.25rem,calc(100vw - 2.25rem)"),
}


@dataclass(frozen=True)
class Rendition:
    """One entry of the list, of one picture."""

    pk: int
    key: str
    crop: str
    width: int  # pixels
    extension: str

    @property
    def name(self) -> str:
        """Where the storage keeps it."""
        return f"{folder_of(self.pk)}/{self.key}/{self.crop}-{self.width}.{self.extension}"

    @property
    def address(self) -> str:
        return f"{get_script_prefix()}r/{self.pk}-{self.key}/{self.crop}-{self.width}.{self.extension}"


def key_of(picture: Shown) -> str:
    """Ten hexadecimal digits that change with the picture's content and focal point."""
    told = f"{EDITION}:{picture.digest}:{picture.focus_x}:{picture.focus_y}"
    return hashlib.sha256(told.encode()).hexdigest()[:10]


def folder_of(pk: int) -> str:
    return f"{FOLDER}/{pk // 1000}/{pk}"


def crop_box(width: int, height: int, crop: str, focus: tuple[int, int]) -> Box:
    """The largest part of that shape in a picture of `width` × `height`, round `focus` (percent) as far as it goes."""
    shape = SHAPES[crop]
    return focal_box(width, height, shape, focus) if shape else (0, 0, width, height)


def focal_box(width: int, height: int, shape: tuple[int, int], focus: tuple[int, int]) -> Box:
    """As `crop_box`, of any proportions."""
    wide = min(width, max(1, height * shape[0] // shape[1]))
    high = min(height, max(1, width * shape[1] // shape[0]))
    left = min(max(0, round(width * focus[0] / 100 - wide / 2)), width - wide)
    top = min(max(0, round(height * focus[1] / 100 - high / 2)), height - high)
    return left, top, left + wide, top + high


def widths_for(picture: Shown, crop: str, wanted: Iterable[int] = WIDTHS) -> list[int]:
    """Those of `wanted` that the picture fills: it is never made larger than it is."""
    left, _top, right, _bottom = crop_box(picture.width or 0, picture.height or 0, crop, (50, 50))
    return [width for width in wanted if width <= right - left]


def all_of(picture: Shown) -> Iterator[Rendition]:
    """Every rendition that the picture can have."""
    key = key_of(picture)
    for crop in SHAPES:
        for width in widths_for(picture, crop):
            for extension in ENCODINGS:
                yield Rendition(picture.pk, key, crop, width, extension)


def offered(picture: Shown) -> Iterator[Rendition]:
    """Those that pages offer."""
    pairs = {(use.crop, width) for use in USES.values() for width in use.widths}
    return (entry for entry in all_of(picture) if (entry.crop, entry.width) in pairs)


def smallest(picture: Shown, use: str) -> str:
    """The address of the smallest rendition for a place, for pages of the desk; of the stored file if it is smaller."""
    place = USES[use]
    for width in widths_for(picture, place.crop, place.widths):
        return Rendition(picture.pk, key_of(picture), place.crop, width, "webp").address
    return picture.address


def stored(wanted: Rendition) -> bytes | None:
    """The rendition where it has been made already."""
    return load(wanted.name)


def make(picture: Shown, wanted: Rendition) -> bytes | None:
    """The rendition, made and stored unless another did it meanwhile.

    None where it is none of the picture's, or the picture's own file is lost or damaged.
    """
    if wanted not in set(all_of(picture)):
        return None
    with turn(wanted.name):
        content = stored(wanted)
        if content is None:
            content = _encode(picture, wanted)
            if content is not None:
                store(wanted.name, content)
    return content


def load(name: str) -> bytes | None:
    """What is stored as `name`."""
    try:
        with default_storage.open(name) as file:
            return file.read()
    except OSError:
        return None


def forget(pk: int, keep: str = "") -> None:
    """Delete the renditions of the picture `pk`, but those with the key `keep`."""
    folder = folder_of(pk)
    for key in _listed(folder)[0]:
        if key != keep:
            for name in _listed(f"{folder}/{key}")[1]:
                default_storage.delete(f"{folder}/{key}/{name}")
            default_storage.delete(f"{folder}/{key}")


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except OSError:
        return [], []


def _encode(picture: Shown, wanted: Rendition) -> bytes | None:
    try:
        with picture.file.storage.open(picture.file.name) as file, Image.open(file) as image:
            cut = _cut(image, picture, wanted)
    except Exception:  # lost, or damaged in any of the ways that decoders know
        return None
    if cut is None:
        return None
    encoding, options = ENCODINGS[wanted.extension]
    made = BytesIO()
    cut.save(made, encoding, **options)
    return made.getvalue()


def _cut(image: Image.Image, picture: Shown, wanted: Rendition) -> Image.Image | None:
    """The part to be shown, at its size and in plain colours; None where the file is smaller than its row says."""
    focus = (picture.focus_x, picture.focus_y)
    left, _top, right, _bottom = crop_box(*image.size, wanted.crop, focus)
    if right - left < wanted.width:
        return None
    enough = image.width * wanted.width // (right - left) + 1
    image.draft(None, (enough, enough * image.height // image.width + 1))  # of a JPEG, no more than needed
    profile = image.info.get("icc_profile")
    box = crop_box(*image.size, wanted.crop, focus)
    height = max(1, round(wanted.width * (box[3] - box[1]) / (box[2] - box[0])))
    mode = "RGBA" if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info else "RGB"
    cut = image.convert(mode).resize((wanted.width, height), Image.Resampling.LANCZOS, box, reducing_gap=3.0)
    cut = to_srgb(cut, profile) if profile else cut
    cut.info = {}
    return cut


def store(name: str, content: bytes) -> None:
    """Store what was made so that nobody ever sees a part of it; a full disk only means that it is made again."""
    if not isinstance(default_storage, FileSystemStorage):  # files appear whole there
        kept = default_storage.save(name, ContentFile(content))
        if kept != name:  # another machine was faster
            default_storage.delete(kept)
        return
    path = Path(default_storage.path(name))
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o644)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def turn(name: str) -> Iterator[None]:
    """Wait until nobody else makes `name`: the kernel frees the lock when its holder dies."""
    folder = Path(settings.VAR_ROOT) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    number = zlib.crc32(name.encode()) % AT_ONCE
    with (folder / f"{number}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
