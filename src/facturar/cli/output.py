"""What a command prints: data to stdout as table, json, csv or md; all else to stderr."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from facturar.model.book import Book

_RICH_UP_TO = 200  # a rich table of thousands of rows takes seconds
_EDGES = 2  # what rich leaves free on both sides of a table
_NAME = 12  # a name may be broken down to so many characters, which leaves numbers of invoices and dates whole
_NUMBERS = {"es": (".", ","), "en": (",", ".")}


class Format(StrEnum):
    """How data is printed."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print the data.")]


@dataclass(frozen=True)
class Column:
    """A column: its head for people, its key for programs, whether it holds amounts, whether it may break.

    One that is `optional` is left out for people when it is empty throughout, though it holds amounts.
    """

    head: str
    key: str
    right: bool = False
    whole: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of values under columns; Decimals are amounts. `totals` stand under a rule."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    totals: Sequence[Sequence[Any]] = ()
    title: str = ""


def text_of(value: object) -> str:
    """A value for programs: decimals with a dot, ISO dates, nothing for None."""
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


@dataclass(frozen=True)
class Customs:
    """How a book's people write: their numbers, and the currency that goes without saying."""

    language: str = "en"
    currency: str = ""


_PLAIN = Customs()


def customs_of(book: Book) -> Customs:
    """The customs of a book."""
    return Customs(book.settings.language, book.settings.currency)


def figure_of(amount: Decimal, language: str) -> str:
    """An amount in the book's way of writing numbers."""
    thousands, point = _NUMBERS.get(language, (",", "."))
    return f"{amount:,f}".translate({ord(","): thousands, ord("."): point})


def _shown(value: object, language: str) -> str:
    """A value for people: amounts in the book's way of writing numbers."""
    return figure_of(value, language) if isinstance(value, Decimal) else text_of(value)


def plain_json(value: object) -> Any:
    """A value as JSON has it: decimals and dates as text."""
    match value:
        case Decimal() | date():
            return text_of(value)
        case dict():
            return {str(key): plain_json(item) for key, item in value.items()}
        case list() | tuple():
            return [plain_json(item) for item in value]
        case _:
            return value


def print_json(value: object) -> None:
    """A value as JSON on stdout."""
    sys.stdout.write(json.dumps(plain_json(value), ensure_ascii=False, indent=2) + "\n")


def print_table(table: Table, form: Format, customs: Customs = _PLAIN, as_json: object = None) -> None:
    """A table on stdout; `as_json` is what --format json prints when that is not simply its rows."""
    match form:
        case Format.json:
            print_json(_as_rows(table) if as_json is None else as_json)
        case Format.csv:
            _as_csv(table)
        case Format.md:
            _as_markdown(for_people(table, customs), customs.language)
        case Format.table:
            _as_table(for_people(table, customs), customs.language)


def for_people(table: Table, customs: Customs) -> Table:
    """The table without columns that say nothing: empty texts, a currency that is the book's throughout."""
    rows = [*table.rows, *table.totals]

    def says_something(index: int) -> bool:
        values = {row[index] for row in rows}
        column = table.columns[index]
        silent = {None, ""} | ({customs.currency} if column.key.endswith("currency") else set())
        return not rows or (column.right and not column.optional) or bool(values - silent)

    keep = [index for index in range(len(table.columns)) if says_something(index)]
    return Table(
        [table.columns[index] for index in keep],
        [[row[index] for index in keep] for row in table.rows],
        [[row[index] for index in keep] for row in table.totals],
        table.title,
    )


def _as_rows(table: Table) -> list[dict[str, object]]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def _as_csv(table: Table) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([column.key for column in table.columns])
    writer.writerows([[text_of(value) for value in row] for row in table.rows])


def _as_markdown(table: Table, language: str) -> None:
    rows = [[_shown(value, language).replace("|", "\\|") for value in row] for row in (*table.rows, *table.totals)]
    heads = [column.head for column in table.columns]
    rule = ["---:" if column.right else "---" for column in table.columns]
    if table.title:
        sys.stdout.write(f"**{table.title}**\n\n")
    for cells in (heads, rule, *rows):
        sys.stdout.write(f"| {' | '.join(cells)} |\n")


