"""What is done every day, from pay to resolve: each adds lines to your YAML and changes nothing else in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import typer

from facturar.cli.additions import Addition, add
from facturar.cli.completion import client_ids, invoice_numbers, job_ids, payable_numbers
from facturar.cli.holds import DespiteHold, new_work
from facturar.cli.output import say
from facturar.cli.session import Opened, Session, day, opened_to_write, session_of
from facturar.cli.words import amount_of, hours_of, known, money_of, promise_of, split_of
from facturar.model.agreement import Completion, Delivery, Milestones, Prepaid
from facturar.model.job import Job
from facturar.model.plain import Facts
from facturar.problems import KeyPath, UsageError, did_you_mean

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be added, and write nothing.")]
On = Annotated[str | None, typer.Option("--date", help="The day it happened; else today.")]
Client = Annotated[str, typer.Argument(help="The client's id.", autocompletion=client_ids)]
JobId = Annotated[str, typer.Argument(metavar="JOB", help="The job's id.", autocompletion=job_ids)]
Number = Annotated[str, typer.Argument(metavar="INVOICE", help="The invoice's number.", autocompletion=invoice_numbers)]


def present(**facts: Facts | None) -> dict[str, Facts]:
    """The entry without what was not given, in the order of the keys."""
    return {key: value for key, value in facts.items() if value is not None}


def pay(
    ctx: typer.Context,
    client: Client,
    amount: Annotated[str, typer.Argument(help="The amount: 1717.20.")],
    date: On = None,
    invoice: Annotated[
        list[str] | None,
        typer.Option(
            help="The invoice or pro forma it pays; more than one as NUMBER=AMOUNT. Without: oldest due first.",
            autocompletion=payable_numbers,
        ),
    ] = None,
    kind: Annotated[str, typer.Option(help="payment, refund or write_off.")] = "payment",
    currency: Annotated[str | None, typer.Option(help="Its currency, if not the invoice's or the client's.")] = None,
    received: Annotated[str | None, typer.Option(help="What came in, in another currency: '455.10 EUR'.")] = None,
    method: Annotated[str | None, typer.Option(help="How it came: transfer, card, cash …")] = None,
    reference: Annotated[str | None, typer.Option(help="The bank's reference.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Record a payment, a refund or a write-off."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        numbers = split_of(invoice or [])
        asked = [quote.number for quote in found.book.quotes if quote.kind == "pro_forma"]
        for number in numbers:
            known(number, [*(i.number for i in found.book.invoices), *asked], "invoice")
        one = next(iter(numbers)) if len(numbers) == 1 and None in numbers.values() else None
        parts: dict[str, Facts] = {number: part for number, part in numbers.items() if part is not None}
        on = day(date, "--date") if date else found.today
        entry = present(
            date=on,
            client=known(client, found.book.clients, "client"),
            amount=amount_of(amount),
            kind=None if kind == "payment" else kind,
            currency=currency,
            received=money_of(received),
            invoice=one,
            invoices=parts or None,
            method=method,
            reference=reference,
        )
        add(found, Addition.to_list("payments", entry), session, dry_run=dry_run)
        if any(_what_counts(entry) == _what_counts(payment.model_dump()) for payment in found.book.payments):
            say("warning: the same payment is there already", quiet=session.quiet)
        _say_if_to_come(on, found, session)


def _what_counts(payment: Mapping[str, object]) -> tuple[object, ...]:
    """What tells a payment from another, apart from how it came."""
    facts = [payment.get(key) for key in ("date", "client", "amount", "invoice", "invoices")]
    return (*facts, payment.get("kind") or "payment")


def _say_if_to_come(on: date, found: Opened, session: Session) -> None:
    if on > found.today:
        say(f"{on} is after today, {found.today}: it counts from that day on", quiet=session.quiet)


def log(
    ctx: typer.Context,
    job: JobId,
    hours: Annotated[str, typer.Argument(help="How long: 3.5, 1:30 or 90m.")],
    note: Annotated[str, typer.Argument(help="What you did, as the client will read it.")],
    date: On = None,
    rate: Annotated[str | None, typer.Option(help="A rate of its own for an hour.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Whose hours they are, if not yours.")] = None,
    free: Annotated[bool, typer.Option("--free", help="Show it to the client, but don't charge it.")] = False,
    despite_hold: DespiteHold = False,
    dry_run: DryRun = False,
) -> None:
    """Log hours on a job."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        client = found.book.jobs[known(job, found.book.jobs, "job")].client
        on = day(date, "--date") if date else found.today
        entry = present(
            date=on,
            hours=hours_of(hours),
            note=note,
            by=by,
            rate=amount_of(rate) if rate else None,
            billable=False if free else None,
        )
        new_work(client, found, despite=despite_hold, quiet=session.quiet)
        add(found, Addition.to_job(job, ("work",), entry), session, dry_run=dry_run)
        _say_if_to_come(on, found, session)


