"""Where each text of a PDF stands, in points from the lower left: boxes to compare, page by page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream
from reportlab.pdfbase.pdfmetrics import stringWidth

from facturar.documents.fonts import Face

_TOLERANCE = 0.6
_ASCENT, _DESCENT = 0.66, 0.18
"""The height of capitals and the depth of a `p`, as shares of the type's size: what ink really takes."""


@dataclass(frozen=True)
class Box:
    """A text and the room that its ink takes."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Whether the ink of two texts meets."""
        return (
            min(self.right, other.right) - max(self.left, other.left) > _TOLERANCE
            and min(self.top, other.top) - max(self.bottom, other.bottom) > _TOLERANCE
        )


def boxes(data: bytes, face: Face) -> list[list[Box]]:
    """The boxes of each page."""
    return [list(_on_page(page, face)) for page in PdfReader(io.BytesIO(data)).pages]


def overlapping(page: list[Box]) -> list[tuple[str, str]]:
    """Pairs of texts that are printed over one another."""
    return [(one.text, other.text) for one, other in combinations(page, 2) if one.overlaps(other)]


def _on_page(page: PageObject, face: Face) -> Iterator[Box]:
    stream = ContentStream(page.get_contents(), page.pdf)
    yield from _Walk(page["/Resources"], face).boxes(stream)


class _Walk:
    """Follows a content stream: transforms, fonts, and each piece of text that is shown."""

    def __init__(self, resources: Any, face: Face) -> None:
        self._fonts = {name: font.get_object() for name, font in resources["/Font"].get_object().items()}
        self._names = {name: _cut(str(font["/BaseFont"]), face) for name, font in self._fonts.items()}
        self._maps = {name: _decoding(font) for name, font in self._fonts.items()}

    def boxes(self, stream: ContentStream) -> Iterator[Box]:
        x = y = 0.0
        stack: list[tuple[float, float]] = []
        line, along = (0.0, 0.0), 0.0
        font, size, leading, spacing = "", 0.0, 0.0, 0.0
        for operands, operator in stream.operations:
            match operator:
                case b"q":
                    stack.append((x, y))
                case b"Q":
                    x, y = stack.pop()
                case b"cm":
                    if [float(part) for part in operands[:4]] == [1, 0, 0, 1]:
                        x, y = x + float(operands[4]), y + float(operands[5])
                case b"Tm":
                    line, along = (float(operands[4]), float(operands[5])), 0.0
                case b"Td":
                    line, along = (line[0] + float(operands[0]), line[1] + float(operands[1])), 0.0
                case b"TL":
                    leading = float(operands[0])
                case b"Tw":
                    spacing = float(operands[0])
                case b"T*":
                    line, along = (line[0], line[1] - leading), 0.0
                case b"Tf":
                    font, size = operands[0], float(operands[1])
                case b"Tj":
                    text = "".join(self._maps[font][code] for code in operands[0].original_bytes)
                    width = stringWidth(text, self._names[font], size) + spacing * text.count(" ")
                    if text.strip():
                        left, base = x + line[0] + along, y + line[1]
                        yield Box(text, left, base - _DESCENT * size, left + width, base + _ASCENT * size)
                    along += width


def _cut(base: str, face: Face) -> str:
    """The cut of a face by the name that it has in the file."""
    bold, italic = "bold" in base.lower(), base.endswith("It")
    return {(False, False): face.regular, (True, False): face.bold, (False, True): face.italic}.get(
        (bold, italic), face.bold_italic
    )


def _decoding(font: Any) -> dict[int, str]:
    """The character of each code of a font, from its ToUnicode map."""
    lines = font["/ToUnicode"].get_object().get_data().decode("latin-1").splitlines()
    found = (re.fullmatch(r"<([0-9A-F]{2})> <([0-9A-F]{4,8})>", line) for line in lines)
    return {int(pair[1], 16): bytes.fromhex(pair[2]).decode("utf-16-be") for pair in found if pair}
