"""Uploaded pictures: decoded, turned upright, stripped of what they tell, and encoded anew."""

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000
MAX_BYTES = 25 * 1024 * 1024
FORMATS = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]
LONGEST_SIDE = 3200  # pixels; wider than any screen asks for


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

    EXIF orientation is applied, then everything but the colour profile is left behind.
    Raises ValidationError for what is no picture, is damaged, or has more than MAX_PIXELS.
    """
    image = _decode(upload)
    has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA", "P", "PA") else None
    if image.mode.startswith("I"):  # 16 bits of gray, which conversion would clip and not scale
        image = image.convert("I").point(lambda tone: tone / 256, "L")
    image = image.convert("RGBA" if has_alpha else "RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    image.info = {}  # encoders would write comments and XMP from it
    encoding, extension = ("WEBP", "webp") if has_alpha else ("JPEG", "jpg")
    stored = BytesIO()
    image.save(stored, encoding, quality=88, icc_profile=profile)
    content = stored.getvalue()
    return CleanPicture(content, extension, *image.size, hashlib.sha256(content).hexdigest())


def _decode(upload: IO[bytes]) -> Image.Image:
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ValidationError(_("This file is larger than 25 MB. Choose a smaller picture."), code="heavy")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(BytesIO(content), formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            image.load()
            return ImageOps.exif_transpose(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            _("This picture has more than 40 megapixels. Make it smaller first."), code="large"
        ) from error
    except Exception as error:  # Pillow's decoders raise whatever a hostile file provokes.
        raise ValidationError(
            _("This file is not a picture that can be read. Use JPEG, PNG, WebP, AVIF or GIF."), code="unreadable"
        ) from error
