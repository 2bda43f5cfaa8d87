"""What a person says was sent: by post, by hand, through a portal, or from their own mail. Nothing is sent by it.

Of an activity report it is a line of its job, where what its client objects to stands too; of any other document, and
of whatever waits in the outbox, a line of the journal of e-mails.
"""

from __future__ import annotations

import datetime
from typing import Annotated

import typer

from facturar.cli.additions import Addition, add
from facturar.cli.approving import entry_of, not_before, report_of_job
from facturar.cli.carry_out import documents_of
from facturar.cli.completion import jobs_and_documents
from facturar.cli.entries import DryRun, On, present
from facturar.cli.output import say
from facturar.cli.postbox import Postbox
from facturar.cli.session import Opened, Session, day, opened_to_write, session_of
from facturar.cli.words import known
from facturar.model.activity import Activity
from facturar.model.letter import Letter
from facturar.model.record import Record, mail_name, record_day, record_name
from facturar.problems import UsageError


def sent(
    ctx: typer.Context,
    document: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT",
            help="Its number or name, or a job: its latest activity report.",
            autocompletion=jobs_and_documents,
        ),
    ],
    date: On = None,
    note: Annotated[str | None, typer.Option(help="How, and what proves it: 'burofax NB0012'.")] = None,
    dry_run: DryRun = False,
) -> None:
    """Note that a document was sent by hand."""
    session = session_of(ctx)
    with opened_to_write(session, dry_run=dry_run) as found:
        record = _document(document, found)
        name, mail = _names(record, found)
        _refuse_if_sent(record, name, mail, found)
        on = _day(date, record, name, found)
        if isinstance(record, Activity) and mail not in found.book.outbox:
            _add_to_job(record, on, note, found, session, dry_run=dry_run)
            return
        if not dry_run:
            Postbox(found, session.disk).note_sent(mail, record.seal, on, note)
        waited = "; its e-mail waits no more" if mail in found.book.outbox else ""
        say(f"{name}: sent on {on}{f', {note}' if note else ''}{waited}", quiet=session.quiet)


def _document(name: str, found: Opened) -> Record:
    """The document of that name, or the latest report of the job of that name."""
    if name in found.book.jobs:
        return report_of_job(name, found)
    documents = documents_of(found.book)
    return documents[known(name, documents, "document")]


def _names(record: Record, found: Opened) -> tuple[str, str]:
    currency = found.book.settings.currency
    return record_name(record, currency), mail_name(record, currency)


def _refuse_if_sent(record: Record, name: str, mail: str, found: Opened) -> None:
    """Raises UsageError for what was sent already, and for what nobody is sent."""
    if isinstance(record, Letter) and record.channel == "phone":
        hint = f"note what came of the call: facturar note {record.client} TEXT --kind call"
        raise UsageError(f"{name} is a page to speak from: nobody is sent it", hint)
    if isinstance(record, Activity):
        job = found.book.jobs[known(record.job, found.book.jobs, "job")]
        if entry := entry_of(record, job):
            raise UsageError(f"{name} was sent on {entry[1].sent}", "to change the day, edit the job's reports:")
    if on := found.book.mailed.get(mail):
        raise UsageError(f"{name} was sent on {on}", f"to send it once more: facturar queue {name} --again")


def _day(date: str | None, record: Record, name: str, found: Opened) -> datetime.date:
    on = not_before(day(date, "--date") if date else found.today, record_day(record), f"{name} was written")
    if on > found.today:
        raise UsageError(f"{on} is after today, {found.today}", "note it once it is sent")
    return on


def _add_to_job(
    report: Activity, on: datetime.date, note: str | None, found: Opened, session: Session, *, dry_run: bool
) -> None:
    if note:
        hint = f"leave it out, and write it down apart: facturar note {report.client} TEXT"
        raise UsageError("--note has no place in the line of an activity report", hint)
    line = present(until=report.period.last, version=report.version, sent=on)
    add(found, Addition.to_job(report.job, ("reports",), line), session, dry_run=dry_run)
