"""What is offered: quote, which writes a job's quote or notes that it was accepted."""

from __future__ import annotations

from typing import Annotated

import typer

from facturar.cli.additions import Addition, add
from facturar.cli.carry_out import carry_out
from facturar.cli.completion import job_ids
from facturar.cli.holds import DespiteHold, new_work
from facturar.cli.output import Format, FormatOption, say
from facturar.cli.session import Opened, Session, day, opened_to_write, session_of
from facturar.cli.words import known
from facturar.plan.actions import Plan
from facturar.plan.quotes import plan_quote
from facturar.problems import UsageError
from facturar.rules.quotes import last_quote
from facturar.rules.quoting import acceptance_refusal, quote_refusal


def quote(
    ctx: typer.Context,
    job: Annotated[str, typer.Argument(metavar="JOB", help="The job's id.", autocompletion=job_ids)],
    accept: Annotated[bool, typer.Option("--accept", help="Note that the client accepted the quote.")] = False,
    date: Annotated[str | None, typer.Option(help="The day of the quote, or of its acceptance; else today.")] = None,
    despite_hold: DespiteHold = False,
    commit: Annotated[bool, typer.Option("--commit", help="Commit what was written to git.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")] = False,
    form: FormatOption = Format.table,
) -> None:
    """Write the quote of a job, or note that it was accepted."""
    session = session_of(ctx)
    if accept and (commit or form is not Format.table):
        raise UsageError("--accept only adds a line to the job", "leave --commit and --format out")
    if accept:
        _accept(job, date, session, despite_hold=despite_hold, dry_run=dry_run)
        return

    def planned(found: Opened) -> Plan:
        known(job, found.book.jobs, "job")
        issued = day(date, "--date") if date else found.today
        if issued > found.today:
            raise UsageError(f"--date {issued} is after today, {found.today}", "issue it on its day, or use --today")
        if refused := quote_refusal(job, found.book, issued):
            raise UsageError(*refused)
        new_work(found.book.jobs[job].client, found, despite=despite_hold, quiet=session.quiet)
        return plan_quote(found.book, issued, job)

    carry_out(session, planned, form, dry_run=dry_run, commit=commit)


def _accept(job: str, date: str | None, session: Session, *, despite_hold: bool, dry_run: bool) -> None:
    """Write the day of the acceptance into the job; one that came too late is told."""
    with opened_to_write(session, dry_run=dry_run) as found:
        known(job, found.book.jobs, "job")
        on = day(date, "--date") if date else found.today
        if refused := acceptance_refusal(job, found.book, on):
            raise UsageError(*refused)
        new_work(found.book.jobs[job].client, found, despite=despite_hold, quiet=session.quiet)
        add(found, Addition.set_in_job(job, ("quote", "accepted"), on), session, dry_run=dry_run)
        last = last_quote(job, found.book, on)
        if last and last.valid_until and last.valid_until < on:
            say(f"warning: {last.number} was valid until {last.valid_until} only", quiet=session.quiet)
