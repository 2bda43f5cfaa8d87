"""Attached files on paper: each of their pages on one of ours, never enlarged, under the file's heading.

Pages of PDFs are only given their place here; `attached_pages` draws them once the document is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, PageBreak

from facturar.documents.attachments import Scan, kind_of, scan_of
from facturar.documents.typography import HAIRLINE

if TYPE_CHECKING:
    from facturar.documents.attached_pages import Placed

_POINTS_OF_A_PIXEL = 0.48
"""A picture at 150 dots an inch, unless the page is too small for it."""
_HEADED = 0.9
"""How much of the page's height is left below the heading of a file, at least."""
_ON_ITS_SIDE = (5, 6, 7, 8)
_TURNS = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""What a picture's unit square is turned by, for each orientation that a camera notes (EXIF 2.32, tag 274)."""


Put = Callable[[Any, float, float, float], None]
"""Puts something on a canvas: so far from the left of the column, so wide and so high, in points."""


def attached_flow(name: str, data: bytes, room: float, placed: list[Placed]) -> Iterator[Flowable]:
    """The pages of an attached file on pages `room` points high; pages of a PDF are entered into `placed` as drawn."""
    if kind_of(data) == "picture":
        scan = scan_of(name, data)
        yield _Framed(_upright(scan), room * _HEADED, _picture(data, scan))
        return
    from facturar.documents.attached_pages import page_sizes

    for number, size in enumerate(page_sizes(name, data)):
        if number:
            yield PageBreak()
        yield _Framed(size, room * (1 if number else _HEADED), _page(name, data, number, placed))


def _upright(scan: Scan) -> tuple[float, float]:
    """How large a picture is as its camera held it, in points."""
    width, height = scan.width * _POINTS_OF_A_PIXEL, scan.height * _POINTS_OF_A_PIXEL
    return (height, width) if scan.turn in _ON_ITS_SIDE else (width, height)


class _Framed(Flowable):
    """What is put in the middle of the column, as large as it is or as fits, within a hairline."""

    def __init__(self, size: tuple[float, float], most: float, put: Put) -> None:
        super().__init__()
        self._size, self._most, self._put = size, most, put

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The column's width and the height that it takes, in points."""
        most = min(height, self._most) if height > self._most / 2 else self._most
        scale = min(1.0, width / self._size[0], (most - 1) / self._size[1])
        self._shown = self._size[0] * scale, self._size[1] * scale
        self.width, self.height = width, self._shown[1]
        return self.width, self.height

    def draw(self) -> None:
        """The thing, then its frame."""
        left = (self.width - self._shown[0]) / 2
        self._put(self.canv, left, *self._shown)
        self.canv.setStrokeColor(HAIRLINE)
        self.canv.setLineWidth(0.5)
        self.canv.rect(left, 0, *self._shown, stroke=1, fill=0)


def _page(name: str, data: bytes, number: int, placed: list[Placed]) -> Put:
    """Enters where a page of an attached PDF is to be."""

    def put(canvas: Any, left: float, width: float, height: float) -> None:
        from facturar.documents.attached_pages import Placed

        x, y = canvas.absolutePosition(left, 0)
        placed.append(Placed(name, data, number, on=canvas.getPageNumber() - 1, box=(x, y, width, height)))

    return put


def _picture(data: bytes, scan: Scan) -> Put:
    """Draws an attached picture upright; its bytes go into the file as they are."""

    def put(canvas: Any, left: float, width: float, height: float) -> None:
        canvas.saveState()
        canvas.transform(width, 0, 0, height, left, 0)
        canvas.transform(*_TURNS[scan.turn])
        canvas.drawImage(ImageReader(BytesIO(data)), 0, 0, 1, 1, mask="auto")
        canvas.restoreState()

    return put
