"""QR codes on paper: black on white whatever the look, with the quiet zone that scanners need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import segno
from reportlab.lib.colors import black, white
from reportlab.lib.units import mm
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.platypus import Flowable

from facturar.documents.blocks import QrCode
from facturar.documents.typography import GREY, Typography

SIDE = 30 * mm
"""A code with its quiet zone; at 45 modules, as a transfer's has, one of them is 0.57 mm."""
_GAP, _LABEL = 8.0, 11.0
_QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""
_MASK = 3
"""Readers take any of the eight masks. To look for the best takes a quarter of the time of a whole invoice, and of 150
transfers and links, the penalty of this one (ISO/IEC 18004, 7.8.3) was 4% above the best on average, 20% at most."""
_WIDEST_VERSION = 13  # EPC069-12: the largest that a transfer's code may be


def modules(text: str) -> list[bytearray]:
    """The dark (1) and light (0) modules of a text's code, row by row, in UTF-8, at error level M (EPC069-12)."""
    largest = _WIDEST_VERSION if text.startswith("BCD\n") else None
    code = segno.make_qr(text, error="m", encoding="utf-8", boost_error=False, eci=False, mask=_MASK)
    if largest and int(code.version) > largest:
        raise ValueError("a transfer's code is of version 13 at most")
    return [bytearray(row) for row in code.matrix]


def _runs(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where the dark stretches of a row begin, and how long they are."""
    start = None
    for column, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column - start
            start = None


class PrintedCodes(Flowable):
    """QR codes side by side, each with its label below."""

    def __init__(self, codes: Sequence[QrCode], look: Typography) -> None:
        super().__init__()
        self._codes, self._look = codes, look
        self.width = len(codes) * SIDE + (len(codes) - 1) * _GAP
        self.height = SIDE + _LABEL
        self.spaceAfter = 10

    def wrap(self, *_: float) -> tuple[float, float]:
        """The room that the codes take, in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Each code as one path, so that it stays small in the file."""
        for number, code in enumerate(self._codes):
            left = number * (SIDE + _GAP)
            self._draw_code(code.text, left)
            self.canv.setFillColor(GREY)
            self.canv.setFont(self._look.face.regular, self._look.design.tiny)
            self.canv.drawCentredString(left + SIDE / 2, 2, self._look.cut(code.label, SIDE))

    def _draw_code(self, text: str, left: float) -> None:
        """The code in units of a module: whole numbers, which are short in the file and quick to write."""
        rows = modules(text)
        side = len(rows) + 2 * _QUIET
        self.canv.saveState()
        self.canv.translate(left, _LABEL)
        self.canv.scale(SIDE / side, SIDE / side)
        self.canv.setFillColor(white)
        self.canv.rect(0, 0, side, side, stroke=0, fill=1)
        self.canv.setFillColor(black)
        dark = [
            f"{_QUIET + start} {side - top} {length} 1 re"
            for top, row in enumerate(rows, start=_QUIET + 1)
            for start, length in _runs(row)
        ]
        self.canv.drawPath(PDFPathObject(dark), stroke=0, fill=1)
        self.canv.restoreState()
