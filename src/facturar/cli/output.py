"""What a command prints: data to stdout as table, json, csv or md; all else to stderr."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from facturar.cli.cells import aligned, cells, printable

if TYPE_CHECKING:
    from facturar.model.book import Book

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
    """A value for people, in one line: amounts in the book's way of writing numbers."""
    return figure_of(value, language) if isinstance(value, Decimal) else " ".join(text_of(value).splitlines())


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
    for row in (heads, rule, *rows):
        sys.stdout.write(f"| {' | '.join(row)} |\n")


def _as_table(table: Table, language: str) -> None:
    rows = [[printable(_shown(value, language)) for value in row] for row in table.rows]
    totals = [[printable(_shown(value, language)) for value in row] for row in table.totals]
    if sys.stdout.isatty():
        _on_screen(table, rows, totals)
    else:
        _as_plain(table, rows, totals)


def _as_plain(table: Table, rows: list[list[str]], totals: list[list[str]]) -> None:
    heads = [column.head for column in table.columns]
    widths = [max(cells(row[i]) for row in (heads, *rows, *totals)) for i in range(len(heads))]

    def line(row: Sequence[str]) -> str:
        shown = (
            aligned(text, width, right=column.right)
            for text, width, column in zip(row, widths, table.columns, strict=True)
        )
        return "  ".join(shown).rstrip() + "\n"

    if table.title:
        sys.stdout.write(f"{table.title}\n")
    sys.stdout.write(line(heads))
    sys.stdout.write(line(["-" * width for width in widths]))
    sys.stdout.writelines(map(line, rows))
    if totals:
        sys.stdout.write(line(["-" * width for width in widths]))
        sys.stdout.writelines(map(line, totals))


def _on_screen(table: Table, rows: list[list[str]], totals: list[list[str]]) -> None:
    from facturar.cli.screen_table import screen_lines

    above, beneath, under = screen_lines(table.columns, rows, totals, shutil.get_terminal_size().columns)
    bold, plain = ("", "") if os.environ.get("TERM") == "dumb" else ("\x1b[1m", "\x1b[0m")
    for line in ([table.title] if table.title else []) + above[:-1]:
        sys.stdout.write(f"{bold}{line}{plain}\n")
    sys.stdout.writelines(f"{line}\n" for line in [*above[-1:], *beneath, *under[:1]])
    sys.stdout.writelines(f"{bold}{line}{plain}\n" for line in under[1:])


def say(text: str, *, quiet: bool = False) -> None:
    """A line for the person, on stderr."""
    if not quiet:
        sys.stderr.write(text + "\n")
