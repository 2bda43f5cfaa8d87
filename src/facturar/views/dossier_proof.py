"""What proves a case: the documents, approvals, payments, letters and files that belong to the invoices claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from facturar.model.activity import Activity
from facturar.model.attachment import Attachment
from facturar.model.book import Book
from facturar.model.dossier import ApprovedWork, Ordered
from facturar.model.invoice import Invoice
from facturar.model.job import ApprovalGiven, Job
from facturar.model.letter import Letter
from facturar.model.notice import Notice
from facturar.model.quote import Quote
from facturar.model.receipt import Receipt
from facturar.model.record import record_name
from facturar.model.statement import Statement
from facturar.rules.approvals import standings
from facturar.rules.attachments import attachment_of
from facturar.rules.late_charges import compensation_of, interest_of


def related_to(claimed: list[Invoice], book: Book, day: date) -> list[Invoice]:
    """The invoices that the claimed ones go with: deposits that they take off, debit notes for their being late."""
    numbers = {record.number for record in claimed}
    deposits = {taken.number for record in claimed for taken in record.deposits}
    return [
        record
        for record in book.invoices
        if record.number not in numbers
        and record.issued <= day
        and (record.number in deposits or any(_charged_for(key) in numbers for key in record.covers))
    ]


def _charged_for(key: str) -> str | None:
    """The number of the invoice whose being late a debit note charges by this key."""
    interest = interest_of(key)
    return interest[0] if interest else compensation_of(key)


def credit_notes_for(invoices: Iterable[Invoice], book: Book, day: date) -> list[Invoice]:
    """The credit notes that take back something of these."""
    numbers = {record.number for record in invoices}
    return [record for record in book.invoices if record.corrects in numbers and record.issued <= day]


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
        for given in _words_about(job, [record for record in claimed if job_id in record.job]):
            if given.on <= day:
                yield ApprovedWork(job=job_id, until=given.until, on=given.on, by=given.by)


def _words_about(job: Job, billed: list[Invoice]) -> Iterator[ApprovalGiven]:
    """The approvals of days that were billed: each is of the days after the one before it, up to its own."""
    spans = [(p.first, p.last) if (p := record.period) else (date.min, record.issued) for record in billed]
    before = date.min
    for given in sorted(job.approvals, key=lambda given: given.until):
        if any(first <= given.until and before < last for first, last in spans):
            yield given
        before = given.until


def receipts_for(invoices: list[Invoice], book: Book, day: date) -> list[Receipt]:
    """The receipts for payments of one of the invoices, or of the pro forma that it was asked by before."""
    numbers = {name for record in invoices for name in (record.number, record.pro_forma) if name}
    return [
        receipt
        for receipt in book.receipts
        if receipt.date <= day and any(settled.number in numbers for settled in receipt.invoices)
    ]


def statements_of(numbers: frozenset[str], currency: str, book: Book, day: date) -> list[Statement]:
    """The statements of account, in the currency of the invoices, that list one of them."""
    return [
        statement
        for statement in book.statements
        if statement.date <= day
        and statement.currency == currency
        and not numbers.isdisjoint(
            [*(item.number for item in statement.items), *(movement.document for movement in statement.movements)]
        )
    ]


def letters_of(claimed: list[Invoice], book: Book, day: date) -> list[Letter | Notice]:
    """The letters about one of the invoices, by date; what was read out on the phone is none."""
    letters: list[Letter | Notice] = [letter for letter in book.letters if _lists(letter, claimed)]
    letters += [notice for notice in book.notices if _lists(notice, claimed) or _told_terms(notice, claimed)]
    own = [letter for letter in letters if letter.date <= day and letter.channel != "phone"]
    return sorted(own, key=lambda letter: letter.date)


def _lists(letter: Letter | Notice, claimed: list[Invoice]) -> bool:
    return not {record.number for record in claimed}.isdisjoint(listed.number for listed in letter.invoices)


def _told_terms(notice: Notice, claimed: list[Invoice]) -> bool:
    """Whether a letter told by what terms, at what prices or into which account the invoices were to be paid."""
    first, last = min(record.issued for record in claimed), max(record.issued for record in claimed)
    jobs = {job for record in claimed for job in record.job}
    return (
        (notice.terms is not None and notice.date <= last)
        or any(change.job in jobs and change.since <= last for change in notice.changes)
        or (bool(notice.ended) and notice.date >= first)
    )


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
