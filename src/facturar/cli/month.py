"""What is done every month: plan, run, bill, activity, remind; and credit, when something went wrong."""

from __future__ import annotations

from typing import Annotated

import typer

from facturar.cli.carry_out import carry_out
from facturar.cli.completion import client_ids, invoice_numbers, job_ids
from facturar.cli.holds import warn_of_holds
from facturar.cli.output import Format, FormatOption, customs_of, say
from facturar.cli.plan_tables import print_plan
from facturar.cli.session import Opened, day, opened, session_of
from facturar.cli.words import amount_of, known
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.plan.actions import Plan
from facturar.plan.activity import plan_activity
from facturar.plan.credits import plan_credit
from facturar.plan.invoices import plan_invoices
from facturar.plan.letters import plan_letters
from facturar.plan.mailing import with_mail
from facturar.plan.month import plan_month
from facturar.problems import UsageError
from facturar.rules.activity import last_day_to_report
from facturar.rules.crediting import Credit, credited_net
from facturar.rules.reminding import OWNER

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]
Commit = Annotated[bool, typer.Option("--commit", help="Commit what was written to git.")]


def plan(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Also what waits for a day more than a month off.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Under each document, where its figures come from.")
    ] = False,
    form: FormatOption = Format.table,
) -> None:
    """What run would do today, what it skips, and why."""
    session = session_of(ctx)
    book = opened(session)
    found = with_mail(book.book, plan_month(book.book, book.today))
    if explain:
        from facturar.cli.explaining import print_explained_plan

        print_explained_plan(found, book, form, everything=everything)
        return
    print_plan(found, form, customs_of(book.book), everything=everything)
    if not found.actions:
        say(f"Nothing to write on {found.today}.", quiet=session.quiet)
    warn_of_holds(found, book, quiet=session.quiet)


def run(
    ctx: typer.Context,
    batch: Annotated[str | None, typer.Option(help="Bill only the clients of this batch.")] = None,
    commit: Commit = False,
    mail: Annotated[bool, typer.Option("--send", help="Then send what waits in the outbox.")] = False,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
) -> None:
    """The whole round: invoices, receipts, letters, the month's report."""

    def planned(book: Opened) -> Plan:
        if batch is not None:
            known(batch, sorted({c.batch for c in book.book.clients.values() if c.batch}), "batch")
        return plan_month(book.book, book.today, batch=batch)

    if not mail:
        carry_out(session_of(ctx), planned, form, dry_run=dry_run, commit=commit)
        return
    from facturar.cli.sending import Round

    sending = Round(session_of(ctx))
    planner = sending.after(planned)
    carry_out(session_of(ctx), planner, form, dry_run=dry_run, commit=commit, then=sending.send)
    sending.end()


def bill(
    ctx: typer.Context,
    jobs: Annotated[list[str] | None, typer.Argument(help="Ids of jobs; all if none.", autocompletion=job_ids)] = None,
    date: Annotated[str | None, typer.Option(help="Date the invoices so; else today.")] = None,
    commit: Commit = False,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
) -> None:
    """Only the invoices that are due, of some jobs or of all."""
    issued = day(date, "--date") if date else None

    def planned(book: Opened) -> Plan:
        wanted = {known(job, book.book.jobs, "job") for job in jobs or ()}
        if issued and issued > book.today:
            raise UsageError(f"--date {issued} is after today, {book.today}", "issue it on its day, or use --today")
        return plan_invoices(book.book, issued or book.today, wanted=lambda job_id, _: not wanted or job_id in wanted)

    carry_out(session_of(ctx), planned, form, dry_run=dry_run, commit=commit)


def remind(
    ctx: typer.Context,
    client: Annotated[str | None, typer.Option(help="Only to this client.", autocompletion=client_ids)] = None,
    sender: Annotated[str | None, typer.Option(help="Only what this sender sends; 'owner' is yourself.")] = None,
    commit: Commit = False,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
) -> None:
    """Only the letters that are due."""

    def planned(book: Opened) -> Plan:
        if client is not None:
            known(client, book.book.clients, "client")
        if sender is not None:
            known(sender, {*book.book.settings.senders, OWNER}, "sender")
        return plan_letters(book.book, book.today, client=client, sender=sender)

    carry_out(session_of(ctx), planned, form, dry_run=dry_run, commit=commit)