def _step_path(job_id: str, job: Job, step: str | None) -> KeyPath:
    """The key that marks a job, or its step, as done."""
    match job.agreement:
        case Milestones(steps=steps):
            names = [candidate.name for candidate in steps]
            if step is None:
                raise UsageError(f"'{job_id}' is billed by steps: which one is done?", f"there is: {', '.join(names)}")
            index = next((i for i, name in enumerate(names) if name.casefold() == step.casefold()), None)
            if index is None:
                raise UsageError(f"'{job_id}' has no step '{step}'", did_you_mean(step, names))
            return ("agreement", "steps", index, "done")
        case Delivery():
            raise UsageError(f"'{job_id}' is billed when it is delivered", f"write: facturar delivered {job_id}")
        case Completion() if step is None:
            return ("done",)
        case Completion():
            raise UsageError(f"'{job_id}' has no steps", f"write: facturar done {job_id}")
        case agreement:
            message = f"'{job_id}' is {agreement.kind}: it is billed by its days, not when it is done"
            raise UsageError(message, "to end it, write ends: in its agreement")


def done(
    ctx: typer.Context,
    job: JobId,
    step: Annotated[str | None, typer.Argument(help="The milestone, by name.")] = None,
    date: On = None,
    dry_run: DryRun = False,
) -> None:
    """Mark a job, or one of its steps, as done."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        known(job, found.book.jobs, "job")
        path = _step_path(job, found.book.jobs[job], step)
        value = day(date, "--date") if date else found.today
        add(found, Addition.set_in_job(job, path, value), session, dry_run=dry_run)


def delivered(
    ctx: typer.Context,
    job: JobId,
    date: On = None,
    dry_run: DryRun = False,
) -> None:
    """Mark a job of products as delivered."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        agreement = found.book.jobs[known(job, found.book.jobs, "job")].agreement
        if not isinstance(agreement, Delivery | Prepaid):
            raise UsageError(f"'{job}' is {agreement.kind}: it is not billed by its delivery", "see facturar done")
        value = day(date, "--date") if date else found.today
        add(found, Addition.set_in_job(job, ("delivered",), value), session, dry_run=dry_run)


def note(
    ctx: typer.Context,
    client: Client,
    text: Annotated[str, typer.Argument(help="What there is to remember.")],
    kind: Annotated[str, typer.Option(help="note, call, mail, meeting, handover or returned.")] = "note",
    promise: Annotated[
        str | None, typer.Option(help="They will pay by this day, maybe this much: '2026-12-04 500'.")
    ] = None,
    invoice: Annotated[str | None, typer.Option(help="About this invoice.", autocompletion=invoice_numbers)] = None,
    to: Annotated[str | None, typer.Option(help="With --kind handover: lawyer, agency or court.")] = None,
    date: On = None,
    dry_run: DryRun = False,
) -> None:
    """Note a call, a promise or anything about a client."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        entry = present(
            date=day(date, "--date") if date else found.today,
            client=known(client, found.book.clients, "client"),
            kind=kind,
            invoice=known(invoice, [i.number for i in found.book.invoices], "invoice") if invoice else None,
            note=text,
            promise=promise_of(promise),
            to=to,
        )
        add(found, Addition.to_list("diary", entry), session, dry_run=dry_run)


def _about_invoice(found: Opened, kind: str, number: str, text: str | None, date: str | None) -> Addition:
    invoices = {invoice.number: invoice for invoice in found.book.invoices}
    entry = present(
        date=day(date, "--date") if date else found.today,
        client=invoices[known(number, invoices, "invoice")].client,
        kind=kind,
        invoice=number,
        note=text,
    )
    return Addition.to_list("diary", entry)


def dispute(
    ctx: typer.Context,
    invoice: Number,
    text: Annotated[str | None, typer.Argument(help="What they say.")] = None,
    date: On = None,
    dry_run: DryRun = False,
) -> None:
    """Note that a client disputes an invoice: no letters about it."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        add(found, _about_invoice(found, "dispute", invoice, text, date), session, dry_run=dry_run)


def resolve(
    ctx: typer.Context,
    invoice: Number,
    text: Annotated[str | None, typer.Argument(help="How it ended.")] = None,
    date: On = None,
    dry_run: DryRun = False,
) -> None:
    """Note that a dispute is resolved."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        add(found, _about_invoice(found, "resolved", invoice, text, date), session, dry_run=dry_run)
