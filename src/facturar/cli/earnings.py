"""What is earned, on the screen: the margin of jobs, clients and products."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from facturar.cli.completion import client_ids
from facturar.cli.output import Column, Format, FormatOption, Table, customs_of, print_table, say
from facturar.cli.session import Opened, day, opened, session_of
from facturar.cli.words import known
from facturar.model.book import Book
from facturar.problems import UsageError
from facturar.views.margin import Margin, Margins


class JobsView(StrEnum):
    """What of the jobs is shown."""

    margin = "margin"


class By(StrEnum):
    """What a row is of."""

    job = "job"
    client = "client"
    item = "item"


_MONEY = {
    "hours": Column("hours", "hours", right=True),
    "labour": Column("labour", "labour", right=True),
    "expenses": Column("expenses", "expenses", right=True),
    "quantity": Column("sold", "quantity", right=True),
    "goods": Column("goods", "goods", right=True),
    "billed": Column("billed", "billed", right=True),
    "paid": Column("paid", "paid", right=True),
    "margin": Column("margin", "margin", right=True),
    "percent": Column("%", "percent", right=True),
    "hourly": Column("an hour", "hourly", right=True),
}
_OF_WORK = ("hours", "labour", "expenses", "goods", "billed", "paid", "margin", "percent", "hourly")
_OF_ITEMS = ("quantity", "billed", "paid", "goods", "margin", "percent")
_NAMES = {
    By.job: (Column("Job", "job", whole=True), Column("Title", "title"), Column("Client", "client")),
    By.client: (Column("Client", "client", whole=True),),
    By.item: (Column("Item", "item", whole=True), Column("Text", "text"), Column("Unit", "unit")),
}
_FOR_PROGRAMS = {By.job: ("title", "client"), By.client: (), By.item: ("unit",)}
_ONLY_IF_ANY = ("hours", "labour", "expenses", "goods", "hourly")


def _names(row: Margin, by: By, book: Book) -> tuple[str | None, ...]:
    match by:
        case By.job:
            job = book.jobs.get(row.name)
            return (row.name, job.title if job else None, job.client if job else None)
        case By.client:
            return (row.name,)
        case By.item:
            item = book.catalog.get(row.name)
            return (row.name, item.text if item else None, item.unit if item else None)


def _keys(by: By) -> tuple[str, ...]:
    return _OF_ITEMS if by is By.item else _OF_WORK


def _total_of(total: Margin, key: str) -> Any:
    return None if key == "quantity" else getattr(total, key)


def _full(found: Margins, by: By, book: Book) -> Table:
    columns = [*_NAMES[by], Column("", "currency"), *(_MONEY[key] for key in _keys(by))]
    rows = [(*_names(row, by, book), row.currency, *(getattr(row, key) for key in _keys(by))) for row in found.rows]
    blank = (None,) * (len(_NAMES[by]) - 1)
    totals = [("total", *blank, row.currency, *(_total_of(row, key) for key in _keys(by))) for row in found.totals]
    return Table(columns, rows, totals)


def _for_people(table: Table, by: By) -> Table:
    """Without what is for programs, and without columns of nothing; what is nothing is left blank."""

    def tells(index: int, column: Column) -> bool:
        return column.key not in _FOR_PROGRAMS[by] and (
            column.key not in _ONLY_IF_ANY or any(row[index] for row in table.rows)
        )

    kept = [index for index, column in enumerate(table.columns) if tells(index, column)]

    def cells(row: Sequence[Any]) -> list[Any]:
        return [row[i] or None if table.columns[i].key in _ONLY_IF_ANY else row[i] for i in kept]

    return Table([table.columns[i] for i in kept], [*map(cells, table.rows)], [*map(cells, table.totals)])


def _facts(table: Table, found: Margins, by: By) -> dict[str, object]:
    keys = [column.key for column in table.columns]
    names = {"quantity", *(column.key for column in _NAMES[by])}
    totals = [dict(zip(keys, row, strict=True)) for row in table.totals]
    return {
        "by": by.value,
        "since": None if found.since == date.min else found.since,
        "until": found.until,
        "rows": [dict(zip(keys, row, strict=True)) for row in table.rows],
        "totals": [{key: value for key, value in total.items() if key not in names} for total in totals],
    }


def _print(found: Margins, by: By, book: Book, form: Format) -> None:
    table = _full(found, by, book)
    shown = table if form is Format.csv else _for_people(table, by)
    print_table(shown, form, customs_of(book), as_json=_facts(table, found, by))


def _hints(found: Margins, by: By) -> list[str]:
    """What would have to be written for a whole answer."""
    rates = [
        f"{currency} has no rate on some days, so no margin: write it in rates.yaml." for currency in found.unconverted
    ]
    if found.uncosted and by is not By.item:
        return [
            "What an hour costs is not known, so margins leave hours out: write hour_cost: in facturar.yaml.",
            *rates,
        ]
    return rates


def _margins(found: Opened, by: By, client: str | None, since: str | None, until: str | None) -> Margins:
    from facturar.views.costing import Scope
    from facturar.views.margin import margins

    if client is not None:
        known(client, found.book.clients, "client")
    first = day(since, "--since") if since else date.min
    last = day(until, "--until") if until else found.today
    if first > last:
        raise UsageError(f"--since {first} is after --until {last}", "swap the dates")
    return margins(found.book, Scope(first, last, client), by.value)


def jobs(
    ctx: typer.Context,
    what: Annotated[JobsView, typer.Argument(help="margin: what was billed less what it cost.")],
    by: Annotated[By, typer.Option(help="A row for each job, client, or item of the catalogue.")] = By.job,
    client: Annotated[str | None, typer.Option(help="Only of this client.", autocompletion=client_ids)] = None,
    since: Annotated[str | None, typer.Option(help="Only from this day on.")] = None,
    until: Annotated[str | None, typer.Option(help="Only up to this day; else up to today.")] = None,
    form: FormatOption = Format.table,
) -> None:
    """What jobs, clients or products earned, by the hour: jobs margin."""
    session = session_of(ctx)
    found = opened(session)
    match what:
        case JobsView.margin:
            told = _margins(found, by, client, since, until)
    if told.rows or form is not Format.table:
        _print(told, by, found.book, form)
    else:
        nothing = "No item was sold" if by is By.item else "Nothing was billed, worked or spent"
        say(f"{nothing} {f'from {since} ' if since else ''}up to {told.until}.", quiet=session.quiet)
    for hint in _hints(told, by):
        say(hint, quiet=session.quiet)
