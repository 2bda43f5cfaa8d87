"""What a client says to an activity report: objected to, approved. Each adds to its job and changes nothing else."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from facturar.cli.additions import Addition, add
from facturar.cli.completion import report_names
from facturar.cli.entries import DryRun, JobId, On, present
from facturar.cli.session import Opened, day, opened_to_write, session_of
from facturar.cli.words import known
from facturar.model.activity import Activity, activity_name
from facturar.model.job import Job, ReportSent
from facturar.model.record import mail_name
from facturar.problems import UsageError
from facturar.rules.activity import last_day_to_report

ReportId = Annotated[
    str,
    typer.Argument(metavar="REPORT", help="Its name, or the job: its latest report.", autocompletion=report_names),
]


def report_of_job(name: str, found: Opened) -> Activity:
    """The latest report of the job of that name."""
    if own := found.book.reports_of.get(name):
        return own[-1]
    raise UsageError(f"'{name}' has no activity report yet", f"write it first: facturar activity {name}")


def _report(name: str, found: Opened) -> Activity:
    """The report of that name, or the latest one of the job of that name."""
    if name in found.book.reports_of or name in found.book.jobs:
        return report_of_job(name, found)
    reports = {activity_name(report): report for report in found.book.activity}
    return reports[known(name, reports, "activity report")]


def entry_of(report: Activity, job: Job) -> tuple[int, ReportSent] | None:
    """The line that says when a report was sent, with its place."""
    wanted = (report.period.last, report.version)
    return next(((i, entry) for i, entry in enumerate(job.reports) if (entry.until, entry.version) == wanted), None)


def not_before(on: date, first: date, what: str) -> date:
    """The day, which may not be before what it follows. Raises UsageError when it is."""
    if on < first:
        raise UsageError(f"{on} is before {what} on {first}", "give the day on which it was: --date")
    return on


def objected(ctx: typer.Context, report: ReportId, date: On = None, dry_run: DryRun = False) -> None:
    """Note that the client objected to an activity report."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        record = _report(report, found)
        name, job = activity_name(record), found.book.jobs[known(record.job, found.book.jobs, "job")]
        entry = entry_of(record, job)
        if mailed := None if entry else found.book.mailed.get(mail_name(record, found.book.settings.currency)):
            on = not_before(day(date, "--date") if date else found.today, mailed, f"{name} was sent")
            line = present(until=record.period.last, version=record.version, sent=mailed, objected=on)
            add(found, Addition.to_job(record.job, ("reports",), line), session, dry_run=dry_run)
            return
        if entry is None:
            raise UsageError(f"{name} is not recorded as sent", f"first: facturar sent {name} --date DAY")
        if entry[1].objected:
            raise UsageError(f"the client objected to {name} on {entry[1].objected}", "it is recorded already")
        on = not_before(day(date, "--date") if date else found.today, entry[1].sent, f"{name} was sent")
        path = ("reports", entry[0], "objected")
        add(found, Addition.set_in_job(record.job, path, on), session, dry_run=dry_run)


def _until(job_id: str, found: Opened) -> date:
    """The day up to which the client approves if nobody says: of the latest report, or of the latest period."""
    reports = found.book.reports_of.get(job_id)
    last = reports[-1].period.last if reports else last_day_to_report(found.book.jobs[job_id], found.today)
    if last is None:
        raise UsageError(f"no period of '{job_id}' has ended yet", "say up to which day: --until")
    return last


def approve(
    ctx: typer.Context,
    job: JobId,
    until: Annotated[str | None, typer.Option(help="Up to this day; else that of the latest report.")] = None,
    by: Annotated[str | None, typer.Option(help="Who; else the contact for billing, or the client.")] = None,
    date: On = None,
    dry_run: DryRun = False,
) -> None:
    """Note that the client approved the work of a job."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        agreed = found.book.jobs[known(job, found.book.jobs, "job")]
        last = day(until, "--until") if until else _until(job, found)
        if earlier := next((given for given in agreed.approvals if given.until >= last), None):
            reason = f"'{job}' is approved up to {earlier.until} already, by {earlier.by} on {earlier.on}"
            raise UsageError(reason, "approve a later day: --until")
        client = found.book.clients[agreed.client]
        contact = client.contacts.get("billing")
        on = day(date, "--date") if date else found.today
        line = present(until=last, on=on, by=by or (contact.name if contact else client.name))
        add(found, Addition.to_job(job, ("approvals",), line), session, dry_run=dry_run)
