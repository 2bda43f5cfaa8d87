"""The stock on the screen: what there is, what is set aside, what to reorder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from facturar.cli.output import Column, Format, FormatOption, Table, customs_of, print_table, say
from facturar.cli.session import day, opened, session_of
from facturar.model.book import Book
from facturar.rules.stock import Level

_COLUMNS = [
    Column("Item", "item", whole=True),
    Column("Text", "text"),
    Column("Unit", "unit"),
    Column("counted", "counted", right=True),
    Column("on", "counted_on"),
    Column("received", "received", right=True),
    Column("out", "out", right=True),
    Column("on hand", "on_hand", right=True),
    Column("reserved", "reserved", right=True),
    Column("free", "free", right=True),
    Column("reorder at", "reorder_at", right=True),
    Column("short", "short", right=True),
    Column("sold", "sold", right=True),
]
_FOR_PROGRAMS = ("counted", "counted_on", "received", "out")


def _cells(level: Level, book: Book) -> tuple[object, ...]:
    item = book.catalog[level.item]
    stock = (level.counted, level.counted_on, level.received, level.out, level.on_hand, level.reserved, level.free)
    return (level.item, item.text, item.unit, *stock, level.reorder_at, level.short, level.sold)


def _without(table: Table, keys: Sequence[str]) -> Table:
    kept = [index for index, column in enumerate(table.columns) if column.key not in keys]
    return Table([table.columns[index] for index in kept], [[row[index] for index in kept] for row in table.rows])


def stock(
    ctx: typer.Context,
    as_of: Annotated[str | None, typer.Option(help="As of this day, counting only what is dated by then.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also what is not counted, by how much was sold.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """What is left of each product, set aside, and to reorder."""
    from facturar.rules.stock import stock_levels

    session = session_of(ctx)
    found = opened(session)
    on = day(as_of, "--as-of") if as_of else found.today
    levels = [level for level in stock_levels(found.book, on).values() if every or level.counted is not None]
    table = Table(_COLUMNS, [_cells(level, found.book) for level in levels])
    keys = [column.key for column in _COLUMNS]
    facts = {"as_of": on, "rows": [dict(zip(keys, row, strict=True)) for row in table.rows]}
    hidden = () if form is Format.csv else _FOR_PROGRAMS if every else (*_FOR_PROGRAMS, "sold")
    if levels or form is not Format.table:
        print_table(_without(table, hidden), form, customs_of(found.book), as_json=facts)
    else:
        say(f"Nothing in the catalogue was counted by {on}: write stock: {{counted: …, on: …}}.", quiet=session.quiet)
