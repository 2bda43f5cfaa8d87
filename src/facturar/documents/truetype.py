"""What a TrueType file says of itself: which characters it has, and whether it may be embedded.

Reads bytes and draws nothing, so that `check` can ask without loading what prints (OpenType 1.9, `cmap` and `OS/2`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
_OTHER_KINDS = {
    b"OTTO": "it is an OpenType font with PostScript outlines",
    b"ttcf": "it is a collection of several fonts",
    b"wOFF": "it is a font for web pages (WOFF)",
    b"wOF2": "it is a font for web pages (WOFF2)",
}
_NEEDED = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp")
_UNICODE = {(3, 10): 0, (0, 6): 1, (0, 4): 2, (3, 1): 3, (0, 3): 4, (0, 2): 5, (0, 1): 6, (0, 0): 7}
"""Platform and encoding of the tables that map Unicode, the richest first."""


class TrueTypeError(ValueError):
    """The bytes are no TrueType font that can be embedded; the message says why."""


@dataclass(frozen=True)
class TrueType:
    """A font that may be embedded as a subset, and the code points that it has a glyph for."""

    characters: frozenset[int]


def read_truetype(data: bytes) -> TrueType:
    """What a font file says of itself. Raises TrueTypeError."""
    if data[:4] not in _TRUETYPE:
        raise TrueTypeError(_OTHER_KINDS.get(data[:4], "it is not a TrueType font"))
    try:
        tables = _tables(data)
        if missing := [name for name in _NEEDED if name not in tables]:
            raise TrueTypeError(f"it has no table '{missing[0]}'")
        if "OS/2" in tables and not _may_be_embedded(tables["OS/2"]):
            raise TrueTypeError("its licence does not permit embedding a part of it")
        return TrueType(frozenset(_characters(tables["cmap"])))
    except struct.error as error:
        raise TrueTypeError("it is cut short or damaged") from error


def _tables(data: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", data, 4)
    entries = (struct.unpack_from(">4s4xII", data, 12 + 16 * index) for index in range(count))
    return {tag.decode("latin-1"): data[offset : offset + length] for tag, offset, length in entries}


def _may_be_embedded(os2: bytes) -> bool:
    """Neither restricted (bit 1 alone), nor without subsets (bit 8), nor as bitmaps only (bit 9) of `fsType`."""
    (kind,) = struct.unpack_from(">H", os2, 8)
    return kind & 0xF != 0x2 and not kind & 0x300


def _characters(cmap: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", cmap, 2)
    tables = [struct.unpack_from(">HHI", cmap, 4 + 8 * index) for index in range(count)]
    known = [
        (_UNICODE[platform, encoding], offset)
        for platform, encoding, offset in tables
        if (platform, encoding) in _UNICODE
    ]
    if not known:
        raise TrueTypeError("it is a symbol font, without the characters of Unicode")
    table = cmap[min(known)[1] :]
    (form,) = struct.unpack_from(">H", table)
    if form == 4:
        yield from _segments(table)
    elif form == 12:
        yield from _groups(table)
    else:
        raise TrueTypeError(f"its characters are listed in the format {form}, which is not read")


def _segments(table: bytes) -> Iterator[int]:
    """Format 4: segments of code points up to U+FFFF, with a glyph each."""
    (double,) = struct.unpack_from(">H", table, 6)
    shape, count = f">{double // 2}H", double // 2
    ends = struct.unpack_from(shape, table, 14)
    starts = struct.unpack_from(shape, table, 16 + double)
    deltas = struct.unpack_from(shape, table, 16 + 2 * double)
    offsets = struct.unpack_from(shape, table, 16 + 3 * double)
    for index in range(count):
        for code in range(starts[index], min(ends[index], 0xFFFE) + 1):
            if _glyph(table, code, starts[index], deltas[index], offsets[index], 16 + 3 * double + 2 * index):
                yield code


def _glyph(table: bytes, code: int, start: int, delta: int, offset: int, place: int) -> int:
    if not offset:
        return (code + delta) & 0xFFFF
    (glyph,) = struct.unpack_from(">H", table, place + offset + 2 * (code - start))
    return (glyph + delta) & 0xFFFF if glyph else 0


def _groups(table: bytes) -> Iterator[int]:
    """Format 12: runs of code points of all planes."""
    (count,) = struct.unpack_from(">I", table, 12)
    for index in range(count):
        first, last, _ = struct.unpack_from(">III", table, 16 + 12 * index)
        yield from range(first, min(last, 0x10FFFF) + 1)
