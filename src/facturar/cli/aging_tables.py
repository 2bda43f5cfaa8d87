"""The aging table on the screen and as data, by client, by job or by invoice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from facturar.cli.charts import print_chart
from facturar.cli.output import Column, Format, Table, customs_of, print_table, say
from facturar.model.book import Book
from facturar.rules.aging import Ages
from facturar.rules.exchange import rates_of
from facturar.views.aging import Aging, AgingRow, OpenItem, aging, open_items
from facturar.views.aging_by_job import aging_by_job
from facturar.views.one_currency import aging_in, open_items_in

if TYPE_CHECKING:
    from facturar.store.history import Commit


class By(StrEnum):
    """What a row of the aging table is."""

    client = "client"
    job = "job"
    invoice = "invoice"


@dataclass(frozen=True)
class Asked:
    """What was asked of the aging table; `known` is the commit of git that the book is of."""

    day: date
    by: By
    ages: Ages
    currency: str | None = None
    known: Commit | None = None


@dataclass(frozen=True)
class Found:
    """The table that was asked for, and the open items behind it."""

    table: Aging
    items: Sequence[OpenItem]
    asked: Asked


def found_in(book: Book, asked: Asked) -> Found:
    """The aging of a book. Raises UsageError when a rate is lacking that its one currency needs."""
    make = aging_by_job if asked.by is By.job else aging
    table, items = make(book, asked.day, asked.ages), open_items(book, asked.day, asked.ages)
    if asked.currency:
        rates = rates_of(book)
        items = open_items_in(items, asked.currency, asked.day, rates)
        table = aging_in(table, asked.currency, rates)
    return Found(table, items, asked)


def _facts(row: AgingRow, book: Book, by: By) -> dict[str, object]:
    job = book.jobs.get(row.job or "")
    return {
        **({"job": row.job, "title": job.title if job else None} if by is By.job else {}),
        "client": row.client,
        "currency": row.currency,
        "buckets": dict(row.buckets),
        "credit": row.credit,
        "balance": row.balance,
        **({"note": row.note} if row.note else {}),
    }


def _how(found: Found) -> dict[str, object]:
    """What a table has that is not the usual one: its basis, its commit, its one currency and the rates used."""
    table, known = found.table, found.asked.known
    rates = [{"currency": rate.currency, "date": rate.date, "rate": rate.rate} for rate in table.rates]
    return {
        **({"basis": table.basis} if table.basis != "due" else {}),
        **({"known_at": known.hash} if known else {}),
        **({"in": table.currency, "rates": rates} if table.currency else {}),
    }


_ITEM = ("number", "client", "currency", "issued", "due", "days_late", "bucket", "open", "note")


def _cells_of(item: OpenItem) -> tuple[object, ...]:
    facts = {**vars(item), "note": item.note or None}
    return tuple(facts[key] for key in _ITEM)


def aging_facts(found: Found, book: Book) -> dict[str, object]:
    """The aging as `--format json` gives it."""
    table, by = found.table, found.asked.by
    items = [dict(zip(_ITEM, _cells_of(item), strict=True)) for item in found.items]
    totals = [_facts(row, book, By.client) for row in table.totals]
    return {
        "as_of": table.as_of,
        **_how(found),
        "buckets": table.buckets,
        "rows": items if by is By.invoice else [_facts(row, book, by) for row in table.rows],
        "totals": [{key: value for key, value in total.items() if key != "client"} for total in totals],
    }


def _title(found: Found) -> str:
    """What has to stand above a table that is not the usual one."""
    table, known = found.table, found.asked.known
    parts = [
        "by issue date" if table.basis == "issued" else "",
        f"in {table.currency} at the rates of {table.as_of}" if table.currency else "",
        f"as git knew it at {known}" if known else "",
    ]
    text = ", ".join(filter(None, parts))
    return text[:1].upper() + text[1:]


def _labelled(columns: list[Column], rows: list[tuple[object, ...]], found: Found, form: Format) -> Table:
    """The table; as CSV, which has no title, with a column for each thing that the title would say."""
    how = {key: value for key, value in _how(found).items() if key in ("basis", "known_at")}
    if form is not Format.csv or not how:
        return Table(columns, rows, title=_title(found))
    more, cells = [Column(key, key) for key in how], tuple(how.values())
    return Table([*columns, *more], [(*row, *cells) for row in rows])


def _cells(row: AgingRow, found: Found, form: Format) -> tuple[object, ...]:
    amounts = (*(row.buckets[name] for name in found.table.buckets), row.credit)
    shown = amounts if form is Format.csv else tuple(amount or None for amount in amounts)
    names: tuple[str | None, ...] = (row.job, row.client) if found.asked.by is By.job else (row.client,)
    if not row.client:
        names = ("total", *(None for _ in names[1:]))
    return (*names, row.currency, *shown, row.balance, row.note or None)


def _by_row(found: Found, form: Format) -> Table:
    columns = [
        *([Column("Job", "job")] if found.asked.by is By.job else []),
        Column("Client", "client", whole=True),
        Column("", "currency"),
        *(Column(name, name, right=True) for name in found.table.buckets),
        Column("credit", "credit", right=True, optional=True),
        Column("balance", "balance", right=True),
        Column("", "note"),
    ]
    table = _labelled(columns, [_cells(row, found, form) for row in found.table.rows], found, form)
    return Table(table.columns, table.rows, [_cells(row, found, form) for row in found.table.totals], table.title)


def _by_invoice(found: Found, form: Format) -> Table:
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
    return _labelled(columns, [_cells_of(item) for item in found.items], found, form)


def _charts(found: Found, book: Book) -> None:
    totals = found.table.totals
    for total in totals:
        rows: list[tuple[str, Decimal]] = list(total.buckets.items())
        print_chart(total.currency if len(totals) > 1 else "", rows, customs_of(book))


def print_aging(book: Book, asked: Asked, form: Format, *, quiet: bool) -> None:
    """The aging that was asked for on stdout; on a terminal with its bars."""
    found = found_in(book, asked)
    table = _by_invoice(found, form) if asked.by is By.invoice else _by_row(found, form)
    print_table(table, form, customs_of(book), as_json=aging_facts(found, book))
    if form is Format.table:
        _charts(found, book)
    if not found.table.rows:
        say(f"Nobody owes anything on {asked.day}.", quiet=quiet)
    for rate in found.table.rates:
        say(f"1 {rate.currency} = {rate.rate:f} {book.settings.currency}, the rate of {rate.date}", quiet=quiet)
