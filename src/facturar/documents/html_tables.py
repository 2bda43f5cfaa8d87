"""Tables in HTML: rows, pairs of labels and values, parties side by side, charts of bars."""

from __future__ import annotations

from html import escape

from facturar.documents.bars import eighths_of, longest
from facturar.documents.blocks import Inline, Table, plain
from facturar.documents.html_style import Face, inline_html

_PAIRS = {"facts": ("facts", "label", "value"), "payment": ("payment", "paylabel", "payvalue")}
_WIDE = 6
"""The columns from which on a table is read row by row on a phone."""
_WHOLE = 16
"""The letters up to which a word is not broken, such as a number at its hyphens."""


def html_table(table: Table, face: Face) -> str:
    """A table in the form that its name asks for."""
    if table.name in _PAIRS:
        return _pairs(table, face)
    if table.name in ("parties", "columns"):
        return _columns(table, face)
    if table.name == "bars":
        return _bars(table, face)
    rows = _rows(table, face, header=table.name != "totals")
    return rows if face.inline else f'<div class="scroll">{rows}</div>'


def _columns(table: Table, face: Face) -> str:
    """Parties side by side, each a column whose empty cells close up."""
    columns = ([row[index] for row in table.all_rows] for index in range(len(table.header)))
    cells = (
        face.element("td", "party", "<br>".join([face.element("span", "caption", inline_html(head, face)), *lines]))
        for head, *rest in columns
        for lines in ([inline_html(cell, face) for cell in rest if cell],)
    )
    return face.element("table", "table", f"<tbody><tr>{''.join(cells)}</tr></tbody>")


def _pairs(table: Table, face: Face) -> str:
    """Labels and their values; the labels are the heads of their rows."""
    whole, label, value = _PAIRS[table.name]
    rows = (
        "<tr>"
        + face.element("th", label, inline_html(row[0], face), "text-align:left")
        + face.element("td", value, "<br>".join(inline_html(cell, face) for cell in row[1:]))
        + "</tr>"
        for row in table.all_rows
    )
    return face.element("table", whole, f"<tbody>{''.join(rows)}</tbody>")


def _rows(table: Table, face: Face, *, header: bool) -> str:
    aligns = [f"text-align:{align}" for align in table.aligns]
    heads = "".join(
        face.element("th", "th", inline_html(cell, face), align)
        for cell, align in zip(table.header, aligns, strict=True)
    )
    wide = header and not face.inline and len(table.header) >= _WIDE
    labels = [plain(cell) if wide and index else "" for index, cell in enumerate(table.header)]
    rows = "".join(
        f"<tr>{''.join(_cell(*cell, face) for cell in zip(row, aligns, labels, strict=True))}</tr>"
        for row in (table.rows if header else table.all_rows)
    )
    head = f"<thead><tr>{heads}</tr></thead>" if header else ""
    whole = face.element("table", "table", f"{head}<tbody>{rows}</tbody>")
    return whole.replace('class="table"', 'class="table wide"', 1) if wide else whole


def _cell(cell: Inline, align: str, label: str, face: Face) -> str:
    """A cell, which says under which head it stands if there is a `label`; amounts and single words stay whole."""
    words = plain(cell)
    whole = "right" in align or (len(words) <= _WHOLE and " " not in words)
    style = f"{align};white-space:nowrap" if whole else align
    opening = face.open("td", "td", style)
    if label:
        opening = opening.removesuffix(">") + f' data-label="{escape(label)}">'
    return f"{opening}{inline_html(cell, face)}</td>"


def _bars(table: Table, face: Face) -> str:
    """Labels and figures with their bars, which are measured by the longest of the table."""
    most = longest(table.rows)
    columns = [any(eighths_of(row[index]) is not None for row in table.rows) for index in range(len(table.header))]
    share = f"width:{80 // (1 + sum(columns))}%"
    heads = "".join(
        face.element("th", "barhead", inline_html(cell, face), f"text-align:{align}")
        for cell, align in zip(table.header, table.aligns, strict=True)
    )
    rows = "".join(
        f"<tr>{''.join(_bar_cell(*cell, most, share, face) for cell in zip(row, table.aligns, strict=True))}</tr>"
        for row in table.rows
    )
    return face.element("table", "table", f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>")


def _bar_cell(cell: Inline, align: str, most: int, share: str, face: Face) -> str:
    length = eighths_of(cell)
    if length is None:
        whole = ";white-space:nowrap" if align == "right" or len(plain(cell)) <= _WHOLE else ""
        return face.element("td", "barlabel", inline_html(cell, face), f"text-align:{align}{whole}")
    bar = face.element("div", "bar", "", f"width:{100 * length / most:.1f}%")
    return face.element("td", "barcell", face.element("div", "track", bar), share)
