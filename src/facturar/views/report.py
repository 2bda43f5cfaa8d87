"""The month as one page: what was invoiced, what came in, what is owed on its last day and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import Money
from facturar.rules.settlement import payment_currency
from facturar.views.aging import Aging, OpenItem, aging, open_items


@dataclass(frozen=True)
class Received:
    """Money that came in (negative: went back) on a day."""

    date: date
    client: str
    amount: Decimal
    currency: str
    kind: str
    reference: str | None = None


@dataclass(frozen=True)
class MonthReport:
    """All that the report of a month says; sums are by currency."""

    first: date
    last: date
    invoices: tuple[Invoice, ...]
    received: tuple[Received, ...]
    invoiced: tuple[Money, ...]
    collected: tuple[Money, ...]
    aging: Aging
    open_items: tuple[OpenItem, ...]


def _sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for amount, currency in amounts:
        sums[currency] += amount
    return tuple(Money(sums[currency], currency) for currency in sorted(sums))


def _received(book: Book, first: date, last: date) -> tuple[Received, ...]:
    invoices = {invoice.number: invoice for invoice in book.invoices}
    found = [
        Received(
            payment.date,
            payment.client,
            -payment.amount if payment.kind == "refund" else payment.amount,
            payment_currency(payment, invoices, book),
            payment.kind,
            payment.invoice or ", ".join(payment.invoices or ()) or payment.reference,
        )
        for payment in book.payments
        if first <= payment.date <= last
    ]
    return tuple(sorted(found, key=lambda received: received.date))


def month_report(book: Book, last: date) -> MonthReport:
    """The report of the month that ends on `last`, counting only what is dated by then."""
    first = last.replace(day=1)
    invoices = tuple(invoice for invoice in book.invoices if first <= invoice.issued <= last)
    received = _received(book, first, last)
    return MonthReport(
        first=first,
        last=last,
        invoices=invoices,
        received=received,
        invoiced=_sums(Money(invoice.totals.payable, invoice.currency) for invoice in invoices),
        collected=_sums(Money(r.amount, r.currency) for r in received if r.kind != "write_off"),
        aging=aging(book, last),
        open_items=open_items(book, last),
    )
