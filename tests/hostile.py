"""Hostile picture files, made here: each is small to send and dear to read, or something else in disguise."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

from tests.factories import picture_bytes

SCRIPT = b"<script>alert(1)</script>"
PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*chunks: bytes, width: int = 8, height: int = 8, depth: int = 8, colours: int = 0) -> bytes:
    """A gray PNG of one small line, with `chunks` before it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
    return PNG_HEAD + header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(b"\0" * 72)) + chunk(b"IEND")


def in_jpeg(*segments: bytes) -> bytes:
    """A JPEG with `segments` at its start."""
    content = picture_bytes("JPEG", (8, 8))
    return content[:2] + b"".join(segments) + content[2:]


def segment(mark: int, content: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", len(content) + 2) + content


def in_gif(blocks: bytes) -> bytes:
    """A GIF with `blocks` before its picture."""
    content = picture_bytes("GIF", (8, 8), mode="L")
    start = content.index(b"\x2c\0\0\0\0")
    return content[:start] + blocks + content[start:]


def many_scans(count: int = 20_000) -> bytes:
    """A progressive JPEG of 39 megapixels whose last scan is sent again and again."""
    content = io.BytesIO()
    Image.new("L", (7_000, 5_600)).save(content, "JPEG", progressive=True)
    whole = content.getvalue()
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * count + whole[-2:]


def animation(encoding: str, frames: int, **options: Any) -> bytes:
    """`frames` pictures in a file, the first of them red."""
    colours = ["red", *(["blue", "green"] * frames)][:frames]
    first, *rest = [Image.new("RGB", (40, 30), colour) for colour in colours]
    content = io.BytesIO()
    first.save(content, encoding, save_all=True, append_images=rest, duration=20, **options)
    return content.getvalue()


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP of these chunks."""
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2) for name, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def huge_webp() -> bytes:
    """A WebP whose canvas is said to be 16,777,216 pixels square."""
    return riff((b"VP8X", b"\x10\0\0\0" + b"\xff\xff\xff" * 2), (b"VP8L", b"\x2f" + b"\xff" * 40))


def huge_avif() -> bytes:
    """An AVIF whose size, told in its properties, is made enormous."""
    content = picture_bytes("AVIF", (64, 48))
    place = content.index(b"ispe") + 8
    return content[:place] + struct.pack(">II", 60_000, 60_000) + content[place + 8 :]


def exif_of(entries: int) -> bytes:
    """EXIF whose directory says that it has `entries` entries, and is followed by a TIFF of claims."""
    claims = struct.pack("<HHII", 0x0112, 3, 0xFFFFFFFF, 8) * 40
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", entries) + claims
