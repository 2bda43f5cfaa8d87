"""Bars on paper: a table of which some cells are bars of blocks, with those drawn in the accent colour.

The longest bar of the table fills its column and the others are measured by it, as on a page for a browser.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable
from reportlab.platypus import Table as Grid

from facturar.documents.bars import eighths_of, longest
from facturar.documents.blocks import Inline, Table, plain
from facturar.documents.printed_cells import base_style
from facturar.documents.printed_words import Words
from facturar.documents.typography import GREY, HAIRLINE, Typography

_GAP, _HEIGHT = 14.0, 6.0
_LEAST = 0.16
"""The part of the width that a column of bars has at least."""


class _Bar(Flowable):
    """A bar that fills a share of its cell's width; a hairline where there is nothing."""

    def __init__(self, share: float, colour: Any) -> None:
        super().__init__()
        self._share, self._colour = share, colour
        self.height = _HEIGHT

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, _HEIGHT

    def draw(self) -> None:
        self.canv.setFillColor(self._colour if self._share else HAIRLINE)
        self.canv.rect(0, 0, max(self.width * self._share, 0.6), _HEIGHT, stroke=0, fill=1)


def bars_table(table: Table, look: Typography, width: float) -> Flowable:
    """Labels, figures and bars under a small header, which is repeated on each page."""
    most, widths = longest(table.rows), chart_widths(table, look, width)
    header = [look.bound(plain(cell)) for cell in table.header]
    rows = [
        [_cell(cell, size, align, most, look) for cell, size, align in zip(row, widths, table.aligns, strict=True)]
        for row in table.rows
    ]
    style = [
        *base_style(look),
        *(("ALIGN", (i, 0), (i, -1), align.upper()) for i, align in enumerate(table.aligns)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("RIGHTPADDING", (0, 0), (-2, -1), _GAP),
        ("FONT", (0, 0), (-1, 0), look.face.regular, look.design.tiny, look.leading(look.design.tiny)),
        ("TEXTCOLOR", (0, 0), (-1, 0), GREY),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, HAIRLINE),
        ("TOPPADDING", (0, 1), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 1), (-1, -1), 2),
    ]
    return Grid([header, *rows], colWidths=widths, repeatRows=1, hAlign="LEFT", spaceAfter=look.space(12), style=style)


def _cell(cell: Inline, width: float, align: str, most: int, look: Typography) -> Any:
    length = eighths_of(cell)
    if length is not None:
        return _Bar(length / most, look.accent)
    words = look.bound(plain(cell))
    if look.face.width(words, look.design.cell) <= width - _GAP:
        return words
    return Words(look.markup(cell), look.style("cell" if align == "left" else f"cell-{align}"))


def _is_bars(table: Table, column: int) -> bool:
    return bool(table.rows) and all(eighths_of(row[column]) is not None for row in table.rows)


def chart_widths(table: Table, look: Typography, width: float) -> list[float]:
    """Texts and figures as wide as they are, the bars the rest of it; long texts give way to the bars."""
    columns = range(len(table.header))
    bars = [column for column in columns if _is_bars(table, column)]
    natural = {column: _natural(table, column, look) for column in columns if column not in bars}
    room = width - len(bars) * width * _LEAST
    squeeze = min(room / sum(natural.values()), 1.0) if natural else 1.0
    rest = (width - squeeze * sum(natural.values())) / max(len(bars), 1)
    return [rest if column in bars else natural[column] * squeeze for column in columns]


def _natural(table: Table, column: int, look: Typography) -> float:
    cells: Sequence[str] = [look.bound(plain(row[column])) for row in table.rows]
    header = look.face.width(look.bound(plain(table.header[column])), look.design.tiny)
    return max(header, *(look.face.width(cell, look.design.cell) for cell in cells), 12.0) + _GAP + 1
