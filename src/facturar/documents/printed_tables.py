"""Lines on paper: a table that may run over pages, and its totals.

Each takes a table of texts and a width in points. A totals table is made the tail of the lines above it, so that it
shares their amount column and never stands alone on a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable
from reportlab.platypus import Table as Grid

from facturar.documents.blocks import Inline, Span, Table, plain
from facturar.documents.printed_cells import GAP, Cell, Command, base_style, cell
from facturar.documents.typography import GREY, HAIRLINE, INK, Typography

Row = tuple[Inline, ...]
_EDGE = 6.0
_NARROWEST_TEXT = 0.34
_FEW_TOTALS = 6
_CLOSE = "worksheet"


def line_table(table: Table, totals: Table | None, look: Typography, width: float) -> Flowable:
    """Lines under a header that is repeated on each page, and their totals held to the last of them."""
    widths = _column_widths(table, totals, look, width)
    rows = [
        [cell(text, size, look, align) for text, size, align in zip(row, widths, table.aligns, strict=True)]
        for row in table.rows
    ]
    header = [look.bound(plain(cell)) for cell in table.header]
    tail = _tail(totals, widths, look) if totals else []
    return Grid(
        [header, *rows, *tail],
        colWidths=widths,
        repeatRows=1,
        splitInRow=1,
        hAlign="LEFT",
        spaceBefore=look.space(6),
        spaceAfter=look.space(12),
        style=[*_line_style(table, look), *_tail_style(totals, len(rows) + 1, len(widths), look)],
    )


def totals_table(totals: Table, look: Typography, width: float) -> Flowable:
    """Totals that no lines come before."""
    widths = [width * 0.72, width * 0.28]
    edge = _edge(look)
    padding = [("LEFTPADDING", (0, 0), (0, -1), edge), ("RIGHTPADDING", (-1, 0), (-1, -1), edge)]
    style = [*base_style(look), *padding, *_tail_style(totals, 0, 2, look)]
    return Grid(_tail(totals, widths, look), colWidths=widths, hAlign="LEFT", spaceAfter=look.space(12), style=style)


def _line_style(table: Table, look: Typography) -> list[Command]:
    last = len(table.rows)
    above, below = _white(table, look)
    return [
        *base_style(look),
        *(("ALIGN", (i, 0), (i, -1), align.upper()) for i, align in enumerate(table.aligns)),
        ("VALIGN", (0, 0), (-1, last), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), _edge(look)),
        ("LEFTPADDING", (1, 0), (-1, -1), 2 * GAP),
        ("RIGHTPADDING", (-1, 0), (-1, -1), _edge(look)),
        *_head_style(look),
        ("TOPPADDING", (0, 1), (-1, last), above),
        ("BOTTOMPADDING", (0, 1), (-1, last), below),
        ("LINEBELOW", (0, 1), (-1, last), 0.5, HAIRLINE),
        *_section_style(table),
        # Last, so that it is drawn over the hairline that a page break puts there.
        ("LINEBELOW", (0, 0), (-1, 0), 1, look.accent),
    ]


def _white(table: Table, look: Typography) -> tuple[float, float]:
    """The white above and below a row: a worksheet is for checking and not for reading, and keeps its rows close."""
    if table.name == _CLOSE:
        return look.space(1.5), look.space(2)
    return look.design.above, look.design.below


def _head_style(look: Typography) -> list[Command]:
    """The header of a table of lines."""
    style: list[Command] = [
        ("FONT", (0, 0), (-1, 0), look.face.regular, look.design.tiny, look.leading(look.design.tiny)),
        ("TEXTCOLOR", (0, 0), (-1, 0), GREY),
    ]
    if look.design.heads == "filled":
        style += [
            ("FONT", (0, 0), (-1, 0), look.face.bold, look.design.tiny, look.leading(look.design.tiny)),
            ("TEXTCOLOR", (0, 0), (-1, 0), INK),
            ("BACKGROUND", (0, 0), (-1, 0), look.tint),
            ("TOPPADDING", (0, 0), (-1, 0), 5),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 5),
        ]
    return style


def _section_style(table: Table) -> Iterator[Command]:
    """A section's title over the whole width, not parted from its first line; its subtotal not from its last."""
    for number, row in enumerate(table.rows, start=1):
        if _is_section(row):
            yield ("SPAN", (0, number), (-1, number))
            yield ("NOSPLIT", (0, number), (-1, min(number + 1, len(table.rows))))
        elif row[0] and all(span.italic for span in row[0]):
            yield ("NOSPLIT", (0, number - 1), (-1, number))


def _is_section(row: Row) -> bool:
    """Whether a row is the title of those below it: bold, and alone in its row."""
    return _is_bold(row[0]) and not any(row[1:])


def _tail(totals: Table, widths: Sequence[float], look: Typography) -> list[list[Cell]]:
    room = sum(widths[:-1])
    rows = totals.all_rows
    return [
        [cell(_toned(row[0]), room - 4 * GAP, look, "right"), *[""] * (len(widths) - 2), look.bound(plain(row[-1]))]
        for row in rows
    ]


