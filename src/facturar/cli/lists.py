"""Filtered tables of what is in the book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facturar.cli.output import Column, Table
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.job import Job
from facturar.model.letter import letter_name
from facturar.model.notice import notice_name
from facturar.model.payment import Payment
from facturar.model.receipt import receipt_name
from facturar.model.statement import statement_name
from facturar.problems import UsageError, did_you_mean
from facturar.rules.approvals import standings, state_of
from facturar.rules.customs import currency_of
from facturar.rules.exchange import Rates, rates_of
from facturar.rules.exchange_difference import difference_of, exchanged, invoices_by_name
from facturar.rules.promises import all_promises
from facturar.rules.running import runs_on
from facturar.rules.settlement import payment_currency
from facturar.views.outbox import waiting_mails
from facturar.views.payment_state import payment_states
from facturar.views.quote_state import quote_states


class Kind(StrEnum):
    """What can be listed."""

    clients = "clients"
    jobs = "jobs"
    invoices = "invoices"
    quotes = "quotes"
    payments = "payments"
    letters = "letters"
    activity = "activity"
    receipts = "receipts"
    statements = "statements"
    diary = "diary"
    outbox = "outbox"


@dataclass(frozen=True)
class _Row:
    """A row with what it can be filtered by."""

    cells: tuple[object, ...]
    client: str
    day: date | None = None
    status: str | None = None
    promise: str | None = None

    @property
    def states(self) -> set[str]:
        """The words that the row is found by: its own state, and that of a promise in it."""
        return {state for state in (self.status, self.promise) if state}


def _clients(book: Book, _today: date) -> Iterable[_Row]:
    for client_id, client in book.clients.items():
        country = client.address.country if client.address else None
        cells = (client_id, client.name, client.tax_id, country, currency_of(None, client, book))
        yield _Row(cells, client_id)


def job_state(job: Job, today: date) -> str:
    """Whether a job is `running`, `done` or `cancelled` on a day."""
    if job.cancelled and job.cancelled <= today:
        return "cancelled"
    return "running" if runs_on(job, today) else "done"


def _jobs(book: Book, today: date) -> Iterable[_Row]:
    for job_id, job in book.jobs.items():
        state = job_state(job, today)
        yield _Row((job_id, job.client, job.title, job.agreement.kind, state), job.client, job.done, state)


def _invoices(book: Book, today: date) -> Iterable[_Row]:
    states = payment_states(book, today)
    for invoice in book.invoices:
        if state := states.get(invoice.number):
            due = max(due.date for due in invoice.due)
            amounts = (invoice.totals.payable, invoice.currency, state.open)
            cells = (invoice.number, invoice.issued, invoice.client, *amounts, due, state.status)
            yield _Row(cells, invoice.client, invoice.issued, state.status)


def _quotes(book: Book, today: date) -> Iterable[_Row]:
    states = quote_states(book, today)
    for quote in book.quotes:
        if state := states.get(quote.number):
            amounts = (quote.payable, quote.currency)
            cells = (quote.number, quote.issued, quote.client, quote.job, *amounts, quote.valid_until, state.status)
            yield _Row(cells, quote.client, quote.issued, state.status)


def _received(payment: Payment, invoices: Mapping[str, Invoice], book: Book, rates: Rates) -> tuple[object, ...]:
    """What came in in another currency, and the difference in the book's."""
    if payment.received is None:
        return (None, None, None)
    difference = difference_of(exchanged(payment, invoices, book, rates))
    return (*payment.received, difference.amount if difference else None)


def _payments(book: Book, _today: date) -> Iterable[_Row]:
    invoices, rates = invoices_by_name(book), rates_of(book)
    for payment in book.payments:
        named = payment.invoice or ", ".join(payment.invoices or ()) or None
        currency = payment_currency(payment, invoices, book)
        cells = (payment.date, payment.client, payment.kind, payment.amount, currency, named, payment.reference)
        yield _Row((*cells, *_received(payment, invoices, book, rates)), payment.client, payment.date, payment.kind)


def _letters(book: Book, _today: date) -> Iterable[_Row]:
    for letter in book.letters:
        numbers = ", ".join(dict.fromkeys(listed.number for listed in letter.invoices))
        name = letter_name(letter, book.settings.currency)
        cells = (name, letter.step, letter.channel, letter.total, letter.currency, letter.pay_by, numbers)
        yield _Row(cells, letter.client, letter.date, letter.step)
    for notice in book.notices:
        about = ", ".join(dict.fromkeys(listed.number for listed in notice.invoices)) or None
        amounts = (notice.hold.pay, notice.currency) if notice.hold else (None, None)
        cells = (notice_name(notice), notice.name, notice.channel, *amounts, None, about)
        yield _Row(cells, notice.client, notice.date, notice.name)


