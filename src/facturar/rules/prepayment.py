"""Work on a job that is to be paid up front and is not: said while it can still wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Prepaid
from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO, rounded
from facturar.rules.settlement import accounts


@dataclass(frozen=True)
class WorkBeforePayment:
    """A job with work though it is not paid: the place of the first entry, and the invoice with what of it is open.

    Without an invoice it is still to be issued, from `on` on.
    """

    job: str
    client: str
    entry: int
    on: date
    number: str | None = None
    open: Decimal = ZERO
    currency: str = ""

    def __str__(self) -> str:
        if self.number:
            return f"work before it is paid: {self.open} {self.currency} of {self.number} are open"
        return f"work before it is paid: its invoice is still to be issued, from {self.on} on"


def _latest(book: Book, day: date) -> dict[str, Invoice]:
    """The invoice that bills each key by a day; the latest, where one was credited to be billed again."""
    return {key: invoice for invoice in book.invoices if invoice.issued <= day for key in invoice.covers}


def _open(book: Book, day: date) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for account in accounts(book, day).values():
        for part in account.open:
            found[part.number] = found.get(part.number, ZERO) + part.open
    return found


def work_before_payment(book: Book, today: date) -> Iterator[WorkBeforePayment]:
    """The prepaid jobs with work by a day whose invoice is not there or not paid on that day."""
    prepaid = [(name, job, job.agreement) for name, job in book.jobs.items() if isinstance(job.agreement, Prepaid)]
    worked = [
        (name, job, agreement, first)
        for name, job, agreement in prepaid
        if (first := next((i for i, work in enumerate(job.work) if work.date <= today), None)) is not None
    ]
    if not worked:
        return
    invoices, open_ = _latest(book, today), _open(book, today)
    for name, job, agreement, first in worked:
        invoice = invoices.get(f"{name}:prepaid")
        if invoice is None:
            yield WorkBeforePayment(name, job.client, first, agreement.on)
        elif rest := open_.get(invoice.number):
            amount = rounded(rest, invoice.currency)
            yield WorkBeforePayment(
                name, job.client, first, agreement.on, invoice.number, amount, currency=invoice.currency
            )
