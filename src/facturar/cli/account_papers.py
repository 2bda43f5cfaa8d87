"""What is written about a client's account: receipts of what was paid of an invoice, and statements of account."""

from __future__ import annotations

import os
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from facturar.cli.carry_out import carry_out
from facturar.cli.completion import client_ids, payable_numbers
from facturar.cli.output import Column, Format, FormatOption, Table, print_json, print_table, say
from facturar.cli.session import Opened, day, session_of
from facturar.cli.words import known
from facturar.documents.press import Press
from facturar.model.book import Book
from facturar.model.plain import plain
from facturar.model.receipt import Receipt, receipt_name
from facturar.model.statement import Statement
from facturar.plan.actions import Plan
from facturar.plan.receipts import is_for, plan_receipts_of
from facturar.plan.statements import plan_statements
from facturar.problems import UsageError
from facturar.rules.settlement import accounts
from facturar.rules.statements import Asked

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]
Commit = Annotated[bool, typer.Option("--commit", help="Commit what was written to git.")]


def _written(number: str, book: Book) -> list[Receipt]:
    return [receipt for receipt in book.receipts if is_for(receipt, number)]


def _client_of(number: str, book: Book) -> str:
    """Whose invoice or pro forma it is, on which something can be paid."""
    clients = {record.number: record.client for record in book.invoices if record.totals.payable > 0}
    clients |= {quote.number: quote.client for quote in book.quotes if quote.kind == "pro_forma"}
    if number in {record.number for record in book.invoices} - clients.keys():
        raise UsageError(f"nothing is to be paid on {number}", f"see facturar show {number}")
    return clients[known(number, clients, "invoice")]


def receipt(
    ctx: typer.Context,
    invoice: Annotated[
        str, typer.Argument(metavar="INVOICE", help="What was paid, by its number.", autocompletion=payable_numbers)
    ],
    commit: Commit = False,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
) -> None:
    """The receipts that are missing for what was paid of an invoice."""
    session, before = session_of(ctx), list[str]()

    def planned(found: Opened) -> Plan:
        client = _client_of(invoice, found.book)
        plan = plan_receipts_of(found.book, found.today, invoice, client)
        written = _written(invoice, found.book)
        if not (plan.actions or written):
            hint = f"once it is: facturar pay {client} AMOUNT --invoice {invoice}"
            raise UsageError(f"nothing was paid of {invoice} by {found.today}", hint)
        for each in written:
            name = receipt_name(each, found.book.settings.currency)
            before.append(f"written before: {name}, {each.amount} {each.currency} paid on {each.date}")
        return plan

    carry_out(session, planned, form, dry_run=dry_run, commit=commit)
    for line in before:
        say(line, quiet=session.quiet)


class Shows(StrEnum):
    """What a statement shows: what is open, or what happened."""

    open = "open"
    activity = "activity"


def statement(
    ctx: typer.Context,
    client: Annotated[
        str | None, typer.Argument(metavar="[CLIENT]", help="Whose account.", autocompletion=client_ids)
    ] = None,
    everyone: Annotated[bool, typer.Option("--all", help="Of every client with something open.")] = False,
    kind: Annotated[Shows, typer.Option(help="What is open, or all that moved the balance.")] = Shows.open,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Activity from this day; else that year's first.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="DATE", help="As of this day; else today.")] = None,
    language: Annotated[str | None, typer.Option(help="In this language; else the client's.")] = None,
    commit: Commit = False,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
) -> None:
    """A client's account: what is open, or all that happened."""
    if (client is None) != everyone:
        raise UsageError("say whose statement: CLIENT or --all", "for one client: facturar statement acme")

    def planned(found: Opened) -> Plan:
        asked = _asked(kind, since, until, language, found.today)
        if client is None:
            return plan_statements(found.book, found.today, _owing(found.book, asked.day), asked)
        plan = plan_statements(found.book, found.today, [known(client, found.book.clients, "client")], asked)
        if not plan.actions:
            raise _nothing_new(plan, client, asked)
        return plan

    carry_out(session_of(ctx), planned, form, dry_run=dry_run, commit=commit, looked_at=_look)


def _asked(kind: Shows, since: str | None, until: str | None, language: str | None, today: date) -> Asked:
    """What is wanted, from the words of the command line."""
    last = day(until, "--to") if until else today
    first = day(since, "--from") if since else last.replace(month=1, day=1)
    if last > today:
        raise UsageError(f"--to {last} is after today, {today}", "a statement says what happened; or use --today")
    if kind is Shows.open and since:
        raise UsageError("--from is for activity", "what is open is as of one day: --to; or add --kind activity")
    if first > last:
        raise UsageError(f"--from {first} is after {last}", "give the earlier day first")
    return Asked(kind.value, last, first if kind is Shows.activity else None, language)


def _owing(book: Book, on: date) -> list[str]:
    """The clients with something open on a day."""
    return list(dict.fromkeys(account.client for account in accounts(book, on).values() if account.open))


def _nothing_new(plan: Plan, client: str, asked: Asked) -> UsageError:
    for skip in plan.skipped:
        return UsageError(f"there is one already: {skip.reason}", f"see facturar show {skip.reason.split()[0]}")
    if asked.since:
        return UsageError(f"nothing happened with '{client}' by {asked.day}", "see facturar list invoices")
    hint = f"for what happened before: facturar statement {client} --kind activity"
    return UsageError(f"nothing is open with '{client}' on {asked.day}, and there is no credit", hint)


_ITEMS = [
    Column(key.capitalize().replace("_", " "), key)
    for key in ("client", "currency", "number", "issued", "due", "days_late", "open")
]
_MOVEMENTS = [
    Column(key.capitalize().replace("_", " "), key)
    for key in ("client", "currency", "date", "kind", "document", "reference", "amount", "balance")
]


def _table(statements: list[Statement]) -> Table:
    """The rows of statements of one kind, for programs."""
    if any(each.kind == "activity" for each in statements):
        rows = [
            (each.client, each.currency, m.date, m.kind, m.document, m.reference, m.amount, m.balance)
            for each in statements
            for m in each.movements
        ]
        return Table(_MOVEMENTS, rows)
    open_ = [
        (each.client, each.currency, item.number, item.issued, item.due, item.days_late, item.open)
        for each in statements
        for item in each.items
    ]
    return Table(_ITEMS, open_)


def _look(plan: Plan, form: Format, press: Press) -> None:
    """The statements that a plan would write, as they read or as data."""
    found = [record for record in plan.records if isinstance(record, Statement)]
    if form is Format.json:
        print_json([plain(each) for each in found])
    elif form is Format.csv:
        print_table(_table(found), form)
    elif form is Format.md:
        sys.stdout.write("\n".join(press.markdown(each) for each in found))
    else:
        from rich.console import Console

        from facturar.documents.terminal import WIDTH

        console = Console(no_color=bool(os.environ.get("NO_COLOR")), width=WIDTH)
        for each in found:
            console.print(press.preview(press.markdown(each)))