def _activity(book: Book, today: date) -> Iterable[_Row]:
    for job_id, reports in book.reports_of.items():
        job = book.jobs.get(job_id)
        for standing in standings(job, reports, book.mailed, today) if job else ():
            report = standing.report
            state = state_of(standing, job, today) if job else ""
            sums = (report.totals.hours, report.totals.net, report.currency)
            yield _Row((standing.name, report.date, report.client, *sums, state), report.client, report.date, state)


def _receipts(book: Book, _today: date) -> Iterable[_Row]:
    for receipt in book.receipts:
        numbers = ", ".join(part.number for part in receipt.invoices)
        name = receipt_name(receipt, book.settings.currency)
        cells = (name, receipt.amount, receipt.currency, receipt.method, receipt.reference, numbers, receipt.credit)
        yield _Row(cells, receipt.client, receipt.date, receipt.method)


def _statements(book: Book, _today: date) -> Iterable[_Row]:
    for statement in book.statements:
        since = statement.period.first if statement.period else None
        name = statement_name(statement, book.settings.currency)
        cells = (name, statement.kind, since, statement.date, statement.balance, statement.currency)
        yield _Row(cells, statement.client, statement.date, statement.kind)


def _diary(book: Book, today: date) -> Iterable[_Row]:
    promises = {id(promised.entry): promised.state for promised in all_promises(book, today)}
    for entry in book.diary:
        promise, state = (entry.promise.on if entry.promise else None), promises.get(id(entry))
        cells = (entry.date, entry.client, entry.kind, entry.invoice, promise, state, entry.note)
        yield _Row(cells, entry.client, entry.date, entry.kind, state)


def _outbox(book: Book, _today: date) -> Iterable[_Row]:
    for mail in waiting_mails(book):
        cells = (mail.mail, mail.client, mail.since, mail.to, mail.state, mail.answer)
        yield _Row(cells, mail.client or "", mail.since, mail.state)


_RECEIVED = [
    Column("Received", "received", right=True, optional=True),
    Column("", "received_currency"),
    Column("Difference", "difference", right=True, optional=True),
]


def _columns(*heads: str, right: tuple[str, ...] = ("amount", "open", "hours", "balance")) -> list[Column]:
    return [
        Column("" if head == "currency" else head.capitalize().replace("_", " "), head, right=head in right)
        for head in heads
    ]


_LISTS: dict[Kind, tuple[list[Column], Callable[[Book, date], Iterable[_Row]]]] = {
    Kind.clients: (_columns("id", "name", "tax_id", "country", "currency"), _clients),
    Kind.jobs: (_columns("id", "client", "title", "agreement", "status"), _jobs),
    Kind.invoices: (
        _columns("number", "issued", "client", "amount", "currency", "open", "due", "status"),
        _invoices,
    ),
    Kind.quotes: (
        _columns("number", "issued", "client", "job", "amount", "currency", "valid_until", "status"),
        _quotes,
    ),
    Kind.payments: (
        [*_columns("date", "client", "kind", "amount", "currency", "invoice", "reference"), *_RECEIVED],
        _payments,
    ),
    Kind.letters: (_columns("letter", "step", "channel", "amount", "currency", "pay_by", "invoices"), _letters),
    Kind.activity: (_columns("report", "date", "client", "hours", "amount", "currency", "status"), _activity),
    Kind.receipts: (
        [
            *_columns("receipt", "amount", "currency", "method", "reference", "invoices"),
            Column("Credit", "credit", right=True, optional=True),
        ],
        _receipts,
    ),
    Kind.statements: (_columns("statement", "kind", "from", "to", "balance", "currency"), _statements),
    Kind.diary: (
        [
            *_columns("date", "client", "kind", "invoice"),
            Column("Promise", "promise", optional=True),
            Column("", "state", optional=True),
            *_columns("note"),
        ],
        _diary,
    ),
    Kind.outbox: (_columns("mail", "client", "since", "to", "status", "answer"), _outbox),
}


def listing(
    kind: Kind,
    book: Book,
    today: date,
    *,
    client: str | None = None,
    status: str | None = None,
    first: date | None = None,
    last: date | None = None,
) -> Table:
    """The table of a kind, filtered by client, state and days. What has no day is not filtered by days.

    Raises UsageError for a state that nothing is in.
    """
    columns, rows_of = _LISTS[kind]
    everything = list(rows_of(book, today))
    states = {state for row in everything for state in row.states}
    if status and status not in states:
        raise UsageError(f"none of the {kind} is '{status}'", did_you_mean(status, states))
    rows = [
        row.cells
        for row in everything
        if client in (None, row.client)
        and (status is None or status in row.states)
        and (row.day is None or ((first is None or first <= row.day) and (last is None or row.day <= last)))
    ]
    return Table(columns, rows)