def _as_table(table: Table, language: str) -> None:
    rows = [[_shown(value, language) for value in row] for row in table.rows]
    totals = [[_shown(value, language) for value in row] for row in table.totals]
    if sys.stdout.isatty() and len(rows) <= _RICH_UP_TO:
        _as_rich(table, rows, totals)
    else:
        _as_plain(table, rows, totals)


def _as_plain(table: Table, rows: list[list[str]], totals: list[list[str]]) -> None:
    heads = [column.head for column in table.columns]
    widths = [max(len(cells[i]) for cells in (heads, *rows, *totals)) for i in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        aligned = (
            cell.rjust(width) if column.right else cell.ljust(width)
            for cell, width, column in zip(cells, widths, table.columns, strict=True)
        )
        return "  ".join(aligned).rstrip() + "\n"

    if table.title:
        sys.stdout.write(f"{table.title}\n")
    sys.stdout.write(line(heads))
    sys.stdout.write(line(["-" * width for width in widths]))
    sys.stdout.writelines(map(line, rows))
    if totals:
        sys.stdout.write(line(["-" * width for width in widths]))
        sys.stdout.writelines(map(line, totals))


def _least(column: Column, cells: Sequence[str]) -> int:
    """The width below which a column would break a word of its head, a word of a text, or an amount."""
    parts = cells if column.right or column.whole else [word for cell in cells for word in cell.split()]
    return max(map(len, (*column.head.split(), *parts)), default=0)


def _shrunk(widths: list[int], least: Sequence[int], room: int) -> list[int]:
    """The widths after the widest give way, none below its least."""
    while sum(widths) > room:
        over = [index for index, width in enumerate(widths) if width > least[index]]
        if not over:
            break
        widths[max(over, key=lambda index: widths[index])] -= 1
    return widths


def _layout(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> tuple[list[int], int]:
    """The widths of the columns and the gap between them on a terminal so wide: nothing is left out.

    First the gap gives way, then texts and heads are broken between words, at last long names anywhere; never amounts
    and dates.
    """
    cells = [[row[index] for row in rows] for index in range(len(columns))]
    widths = [max(map(len, (column.head, *own))) for column, own in zip(columns, cells, strict=True)]
    least = [_least(column, own) for column, own in zip(columns, cells, strict=True)]
    narrow = [width if column.right else min(width, _NAME) for column, width in zip(columns, least, strict=True)]
    last = len(columns) - 1
    for gap, floor in ((3, widths), (2, widths), (2, least), (1, least)):
        left = room - gap * last - _EDGES
        if sum(floor) <= left:
            return _shrunk(widths, floor, left), gap
    return _shrunk(least, narrow, room - last - _EDGES), 1


def _folded(text: str, width: int) -> str:
    """The text with a name that is too long for its column broken after a hyphen, where it has one.

    >>> _folded("cerveceria-brisa", 12).split(), _folded("done on 2026-11-20", 12)
    (['cerveceria-', 'brisa'], 'done on 2026-11-20')
    """
    words = text.split(" ")
    return " ".join("\n".join(wrap(word, width)) if len(word) > width else word for word in words)


def _as_rich(table: Table, rows: list[list[str]], totals: list[list[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    console = Console(no_color=bool(os.environ.get("NO_COLOR")))
    widths, gap = _layout(table.columns, [*rows, *totals], console.width)
    console.width = max(console.width, sum(widths) + gap * (len(widths) - 1) + _EDGES)
    shown = RichTable(
        box=SIMPLE_HEAD,
        title=table.title or None,
        title_justify="left",
        title_style="bold",
        padding=(0, gap // 2, 0, (gap - 1) // 2),
        pad_edge=False,
    )
    for column, width in zip(table.columns, widths, strict=True):
        shown.add_column(column.head, justify="right" if column.right else "left", width=width, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(_folded(cell, width)) for cell, width in zip(row, widths, strict=True)))
    if totals:
        shown.add_section()
    for row in totals:
        shown.add_row(*(Text(cell, style="bold") for cell in row))
    console.print(shown)


def say(text: str, *, quiet: bool = False) -> None:
    """A line for the person, on stderr."""
    if not quiet:
        sys.stderr.write(text + "\n")
