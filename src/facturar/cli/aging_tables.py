"""The aging table on the screen, by client or by invoice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from facturar.cli.output import Column, Format, Table, customs_of, print_table, say
from facturar.model.book import Book
from facturar.rules.exchange import rates_of
from facturar.views.aging import Aging, AgingRow, OpenItem, aging, open_items
from facturar.views.one_currency import aging_in, open_items_in


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


def _in_one(table: Aging) -> dict[str, object]:
    """Of a table in one currency: which, and the rates used."""
    if table.currency is None:
        return {}
    rates = [{"currency": rate.currency, "date": rate.date, "rate": rate.rate} for rate in table.rates]
    return {"in": table.currency, "rates": rates}


def aging_facts(table: Aging) -> dict[str, object]:
    """The aging as `--format json` gives it."""
    totals = [{key: value for key, value in _facts(row).items() if key != "client"} for row in table.totals]
    return {
        "as_of": table.as_of,
        **_in_one(table),
        "buckets": table.buckets,
        "rows": [_facts(row) for row in table.rows],
        "totals": totals,
    }


def _title(table: Aging) -> str:
    return f"In {table.currency} at the rates of {table.as_of}" if table.currency else ""


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
        Column("credit", "credit", right=True, optional=True),
        Column("balance", "balance", right=True),
        Column("", "note"),
    ]
    rows = [_cells(row, table, form) for row in table.rows]
    return Table(columns, rows, [_cells(row, table, form) for row in table.totals], _title(table))


def _by_invoice(table: Aging, items: Iterable[OpenItem]) -> tuple[Table, dict[str, object]]:
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
    rows = [
        (i.number, i.client, i.currency, i.issued, i.due, i.days_late, i.bucket, i.open, i.note or None) for i in items
    ]
    keys = [column.key for column in columns]
    facts = [dict(zip(keys, row, strict=True)) for row in rows]
    return Table(columns, rows, title=_title(table)), {**aging_facts(table), "rows": facts}


def _say_rates(table: Aging, home: str) -> None:
    for rate in table.rates:
        say(f"1 {rate.currency} = {rate.rate:f} {home}, the rate of {rate.date}")


def print_aging(book: Book, day: date, by: By, form: Format, *, currency: str | None = None, quiet: bool) -> None:
    """The aging as of a day on stdout, in one currency if one is given."""
    customs, rates = customs_of(book), rates_of(book)
    found = aging_in(aging(book, day), currency, rates) if currency else aging(book, day)
    if by is By.invoice:
        items = open_items(book, day)
        table, facts = _by_invoice(found, open_items_in(items, currency, day, rates) if currency else items)
        print_table(table, form, customs, as_json=facts)
    else:
        print_table(_by_client(found, form), form, customs, as_json=aging_facts(found))
        if not found.rows:
            say(f"Nobody owes anything on {day}.", quiet=quiet)
    if not quiet:
        _say_rates(found, book.settings.currency)
