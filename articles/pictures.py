"""Uploaded pictures: decoded, turned upright, stripped of what they tell, and encoded anew."""

import hashlib
import threading
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms

from articles.parts import check_parts

MAX_PIXELS = 40_000_000
MAX_SIDE = 65_535  # pixels
MAX_BYTES = 25 * 1024 * 1024
MAX_PROFILE = 256 * 1024  # bytes; the profiles of cameras and screens have some kilobytes
FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]
LONGEST_SIDE = 3200  # pixels; wider than any screen asks for
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A picture of 40 megapixels takes some hundred megabytes while it is open.
_at_work = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class CleanPicture:
    """What is stored of an upload."""

    content: bytes
    extension: str
    width: int
    height: int
    digest: str


def clean_picture(upload: IO[bytes]) -> CleanPicture:
    """Re-encode `upload`, judged by its content alone; its name and type are not asked.

    EXIF orientation is applied, then everything but the colour profile is left behind. Of an
    animation the first picture stays. The same bytes give the same digest under the same Pillow.
    Raises ValidationError for what is no picture, is damaged, or has more than MAX_PIXELS.
    """
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValidationError(_("This file is larger than 25 MB. Choose a smaller picture."), code="heavy")
    try:
        with _at_work, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _encode(_decode(content))
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except Exception as error:  # Pillow's decoders raise whatever a hostile file provokes.
        raise ValidationError(
            _("This file is not a picture that can be read. Use JPEG, PNG, WebP, AVIF or GIF."), code="unreadable"
        ) from error


def to_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """`image` in the colours that screens expect, as `profile` tells them; as it was where that cannot be told."""
    try:
        told = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(
            image, told, ImageCms.createProfile("sRGB"), outputMode="RGBA" if image.mode == "RGBA" else "RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return converted or image


def _too_large() -> ValidationError:
    return ValidationError(_("This picture has more than 40 megapixels. Make it smaller first."), code="large")


def _decode(content: bytes) -> Image.Image:
    """The picture that `content` holds, upright and no larger than it will be stored."""
    check_parts(content)
    image: Image.Image = Image.open(BytesIO(content), formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise _too_large()
    if max(image.size) > MAX_SIDE:
        raise ValidationError(_("No side of a picture may have more than 65,535 pixels."), code="long")
    orientation = _orientation(image)
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded at a fraction of its size
    image.load()
    factor = max(image.size) // (2 * LONGEST_SIDE)
    if factor > 1 and image.mode in ("L", "RGB", "RGBA", "CMYK"):
        image, info = image.reduce((min(factor, image.width), min(factor, image.height))), image.info
        image.info = info
    turn = TURNS.get(orientation)
    return image.transpose(turn) if turn is not None else image


def _orientation(image: Image.Image) -> int:
    """How the camera was held; upright where what it wrote cannot be read."""
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # as above; a damaged note is no reason to refuse a sound picture
        return 1


def _encode(image: Image.Image) -> CleanPicture:
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    profile, space = _profile(image)
    if image.mode.startswith("I"):  # 16 bits of gray, which conversion would clip and not scale
        has_alpha = False
        image = image.convert("I").point(lambda tone: tone / 256, "L")
    if image.mode != "CMYK":
        image = image.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if profile and (space != b"RGB " or len(profile) > MAX_PROFILE):
        # One of other channels would describe what is stored wrongly; a huge one would ride on every copy.
        image, profile = to_srgb(image, profile), None
    image = image.convert("RGBA" if has_alpha else "RGB")
    image.info = {}  # encoders would write comments and XMP from it
    encoding, extension = ("WEBP", "webp") if has_alpha else ("JPEG", "jpg")
    stored = BytesIO()
    image.save(stored, encoding, quality=88, icc_profile=profile)
    content = stored.getvalue()
    return CleanPicture(content, extension, *image.size, hashlib.sha256(content).hexdigest())


def _profile(image: Image.Image) -> tuple[bytes | None, bytes]:
    """The colour profile and the space that it is for; none where it does not fit the picture's channels."""
    profile = image.info.get("icc_profile")
    if not profile or len(profile) < 132 or profile[36:40] != b"acsp":
        return None, b""
    space = profile[16:20]
    fits = {b"RGB ": ("RGB", "RGBA", "P", "PA"), b"CMYK": ("CMYK",)}.get(space, ())
    return (profile, space) if image.mode in fits else (None, b"")
