"""Facts on paper: labels with their values, the two parties, and how to pay."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable
from reportlab.platypus import Table as Grid

from facturar.documents.blocks import Inline, Table, plain
from facturar.documents.printed_cells import GAP, Command, base_style, cell
from facturar.documents.printed_words import Words
from facturar.documents.typography import GREY, HAIRLINE, Typography

Row = tuple[Inline, ...]
_INSET = 12.0


def facts_table(table: Table, look: Typography, width: float) -> Flowable:
    """Labels with their values below them, side by side; a long one over the whole width, after the others."""
    short = [row for row in table.all_rows if not _is_long(row, look, width)]
    long = [row for row in table.all_rows if _is_long(row, look, width)]
    columns = 3 if len(short) in (3, 5, 6, 9) else 4
    rows = [short[start : start + columns] for start in range(0, len(short), columns)]
    cells = [
        [*(_fact(row, look) for row in each), *[""] * (columns - len(each))]
        for each in [*rows, *([row] for row in long)]
    ]
    style = [
        *base_style(look),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2 * GAP),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), look.space(6)),
        ("BOTTOMPADDING", (0, 0), (-1, -1), look.space(7)),
        *_facts_ground(look),
        *(("SPAN", (0, row), (-1, row)) for row in range(len(rows), len(cells))),
    ]
    return Grid(cells, colWidths=[width / columns] * columns, hAlign="LEFT", spaceAfter=look.space(14), style=style)


def _is_long(row: Row, look: Typography, width: float) -> bool:
    """Whether a fact wants the whole width, such as the reason of a credit note."""
    return any(look.face.width(look.bound(plain(value)), look.design.cell) > width / 2 for value in row[1:])


def _facts_ground(look: Typography) -> list[Command]:
    """What facts stand on: a tint of the accent, or the paper between two hairlines."""
    if look.design.heads == "filled":
        return [("BACKGROUND", (0, 0), (-1, -1), look.tint), ("LEFTPADDING", (0, 0), (-1, -1), _INSET)]
    return [("LINEABOVE", (0, 0), (-1, 0), 0.5, HAIRLINE), ("LINEBELOW", (0, -1), (-1, -1), 0.5, HAIRLINE)]


def _fact(row: Row, look: Typography) -> Words:
    label = f'<font size="{look.design.tiny}" color="{GREY.hexval()}">{look.markup(row[0])}</font>'
    values = "<br/>".join(look.markup(cell) for cell in row[1:])
    return Words(f"{label}<br/>{values}", look.style("cell"))


def parties_table(table: Table, look: Typography, width: float) -> Flowable:
    """Parties side by side, each a column whose empty cells close up."""
    columns = [_party([row[i] for row in table.all_rows], look) for i in range(len(table.header))]
    share = width / len(columns)
    style = [*base_style(look), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("RIGHTPADDING", (0, 0), (-2, -1), 4 * GAP)]
    return Grid([columns], colWidths=[share] * len(columns), hAlign="LEFT", spaceAfter=look.space(14), style=style)


def _party(cells: Sequence[Inline], look: Typography) -> Words:
    label = f'<font size="{look.design.tiny}" color="{GREY.hexval()}">{look.markup(cells[0])}</font>'
    return Words("<br/>".join([label, *(look.markup(cell) for cell in cells[1:] if cell)]), look.style("cell"))


def payment_table(table: Table, codes: Flowable | None, look: Typography, width: float) -> Flowable:
    """How to pay, in a box of the accent's tint that is not split; codes to scan stand at its right."""
    aside = codes.width + _INSET if codes else 0
    style = [
        *base_style(look),
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
    return Grid(
        [[facts, codes or ""]], colWidths=[width - aside, aside], hAlign="LEFT", spaceAfter=look.space(10), style=style
    )


def _payment_facts(table: Table, look: Typography, width: float) -> Flowable:
    """Labels and values below a head, which has the whole width when nothing stands beside it."""
    alone = not plain(table.header[1])
    labels = (plain(row[0]) for row in (table.rows if alone else table.all_rows))
    label_width = 4 + max(
        (look.face.width(look.bound(label), look.design.cell, bold=True) for label in labels), default=0
    )
    widths = [min(label_width + 16, width * 0.4)]
    widths.append(width - widths[0])
    head = [Words(f"<b>{look.markup(cell)}</b>", look.style("cell")) for cell in table.header]
    rows = [[cell(text, size, look) for text, size in zip(row, widths, strict=True)] for row in table.rows]
    style = [
        *base_style(look),
        ("TEXTCOLOR", (0, 0), (0, -1), GREY),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        *([("SPAN", (0, 0), (1, 0))] if alone else []),
    ]
    return Grid([head, *rows], colWidths=widths, hAlign="LEFT", style=style)
