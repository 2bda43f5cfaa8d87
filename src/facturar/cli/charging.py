"""What paying late costs a client: charge, which issues a debit note for interest and costs."""

from __future__ import annotations

from typing import Annotated

import typer

from facturar.cli.carry_out import carry_out
from facturar.cli.completion import client_ids, invoice_numbers
from facturar.cli.output import Format, FormatOption
from facturar.cli.session import Opened, day, session_of
from facturar.cli.words import known
from facturar.plan.actions import Plan
from facturar.plan.charges import plan_charge
from facturar.problems import UsageError


def charge(
    ctx: typer.Context,
    client: Annotated[str, typer.Argument(help="The client's id.", autocompletion=client_ids)],
    invoice: Annotated[
        list[str] | None,
        typer.Option(
            help="Only what paying this one late costs, whether a letter claimed it or not; may be repeated.",
            autocompletion=invoice_numbers,
        ),
    ] = None,
    due: Annotated[
        str | None, typer.Option(help="The day by which it is to be paid; else that of the letters, or on receipt.")
    ] = None,
    commit: Annotated[bool, typer.Option("--commit", help="Commit what was written to git.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """A debit note for the interest and costs that letters claimed."""
    until = day(due, "--due") if due else None

    def planned(found: Opened) -> Plan:
        known(client, found.book.clients, "client")
        numbers = {record.number for record in found.book.invoices}
        named = [known(number, numbers, "invoice") for number in dict.fromkeys(invoice or ())]
        if until and until < found.today:
            raise UsageError(f"--due {until} is before today, {found.today}", "a debt falls due on its day or later")
        return plan_charge(found.book, found.today, client, named, due=until)

    carry_out(session_of(ctx), planned, form, dry_run=dry_run, commit=commit)
