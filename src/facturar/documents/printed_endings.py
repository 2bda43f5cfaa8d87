"""The end of a document on paper: its closing words never stand alone on a page.

They stay with the part that they close (the ways to pay, the last paragraphs) if that is not too long, and where lines
and totals come just before, the last of these go over with them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable, KeepTogether, Paragraph
from reportlab.platypus import Table as Grid

from facturar.documents.printed_heads import is_heading

HeightOf = Callable[[Flowable], float]
"""How high a part is with the white around it, where nothing limits it."""
_MOST = 0.6
"""How much of a page may be kept in one piece."""
_TOO_HIGH = 1e6


def ending_kept(parts: Sequence[Flowable], room: float, height_of: HeightOf) -> list[Flowable]:
    """The parts of a document on pages `room` points high, with its closing words held to what comes before them."""
    closing = next((i for i, part in enumerate(parts) if _closes(part)), None)
    if closing is None:
        return list(parts)
    start = _start(parts, closing, room * _MOST, height_of)
    if (
        start == closing
        and closing
        and _runs_on(parts[closing - 1])
        and not (closing > 1 and is_heading(parts[closing - 2]))
    ):
        return [*parts[: closing - 1], LinesWithEnding(parts[closing - 1], parts[closing:], room, height_of)]
    return [*parts[:start], KeepTogether(list(parts[start:]))]


def _start(parts: Sequence[Flowable], closing: int, most: float, height_of: HeightOf) -> int:
    """Where the piece that ends with the closing words begins: at its heading, or as far up as there is room for."""
    start, height = closing, sum(map(height_of, parts[closing:]))
    for number in range(closing - 1, -1, -1):
        height += height_of(parts[number])
        if _runs_on(parts[number]) or height > most:
            break
        start = number
        if is_heading(parts[number]):
            break
    return start


def _closes(part: Flowable) -> bool:
    return isinstance(part, Paragraph) and str(part.style.name) == "closing"


def _runs_on(part: Flowable) -> bool:
    """Whether a part is a table that may run over pages."""
    return isinstance(part, Grid) and bool(part.repeatRows)


class LinesWithEnding(Flowable):
    """Lines and what ends the document below them; the last of the lines go over if the ending does not fit."""

    def __init__(self, lines: Flowable, ending: Sequence[Flowable], room: float, height_of: HeightOf) -> None:
        super().__init__()
        self._lines, self._ending, self._room, self._height_of = lines, list(ending), room, height_of

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """The white above the lines."""
        return float(self._lines.getSpaceBefore())

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """More than any page has: it is only set in parts."""
        return width, _TOO_HIGH

    def split(self, width: float, height: float) -> list[Flowable]:
        """The lines and the ending, if both fit; else as many lines as leave the last to the ending."""
        lines = float(self._lines.wrap(width, height)[1])
        if lines + sum(map(self._height_of, self._ending)) <= height:
            return [self._lines, *self._ending]
        pieces = list(self._lines.split(width, min(height, lines - 1)))
        if len(pieces) == 2:
            return [pieces[0], LinesWithEnding(pieces[1], self._ending, self._room, self._height_of)]
        return [] if height < self._room / 2 else [self._lines, *self._ending]