def _toned(text: Inline) -> Inline:
    """A label without bold: rows that stand out do so by the table's style."""
    return tuple(Span(span.text) for span in text)


def _tail_style(totals: Table | None, first: int, columns: int, look: Typography) -> list[Command]:
    """The rows of totals: one span for the label, not parted from the last line, the bold one in the accent colour."""
    if totals is None:
        return []
    rows = totals.all_rows
    style: list[Command] = [
        ("NOSPLIT", (0, max(first - 1, 0)), (-1, first + len(rows) - 1)),
        ("ALIGN", (0, first), (-1, -1), "RIGHT"),
        ("VALIGN", (0, first), (-1, -1), "MIDDLE"),
        ("TEXTCOLOR", (0, first), (-2, -1), GREY),
        *_tail_padding(first, len(rows), look),
    ]
    for number, row in enumerate(rows, start=first):
        if columns > 2:
            style.append(("SPAN", (0, number), (columns - 2, number)))
        if _is_bold(row[-1]):
            style += _payable_style(number, columns, look)
    return style


def _tail_padding(first: int, rows: int, look: Typography) -> list[Command]:
    """The white of totals: less when they are many, as all of them go over to the next page together."""
    white = look.space(3 if rows <= _FEW_TOTALS else 1)
    return [
        ("TOPPADDING", (0, first), (-1, -1), white),
        ("BOTTOMPADDING", (0, first), (-1, -1), white),
        ("TOPPADDING", (0, first), (-1, first), look.space(8)),
    ]


def _payable_style(row: int, columns: int, look: Typography) -> list[Command]:
    """The amount that counts: in the accent colour, or on it."""
    ground: list[Command] = [
        ("TEXTCOLOR", (0, row), (-1, row), look.accent),
        ("LINEABOVE", (max(columns - 3, 0), row), (-1, row), 0.5, HAIRLINE),
    ]
    if look.design.heads == "filled":
        ground = [
            ("TEXTCOLOR", (0, row), (-1, row), look.on_accent),
            ("BACKGROUND", (0, row), (-1, row), look.accent),
            ("BOTTOMPADDING", (0, row), (-1, row), look.space(6)),
        ]
    return [
        ("FONT", (0, row), (-1, row), look.face.bold, look.design.payable, look.leading(look.design.payable)),
        ("TOPPADDING", (0, row), (-1, row), look.space(6)),
        *ground,
    ]


def _column_widths(table: Table, totals: Table | None, look: Typography, width: float) -> list[float]:
    """Columns of figures as wide as they need, the rest for the text; figures too wide for that wrap."""
    natural = [_natural(table, column, look) for column in range(len(table.header))]
    if totals:
        size = look.design.payable
        payable = max(look.face.width(look.bound(plain(row[-1])), size, bold=True) for row in totals.all_rows)
        natural[-1] = max(natural[-1], payable + 2 * GAP)
    edge = _edge(look)
    natural[0], natural[-1] = natural[0] + edge, natural[-1] + edge
    texts = [i for i, align in enumerate(table.aligns) if align == "left"] or [0]
    figures = sum(size for i, size in enumerate(natural) if i not in texts)
    room = max(width - figures, width * _NARROWEST_TEXT)
    if figures > width - room:
        squeezed = iter(_shares([size for i, size in enumerate(natural) if i not in texts], width - room))
        natural = [size if i in texts else next(squeezed) for i, size in enumerate(natural)]
    shares = iter(_shares([natural[i] for i in texts], room))
    return [next(shares) if i in texts else size for i, size in enumerate(natural)]


def _shares(natural: Sequence[float], room: float) -> list[float]:
    """Widths of columns that fill the room: in proportion, but no short column is squeezed by a long one."""
    if sum(natural) <= room:
        return [room * size / sum(natural) for size in natural]
    return [min(size, _fair(natural, room)) for size in natural]


def _fair(natural: Sequence[float], room: float) -> float:
    """The width that columns wider than it are cut to, so that all of them fill the room.

    >>> _fair([10, 40, 900], 90)
    40.0
    """
    left = room
    for done, size in enumerate(sorted(natural)):
        fair = left / (len(natural) - done)
        if size > fair:
            return fair
        left -= size
    return room


def _natural(table: Table, column: int, look: Typography) -> float:
    """How wide a column would like to be: its widest cell on one line."""
    header = look.face.width(look.bound(plain(table.header[column])), look.design.tiny)
    if not table.rows:
        return header + 2 * GAP + 1
    cells = (
        look.face.width(look.bound(plain(row[column])), look.design.cell, bold=_is_bold(row[column]))
        for row in table.rows
        if not _is_section(row)
    )
    return max(header, *cells, 12.0) + 2 * GAP + 1


def _edge(look: Typography) -> float:
    """White at both ends of a row, where rows stand on a ground."""
    return _EDGE if look.design.heads == "filled" else 0.0


def _is_bold(text: Inline) -> bool:
    return bool(text) and all(span.bold for span in text)
