"""Clients on hold, at the command line: new work is refused until asked for twice, invoices are only warned of."""

from __future__ import annotations

from typing import Annotated

import typer

from facturar.cli.output import say
from facturar.cli.session import Opened
from facturar.plan.actions import Plan
from facturar.plan.holds import holds_today, to_bill
from facturar.problems import UsageError
from facturar.rules.credit import Hold, holds

DespiteHold = Annotated[bool, typer.Option("--despite-hold", help="Though the client is on hold.")]


def _told(hold: Hold) -> str:
    told = f"{hold.client} is on hold: {hold.reason}"
    if hold.uncounted:
        told += f" ({' and '.join(hold.uncounted)} not counted, for want of a rate in rates.yaml)"
    return told


def new_work(client: str, found: Opened, *, despite: bool, quiet: bool) -> None:
    """Raise UsageError when a client is on hold; with `despite` only say so."""
    hold = holds_today(found.book, found.today).get(client)
    if hold is None:
        return
    if not despite:
        pay = f"new work waits until {hold.to_pay} {hold.currency} are paid"
        ask = f"ask for it with facturar letter hold {client}"
        raise UsageError(_told(hold), f"{pay}: {ask}; to go on all the same, add --despite-hold")
    say(f"warning: {_told(hold)}", quiet=quiet)


def warn_of_holds(plan: Plan, found: Opened, *, quiet: bool) -> None:
    """Say which of the clients that are billed are on hold. What was done is billed all the same."""
    billed = {action.client for action in plan.actions if action.kind == "invoice"}
    for client, hold in holds(found.book, found.today, to_bill(plan)).items():
        if client in billed:
            say(f"warning: {_told(hold)}", quiet=quiet)
