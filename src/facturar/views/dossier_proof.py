"""What proves a case: the quotes, reports, approvals, letters and files that belong to the invoices claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from facturar.model.activity import Activity
from facturar.model.attachment import Attachment
from facturar.model.book import Book
from facturar.model.dossier import ApprovedWork, Ordered
from facturar.model.invoice import Invoice
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.record import record_name
from facturar.rules.approvals import standings
from facturar.rules.attachments import attachment_of


def quotes_of(claimed: list[Invoice], book: Book) -> list[Quote]:
    """The quotes and pro formas that the invoices are of."""
    named = {number for record in claimed for number in (record.quote, record.pro_forma) if number}
    return [quote for quote in book.quotes if quote.number in named]


def ordered_of(record: Invoice, book: Book) -> Ordered:
    """What the client ordered an invoice by, as far as it says."""
    annexed = next((a.accepted for a in record.annexes if a.kind == "quote" and a.accepted), None)
    quoted = next((q.job for q in book.quotes if q.number == record.quote), None)
    job = book.jobs.get(quoted or "")
    noted = job.quote.accepted if job and job.quote else None
    return Ordered(
        invoice=record.number, purchase_order=record.purchase_order, quote=record.quote, accepted=annexed or noted
    )


def reports_of(claimed: list[Invoice], book: Book, day: date) -> list[Activity]:
    """The activity reports behind the invoices: those that they name, and of their jobs those of the days billed."""
    named = {e.report for record in claimed for annex in record.annexes for e in annex.entries if e.report}
    found = []
    for report in book.activity:
        shown = any(
            report.job in record.job
            and (record.period is None or _overlap(report, record))
            and report.period.first <= record.issued
            for record in claimed
        )
        if report.date <= day and (shown or record_name(report, book.settings.currency) in named):
            found.append(report)
    return found


def _overlap(report: Activity, record: Invoice) -> bool:
    assert record.period, "asked only of an invoice of a period"
    return report.period.first <= record.period.last and record.period.first <= report.period.last


def approvals_of(claimed: list[Invoice], reports: list[Activity], book: Book, day: date) -> Iterator[ApprovedWork]:
    """What the client approved: each report and what became of it, then each word."""
    for job_id in dict.fromkeys(job for record in claimed for job in record.job):
        job = book.jobs.get(job_id)
        if job is None:
            continue
        for standing in standings(job, [report for report in reports if report.job == job_id], book.mailed, day):
            accepted = standing.accepted_on
            yield ApprovedWork(
                job=job_id,
                until=standing.report.period.last,
                report=standing.name,
                sent=standing.sent,
                objected=standing.objected,
                on=accepted if accepted and accepted <= day else None,
            )
        for given in job.approvals:
            if given.on <= day:
                yield ApprovedWork(job=job_id, until=given.until, on=given.on, by=given.by)


def letters_of(numbers: frozenset[str], book: Book, day: date) -> list[Letter | Notice]:
    """The letters that list one of the invoices, by date; what was read out on the phone is none."""
    every: list[Letter | Notice] = [*book.letters, *book.notices]
    own = [
        letter
        for letter in every
        if letter.date <= day
        and letter.channel != "phone"
        and any(listed.number in numbers for listed in letter.invoices)
    ]
    return sorted(own, key=lambda letter: letter.date)


def attachments_in(claimed: Iterable[Invoice], quotes: Iterable[Quote]) -> Iterator[Attachment]:
    """The files that invoices and quotes were issued with."""
    for invoice in claimed:
        yield from invoice.attachments
    for quote in quotes:
        yield from quote.attachments


def attached_of(
    claimed: list[Invoice], quotes: list[Quote], book: Book
) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """The files of records and jobs, each once, and those that a job names and that are not there."""
    found = {each.file: each for each in attachments_in(claimed, quotes)}
    absent = []
    for job_id in dict.fromkeys(job for record in claimed for job in record.job):
        job = book.jobs.get(job_id)
        for attached in (*job.attach, *(job.quote.attach if job.quote else ())) if job else ():
            if attached.file in found:
                continue
            if now := attachment_of(attached, book):
                found[attached.file] = now
            else:
                absent.append(attached.file)
    return tuple(found.values()), tuple(dict.fromkeys(absent))
