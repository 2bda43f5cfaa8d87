"""The aging table on the screen, by client or by invoice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from facturar.cli.output import Column, Format, Table, customs_of, print_table, say
from facturar.model.book import Book
from facturar.views.aging import Aging, AgingRow, aging, open_items


class By(StrEnum):
    """What a row of the aging table is."""

    client = "client"
    invoice = "invoice"


def _facts(row: AgingRow) -> dict[str, object]:
    return {
        "client": row.client,
        "currency": row.currency,
        "buckets": dict(row.buckets),
        "credit": row.credit,
        "balance": row.balance,
        **({"note": row.note} if row.note else {}),
    }


def aging_facts(table: Aging) -> dict[str, object]:
    """The aging as `--format json` gives it."""
    totals = [{key: value for key, value in _facts(row).items() if key != "client"} for row in table.totals]
    return {
        "as_of": table.as_of,
        "buckets": table.buckets,
        "rows": [_facts(row) for row in table.rows],
        "totals": totals,
    }


def _blank(amount: Decimal) -> Decimal | None:
    return amount or None


def _cells(row: AgingRow, table: Aging, form: Format) -> tuple[object, ...]:
    amounts = (*(row.buckets[name] for name in table.buckets), row.credit)
    shown = amounts if form is Format.csv else tuple(map(_blank, amounts))
    return (row.client or "total", row.currency, *shown, row.balance, row.note or None)


def _by_client(table: Aging, form: Format) -> Table:
    columns = [
        Column("Client", "client", whole=True),
        Column("", "currency"),
        *(Column(name, name, right=True) for name in table.buckets),
        Column("credit", "credit", right=True),
        Column("balance", "balance", right=True),
        Column("", "note"),
    ]
    rows = [_cells(row, table, form) for row in table.rows]
    return Table(columns, rows, [_cells(row, table, form) for row in table.totals])


def _by_invoice(book: Book, day: date) -> tuple[Table, dict[str, object]]:
    columns = [
        Column("Invoice", "number"),
        Column("Client", "client", whole=True),
        Column("", "currency"),
        Column("issued", "issued"),
        Column("due", "due"),
        Column("days late", "days_late", right=True),
        Column("bucket", "bucket"),
        Column("open", "open", right=True),
        Column("", "note"),
    ]
    items = open_items(book, day)
    rows = [
        (i.number, i.client, i.currency, i.issued, i.due, i.days_late, i.bucket, i.open, i.note or None) for i in items
    ]
    keys = [column.key for column in columns]
    facts = [dict(zip(keys, row, strict=True)) for row in rows]
    totals = aging_facts(aging(book, day))
    return Table(columns, rows), {**totals, "rows": facts}


def print_aging(book: Book, day: date, by: By, form: Format, *, quiet: bool) -> None:
    """The aging as of a day on stdout."""
    customs = customs_of(book)
    if by is By.invoice:
        table, facts = _by_invoice(book, day)
        print_table(table, form, customs, as_json=facts)
        return
    found = aging(book, day)
    print_table(_by_client(found, form), form, customs, as_json=aging_facts(found))
    if not found.rows:
        say(f"Nobody owes anything on {day}.", quiet=quiet)
