"""Tables on paper: an invoice's lines with their totals, facts, parties, payment details.

Each takes a table of texts and a width in points. A totals table is made the tail of the lines above it, so that it
shares their amount column and never stands alone on a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus import Table as Grid

from facturar.documents.blocks import Inline, Span, Table, plain
from facturar.documents.fonts import BOLD, REGULAR, width_of
from facturar.documents.typography import GREY, HAIRLINE, INK, TINY, Typography, bound, markup

Command = tuple[Any, ...]
Cell = str | Paragraph
Row = tuple[Inline, ...]
_CELL, _GAP, _PAYABLE, _INSET = 9.0, 7.0, 12.0, 12.0
_NARROWEST_TEXT = 0.34


def line_table(table: Table, totals: Table | None, look: Typography, width: float) -> Flowable:
    """Lines under a header that is repeated on each page, and their totals held to the last of them."""
    widths = _column_widths(table, totals, width)
    rows = [
        [_cell(text, size, look, align) for text, size, align in zip(row, widths, table.aligns, strict=True)]
        for row in table.rows
    ]
    header = [bound(plain(cell)) for cell in table.header]
    tail = _tail(totals, widths, look) if totals else []
    return Grid(
        [header, *rows, *tail],
        colWidths=widths,
        repeatRows=1,
        splitInRow=1,
        hAlign="LEFT",
        spaceBefore=6,
        spaceAfter=12,
        style=[*_line_style(table, look), *_tail_style(totals, len(rows) + 1, len(widths), look)],
    )


def totals_table(totals: Table, look: Typography, width: float) -> Flowable:
    """Totals that no lines come before."""
    widths = [width * 0.72, width * 0.28]
    style = [*base_style(), *_tail_style(totals, 0, 2, look)]
    return Grid(_tail(totals, widths, look), colWidths=widths, hAlign="LEFT", spaceAfter=12, style=style)


def facts_table(table: Table, look: Typography, width: float) -> Flowable:
    """Labels with their values below them, side by side, between two hairlines."""
    facts = [_fact(row, look) for row in table.all_rows]
    columns = 3 if len(facts) in (3, 5, 6, 9) else 4
    rows = [facts[start : start + columns] for start in range(0, len(facts), columns)]
    cells = [[*row, *[""] * (columns - len(row))] for row in rows]
    style = [
        *base_style(),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2 * _GAP),
        ("LINEABOVE", (0, 0), (-1, 0), 0.5, HAIRLINE),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, HAIRLINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
    ]
    return Grid(cells, colWidths=[width / columns] * columns, hAlign="LEFT", spaceAfter=14, style=style)


def _fact(row: Row, look: Typography) -> Paragraph:
    label = f'<font size="{TINY}" color="{GREY.hexval()}">{markup(row[0])}</font>'
    values = "<br/>".join(markup(cell) for cell in row[1:])
    return Paragraph(f"{label}<br/>{values}", look.style("cell"))


def parties_table(table: Table, look: Typography, width: float) -> Flowable:
    """Parties side by side, each a column whose empty cells close up."""
    columns = [_party([row[i] for row in table.all_rows], look) for i in range(len(table.header))]
    share = width / len(columns)
    style = [*base_style(), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (-2, -1), 4 * _GAP)]
    return Grid([columns], colWidths=[share] * len(columns), hAlign="LEFT", spaceAfter=14, style=style)


def _party(cells: Sequence[Inline], look: Typography) -> Paragraph:
    label = f'<font size="{TINY}" color="{GREY.hexval()}">{markup(cells[0])}</font>'
    return Paragraph("<br/>".join([label, *(markup(cell) for cell in cells[1:] if cell)]), look.style("cell"))


def payment_table(table: Table, codes: Flowable | None, look: Typography, width: float) -> Flowable:
    """How to pay, in a box of the accent's tint that is not split; codes to scan stand at its right."""
    aside = codes.width + _INSET if codes else 0
    style = [
        *base_style(),
        ("BACKGROUND", (0, 0), (-1, -1), look.tint),
        ("LINEBEFORE", (0, 0), (0, -1), 2, look.accent),
        ("VALIGN", (0, 0), (0, 0), "TOP"),
        ("VALIGN", (1, 0), (1, 0), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (0, 0), _INSET),
        ("TOPPADDING", (0, 0), (-1, -1), 6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ("NOSPLIT", (0, 0), (-1, -1)),
    ]
    facts = _payment_facts(table, look, width - aside - _INSET)
    return Grid([[facts, codes or ""]], colWidths=[width - aside, aside], hAlign="LEFT", spaceAfter=10, style=style)


def _payment_facts(table: Table, look: Typography, width: float) -> Flowable:
    label_width = 4 + max(width_of(bound(plain(row[0])), _CELL, BOLD) for row in table.all_rows)
    widths = [min(label_width + 16, width * 0.4)]
    widths.append(width - widths[0])
    head = [Paragraph(f"<b>{markup(cell)}</b>", look.style("cell")) for cell in table.header]
    rows = [[_cell(cell, size, look) for cell, size in zip(row, widths, strict=True)] for row in table.rows]
    style = [
        *base_style(),
        ("TEXTCOLOR", (0, 0), (0, -1), GREY),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
    ]
    return Grid([head, *rows], colWidths=widths, hAlign="LEFT", style=style)


def base_style() -> list[Command]:
    """What every grid starts from: our type and no padding at the sides."""
    return [
        ("FONT", (0, 0), (-1, -1), REGULAR, _CELL, 12),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]


def _line_style(table: Table, look: Typography) -> list[Command]:
    last = len(table.rows)
    return [
        *base_style(),
        *(("ALIGN", (i, 0), (i, -1), align.upper()) for i, align in enumerate(table.aligns)),
        ("VALIGN", (0, 0), (-1, last), "TOP"),
        ("LEFTPADDING", (1, 0), (-1, -1), 2 * _GAP),
        ("FONT", (0, 0), (-1, 0), REGULAR, TINY, 10),
        ("TEXTCOLOR", (0, 0), (-1, 0), GREY),
        ("TOPPADDING", (0, 1), (-1, last), 4.5),
        ("BOTTOMPADDING", (0, 1), (-1, last), 5.5),
        ("LINEBELOW", (0, 1), (-1, last), 0.5, HAIRLINE),
        # Last, so that it is drawn over the hairline that a page break puts there.
        ("LINEBELOW", (0, 0), (-1, 0), 1, look.accent),
    ]


def _tail(totals: Table, widths: Sequence[float], look: Typography) -> list[list[Cell]]:
    room = sum(widths[:-1])
    rows = totals.all_rows
    return [
        [_cell(_toned(row[0]), room - 4 * _GAP, look, "right"), *[""] * (len(widths) - 2), bound(plain(row[-1]))]
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
        ("TOPPADDING", (0, first), (-1, first), 8),
    ]
    for number, row in enumerate(rows, start=first):
        if columns > 2:
            style.append(("SPAN", (0, number), (columns - 2, number)))
        if _is_bold(row[-1]):
            style += _payable_style(number, columns, look)
    return style


def _payable_style(row: int, columns: int, look: Typography) -> list[Command]:
    return [
        ("FONT", (0, row), (-1, row), BOLD, _PAYABLE, 15),
        ("TEXTCOLOR", (0, row), (-1, row), look.accent),
        ("TOPPADDING", (0, row), (-1, row), 6),
        ("LINEABOVE", (max(columns - 3, 0), row), (-1, row), 0.5, HAIRLINE),
    ]


def _is_bold(text: Inline) -> bool:
    return bool(text) and all(span.bold for span in text)


def _cell(text: Inline, width: float, look: Typography, align: str = "left") -> Cell:
    """A short plain text as it is (quick to set), any other as a paragraph that wraps."""
    words = bound(plain(text))
    styled = any(span.bold or span.italic or span.href for span in text)
    if not styled and "\n" not in words and width_of(words, _CELL) <= width - 2 * _GAP:
        return words
    return Paragraph(markup(text), look.style("cell" if align == "left" else f"cell-{align}"))


def _column_widths(table: Table, totals: Table | None, width: float) -> list[float]:
    """Columns of figures as wide as they need, the rest for the text; figures too wide for that wrap."""
    natural = [_natural(table, column) for column in range(len(table.header))]
    if totals:
        payable = max(width_of(bound(plain(row[-1])), _PAYABLE, BOLD) for row in totals.all_rows)
        natural[-1] = max(natural[-1], payable + 2 * _GAP)
    texts = [i for i, align in enumerate(table.aligns) if align == "left"] or [0]
    figures = sum(size for i, size in enumerate(natural) if i not in texts)
    room = max(width - figures, width * _NARROWEST_TEXT)
    squeeze = min((width - room) / figures, 1.0) if figures else 1.0
    shares = iter(_shares([natural[i] for i in texts], room))
    return [next(shares) if i in texts else size * squeeze for i, size in enumerate(natural)]


def _shares(natural: Sequence[float], room: float) -> list[float]:
    """Widths of text columns that fill the room: in proportion, but a short column is not squeezed by a long one."""
    if sum(natural) <= room:
        return [room * size / sum(natural) for size in natural]
    fair = room / len(natural)
    short = sum(size for size in natural if size <= fair)
    long = sum(size for size in natural if size > fair)
    return [size if size <= fair else (room - short) * size / long for size in natural]


def _natural(table: Table, column: int) -> float:
    header = width_of(plain(table.header[column]), TINY)
    cells = (
        width_of(bound(plain(row[column])), _CELL, BOLD if _is_bold(row[column]) else REGULAR) for row in table.rows
    )
    return max(header, *cells, 12.0) + 2 * _GAP + 1 if table.rows else header + 2 * _GAP + 1
