"""Pro forma invoices: what was paid on each of them, and where that money is laid.

A pro forma is no receivable. Money that names one is kept for it: it becomes the payment of the deposit's invoice or,
when the job was finished first, of the invoice that billed all of it. Until then it is the client's credit, and pays
nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.money import ZERO
from facturar.model.payment import Payment
from facturar.model.quote import Quote
from facturar.rules.quotes import called_off


@dataclass(frozen=True)
class Asked:
    """A pro forma with what was paid on it by a day, and the day on which that came to all of it."""

    record: Quote
    paid: Decimal = ZERO
    paid_on: date | None = None

    @property
    def missing(self) -> Decimal:
        """What is still to be paid of it."""
        return max(self.record.payable - self.paid, ZERO)


def named_for(payment: Payment, number: str) -> Decimal:
    """What a payment brings to a document that it names: less than nothing when it went back."""
    if payment.kind == "write_off":
        return ZERO
    share = payment.amount if payment.invoice == number else (payment.invoices or {}).get(number, ZERO)
    return -share if payment.kind == "refund" else share


def asked(record: Quote, payments: Iterable[Payment], day: date) -> Asked:
    """A pro forma with the payments that name it, dated by a day."""
    paid, paid_on = ZERO, None
    for payment in sorted(payments, key=lambda payment: payment.date):
        share = named_for(payment, record.number) if payment.date <= day else ZERO
        paid += share
        if paid < record.payable:
            paid_on = None
        elif paid_on is None and share:
            paid_on = payment.date
    return Asked(record, paid, paid_on)


def _pro_formas(book: Book, day: date) -> list[Quote]:
    return [quote for quote in book.quotes if quote.kind == "pro_forma" and quote.issued <= day]


def all_asked(book: Book, day: date) -> list[Asked]:
    """Every pro forma issued by a day, with its payments. Linear in the number of records and payments."""
    naming: dict[str, list[Payment]] = defaultdict(list)
    for payment in book.payments:
        for number in (payment.invoice, *(payment.invoices or ())):
            naming[number or ""].append(payment)
    return [asked(record, naming[record.number], day) for record in _pro_formas(book, day)]


def asked_by_job(book: Book, day: date) -> dict[str, Asked]:
    """The pro forma of each job that has one."""
    return {found.record.job: found for found in all_asked(book, day)}


@dataclass(frozen=True)
class Laid:
    """Where money that names a pro forma goes: to an invoice, or nowhere yet, as it is kept."""

    on: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()


def laid(book: Book, day: date) -> Laid:
    """Where money of each pro forma goes on a day. Of a job that was cancelled, or is gone, it is free."""
    on: dict[str, str] = {}
    kept = set()
    records = _pro_formas(book, day)
    invoices = [invoice for invoice in book.invoices if invoice.issued <= day] if records else []
    billing = {key: invoice.number for invoice in invoices for key in invoice.covers}
    deposits = {i.pro_forma: i.number for i in invoices if i.pro_forma and i.kind == "deposit"}
    for record in records:
        final = billing.get(f"{record.job}:done") or billing.get(f"{record.job}:delivered")
        job = book.jobs.get(record.job)
        if target := deposits.get(record.number) or final:
            on[record.number] = target
        elif job and not called_off(job, day):
            kept.add(record.number)
    return Laid(on, frozenset(kept))
