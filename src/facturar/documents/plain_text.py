"""Blocks → plain text as a person would write it: no marks of Markdown, lines of 72 columns, figures left whole.

Pairs of a label and a value are lines (`IBAN: ES91 …`); a table is columns, or a line for each row where columns would
not fit. Addresses are never broken, so that they can be clicked.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from facturar.documents.blocks import (
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

WIDTH = 72
_PAIRS = {"facts", "totals", "payment"}
_GAP = "   "


def plain_text(blocks: Sequence[Block]) -> str:
    """A document as plain text, ending with one newline."""
    parts = ("\n".join(lines) for block in blocks if (lines := list(_lines(block))))
    return "\n\n".join(parts).replace("\u00a0", " ") + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield from _wrapped(_words(block.text))
        case Bullets():
            yield from _items(block)
        case Quote():
            yield from (f"    {line}".rstrip() for line in plain_text(block.blocks).splitlines())
        case Code():
            yield from (f"    {line}" for line in block.text.splitlines())
        case Table(name=name) if name in _PAIRS:
            yield from (line for row in block.all_rows for line in _wrapped(_pair(row), "  "))
        case Table():
            yield from _table(block)
        case Rule():
            yield "-" * 24
        case PageBreak() | QrCode() | Picture():
            return


def _wrapped(text: str, then: str = "", first: str = "") -> Iterator[str]:
    """The text in lines, those after its first begun by `then`; its own breaks are kept."""
    for line in text.split("\n"):
        yield from textwrap.wrap(
            held(line),
            WIDTH,
            initial_indent=first,
            subsequent_indent=then,
            break_long_words=False,
            break_on_hyphens=False,
        )
        first = then


def _words(text: Inline) -> str:
    return "".join(_word(span) for span in text)


def _word(span: Span) -> str:
    """A stretch of text; a link that does not show its address is followed by it."""
    return f"{span.text} <{span.href}>" if span.href and not span.href.endswith(span.text) else span.text


def _items(bullets: Bullets) -> Iterator[str]:
    for number, item in enumerate(bullets.items, start=bullets.start or 0):
        mark = f"{number}. " if bullets.start is not None else "- "
        text = "\n".join(line for block in item for line in _lines_of_item(block))
        yield from _wrapped(text, " " * len(mark), mark)


def _lines_of_item(block: Block) -> Iterator[str]:
    """An item's paragraphs run on, and are wrapped with the mark before them."""
    yield from [_words(block.text)] if isinstance(block, Paragraph) else _lines(block)


def _pair(row: Sequence[Inline]) -> str:
    label, *values = (_words(cell) for cell in row)
    value = " ".join(value for value in values if value)
    return f"{label}: {value}" if value else label


def _table(table: Table) -> Iterator[str]:
    rows = [[_words(cell).replace("\n", " ") for cell in row] for row in table.all_rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.header))]
    if sum(widths) + len(_GAP) * (len(widths) - 1) > WIDTH:
        yield from (line for row in rows[1:] for line in _row_in_words(rows[0], row))
        return
    for row in rows:
        cells = zip(row, widths, table.aligns, strict=True)
        yield _GAP.join(cell.rjust(w) if align == "right" else cell.ljust(w) for cell, w, align in cells).rstrip()


def _row_in_words(header: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """A row as an item: its first cell, then each other with the name of its column."""
    named = [f"{name}: {cell}" if name else cell for name, cell in zip(header[1:], row[1:], strict=True) if cell]
    yield from _wrapped("; ".join([row[0], *named]), "  ", "- ")
