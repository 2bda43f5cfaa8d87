"""Blocks → a terminal, through rich: readable without colour, amounts to the right, never wider than the page."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.table import Table as Grid
from rich.text import Text

from facturar.documents.blocks import (
    AttachedFile,
    Block,
    Bullets,
    Code,
    Heading,
    Inline,
    PageBreak,
    Paragraph,
    Picture,
    QrCode,
    Quote,
    Rule,
    Span,
    Table,
)
from facturar.documents.wording import held

WIDTH = 80
# Tables that are pairs or columns of text without a head of their own.
_HEADLESS = {"facts", "totals", "payment"}
_MANY_ROWS = 200
_GAP = 3
"""The white between two columns of a table that is not crowded."""
_WORD = 20
"""Longer words than this may be broken in a crowded table."""


def rendered(blocks: Sequence[Block]) -> RenderableType:
    """A document as something to print on a rich console of 80 columns."""
    return Group(*(part for block in blocks for part in _parts(block)))


def _parts(block: Block) -> Iterator[RenderableType]:
    match block:
        case Heading(level=1):
            yield from (_text(block.text, "bold"), Text("═" * len(_text(block.text))), Text())
        case Heading():
            yield from (_text(block.text, "bold"), Text())
        case Paragraph():
            yield from (_text(block.text), Text())
        case Bullets():
            yield from (*_items(block), Text())
        case Quote():
            yield Padding(rendered(block.blocks), (0, 0, 0, 4))
        case Code():
            yield from (Padding(Text(block.text), (0, 0, 0, 4)), Text())
        case Table():
            yield from (_grid(block), Text())
        case AttachedFile():
            yield from (Text(f"→ {block.file}"), Text())
        case QrCode() | Picture():
            return  # what it says stands beside it in words
        case Rule() | PageBreak():
            yield from (Line(style=""), Text())


def _items(bullets: Bullets) -> Iterator[RenderableType]:
    for number, item in enumerate(bullets.items, start=bullets.start or 0):
        grid = Grid.grid(padding=(0, 1, 0, 0))
        grid.add_row(f"{number}." if bullets.start is not None else "•", _item(item))
        yield grid


def _item(blocks: Sequence[Block]) -> RenderableType:
    """An item's first paragraph without the empty line after it; the rest as it comes."""
    first, *rest = blocks or (Paragraph(()),)
    head = _text(first.text) if isinstance(first, Paragraph) else rendered([first])
    return Group(head, rendered(rest)) if rest else head


def _grid(table: Table) -> RenderableType:
    if len(table.rows) > _MANY_ROWS:
        return _columns(table)
    headless = table.name in _HEADLESS
    crowded = not headless and _is_crowded(table)
    whole = _whole(table) if crowded else frozenset()
    grid = Grid(
        box=None if headless else box.SIMPLE_HEAD,
        show_header=not headless,
        pad_edge=False,
        show_edge=False,
        padding=(0, 1 if crowded else 2, 0, 0),
    )
    for i, (header, align) in enumerate(zip(table.header, table.aligns, strict=True)):
        head = _head(table, i) if i in whole else _text(header)
        grid.add_column(head, justify=align, overflow="fold", no_wrap=i in whole)
    for row in table.all_rows if headless else table.rows:
        grid.add_row(*(_text(cell) for cell in row))
    return grid


def _is_crowded(table: Table) -> bool:
    """Whether a table would like to be wider than the terminal."""
    columns = list(zip(*table.all_rows, strict=True))
    return sum(max(_text(cell).cell_len for cell in column) + _GAP for column in columns) - _GAP > WIDTH


def _whole(table: Table) -> frozenset[int]:
    """The columns of figures and numbers of invoices, if there is room for all of them: others give way before them."""
    columns = [[_text(cell).plain for cell in column] for column in zip(*table.rows, strict=True)]
    whole = frozenset(i for i, cells in enumerate(columns) if all(" " not in c and len(c) <= _WORD for c in cells))
    least = (
        max((cell_len(word) for cell in cells for word in ([cell] if i in whole else cell.split())), default=0)
        for i, cells in enumerate(columns)
    )
    return whole if sum(min(size, _WORD) + _GAP for size in least) <= WIDTH else frozenset()


def _head(table: Table, number: int) -> Text:
    """The head of a column on as many lines as its cells leave room for."""
    head, *cells = (_text(row[number]).plain for row in table.all_rows)
    return Text("\n".join(textwrap.wrap(head, max(map(len, (*cells, *head.split())), default=1))))


def _columns(table: Table) -> Text:
    """A long table in plain columns: rich measures every cell, which takes seconds for thousands of rows."""
    rows = [[_text(cell).plain for cell in row] for row in table.all_rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.header))]
    lines = (
        "  ".join(
            cell.rjust(width) if align == "right" else cell.ljust(width)
            for cell, width, align in zip(row, widths, table.aligns, strict=True)
        ).rstrip()
        for row in rows
    )
    return Text("\n".join(lines), no_wrap=True)


def _text(inline: Inline, style: str = "") -> Text:
    text = Text(style=style)
    for span in inline:
        text.append(held(span.text), _style(span))
    return text


def _style(span: Span) -> str:
    styles = ("bold" if span.bold else "", "italic" if span.italic else "", f"link {span.href}" if span.href else "")
    return " ".join(style for style in styles if style)