def activity(
    ctx: typer.Context,
    job: Annotated[str, typer.Argument(metavar="JOB", help="The job's id.", autocompletion=job_ids)],
    until: Annotated[str | None, typer.Option(help="Up to this day; else the last of the latest period.")] = None,
    commit: Commit = False,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
) -> None:
    """A job's work so far, for the client to approve it."""

    def planned(found: Opened) -> Plan:
        agreed = found.book.jobs[known(job, found.book.jobs, "job")]
        last = day(until, "--until") if until else last_day_to_report(agreed, found.today)
        if last is None:
            raise UsageError(f"no period of '{job}' has ended yet", "say up to which day: --until")
        if last > found.today:
            raise UsageError(f"--until {last} is after today, {found.today}", "a report says what was done")
        plan = plan_activity(found.book, found.today, job, last)
        for skip in plan.skipped:
            raise UsageError(skip.reason, f"see facturar explain {job}, and its reports: facturar list activity")
        return plan

    carry_out(session_of(ctx), planned, form, dry_run=dry_run, commit=commit)


def _if_they_came_back(plan: Plan, book: Book) -> list[str]:
    """What to write, should the counted products that a credit note takes back really be there again."""
    lines = [line for record in plan.records if isinstance(record, Invoice) for line in record.lines]
    counted = {item_id for item_id, item in book.catalog.items() if item.stock}
    return [
        f"If '{line.item}' came back, it is received again in catalog.yaml: "
        f"{{date: {plan.today}, quantity: {-line.quantity:f}}}"
        for line in lines
        if line.item in counted
    ]


def _issued(number: str, found: Opened) -> str:
    """The number of an invoice that can be taken back. Raises UsageError for one that is none."""
    if number in {quote.number for quote in found.book.quotes}:
        hint = "it lapses by itself, or with its job: write cancelled: and the day into it"
        raise UsageError(f"{number} is no invoice: nothing was billed that could be taken back", hint)
    return known(number, [invoice.number for invoice in found.book.invoices], "invoice")


def credit(
    ctx: typer.Context,
    invoice: Annotated[
        str, typer.Argument(metavar="INVOICE", help="The invoice's number.", autocompletion=invoice_numbers)
    ],
    reason: Annotated[str, typer.Option(help="Why, as the credit note will say it.")],
    amount: Annotated[str | None, typer.Option(help="Take back this much, net, instead of all.")] = None,
    line: Annotated[
        list[int] | None, typer.Option(help="Take back this line (1 is the first); may be repeated.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="What it billed is to be billed again, put right.")] = False,
    commit: Commit = False,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
) -> None:
    """A credit note for an invoice: all of it, lines or an amount."""
    if amount and line:
        raise UsageError("--amount and --line do not go together", "give one of them")
    if again and (amount or line):
        raise UsageError("--again goes with a credit of the whole invoice", "leave --amount and --line out")

    def planned(found: Opened) -> Plan:
        invoices = {record.number: record for record in found.book.invoices}
        wanted = Credit(
            invoices[_issued(invoice, found)],
            reason,
            tuple(number - 1 for number in line or ()),
            amount_of(amount) if amount else None,
            again,
        )
        plan = plan_credit(found.book, found.today, wanted)
        for skip in plan.skipped:
            left = wanted.invoice.totals.net - credited_net(wanted.invoice, found.book.invoices)
            part = wanted.whole and 0 < left < wanted.invoice.totals.net
            rest = f"to take back what is left, add --amount {left}"
            raise UsageError(skip.reason, rest if part else f"see facturar show {invoice}")
        returns.extend(_if_they_came_back(plan, found.book))
        return plan

    session, returns = session_of(ctx), list[str]()
    carry_out(session, planned, form, dry_run=dry_run, commit=commit)
    for hint in returns:
        say(hint, quiet=session.quiet)


def void(
    ctx: typer.Context,
    invoice: Annotated[
        str, typer.Argument(metavar="INVOICE", help="The invoice's number.", autocompletion=invoice_numbers)
    ],
    reason: Annotated[str, typer.Option(help="Why it should never have been, as the credit note will say it.")],
    again: Annotated[bool, typer.Option("--again", help="What it billed is to be billed again, put right.")] = False,
    commit: Commit = False,
    dry_run: DryRun = False,
    form: FormatOption = Format.table,
) -> None:
    """A credit note for an invoice that should never have been."""

    def planned(found: Opened) -> Plan:
        invoices = {record.number: record for record in found.book.invoices}
        wanted = Credit(invoices[_issued(invoice, found)], reason, again=again, void=True)
        plan = plan_credit(found.book, found.today, wanted)
        for skip in plan.skipped:
            undone = any(note.corrects == invoice and note.void for note in found.book.invoices)
            credited = f"to take back what was billed, write: facturar credit {invoice} --reason …"
            raise UsageError(skip.reason, f"see facturar show {invoice}" if undone else credited)
        return plan

    carry_out(session_of(ctx), planned, form, dry_run=dry_run, commit=commit)
