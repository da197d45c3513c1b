"""What a picture file is made of, counted before a decoder reads its parts one by one.

Pillow walks through the chunks of a PNG, the segments of a JPEG and the blocks of a GIF in Python, and
libjpeg passes over the whole picture once for each scan. Millions of empty ones fit into a small file.
"""

import re
import struct

MOST_CHUNKS = 20_000  # libpng writes one for each 8 kB of a picture
MOST_SEGMENTS = 2_000  # before the picture itself; cameras write some hundred
MOST_SCANS = 100  # a progressive JPEG has about ten
MOST_BLOCKS = 120_000  # of 255 bytes each
# Within a scan 0xFF is followed by a zero or by a restart mark; anything else begins the next segment.
NEXT_SEGMENT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
START_OF_SCAN, END = 0xDA, 0xD9
EXTENSION, DESCRIPTOR, TRAILER = 0x21, 0x2C, 0x3B


class TooManyParts(ValueError):
    """The file would keep its decoder busy without showing more for it."""


def check_parts(content: bytes) -> None:
    """Raise TooManyParts for a PNG, JPEG or GIF of absurdly many parts; other files pass."""
    if content.startswith(b"\x89PNG"):
        _check_chunks(content)
    elif content.startswith(b"\xff\xd8"):
        _check_segments(content)
    elif content.startswith(b"GIF8"):
        _check_blocks(content)


def _check_chunks(content: bytes) -> None:
    position = 8
    for _chunk in range(MOST_CHUNKS):
        if position + 8 > len(content):
            return
        position += 12 + int.from_bytes(content[position : position + 4], "big")
    raise TooManyParts("chunks")


def _check_segments(content: bytes) -> None:
    position, scans = 2, 0
    for _segment in range(MOST_SEGMENTS):
        found = NEXT_SEGMENT.search(content, position)
        if found is None or content[found.end() - 1] == END:
            return
        if found.start() - position > MOST_SEGMENTS and not scans:
            break  # filling, which is read byte by byte
        position = found.end()
        if content[position - 1] == START_OF_SCAN:
            scans += 1
            if scans > MOST_SCANS:
                break
        if position + 2 > len(content):
            return
        position += max(2, struct.unpack_from(">H", content, position)[0])
    raise TooManyParts("segments")


def _check_blocks(content: bytes) -> None:
    """Of a GIF, what stands before its first picture."""
    if len(content) < 13:
        return
    position = 13 + (3 << (content[10] & 7) + 1 if content[10] & 0x80 else 0)
    inside = False
    for _block in range(MOST_BLOCKS):
        if position >= len(content):
            return
        mark = content[position]
        if inside:
            position, inside = position + 1 + mark, mark > 0
        elif mark in (DESCRIPTOR, TRAILER):
            return
        elif mark == EXTENSION:
            position, inside = position + 2, True
        else:
            position += 1
    raise TooManyParts("blocks")
