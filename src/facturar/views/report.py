"""The month as one page: what was invoiced, what came in, what is owed and since when, who pays late, taxes.

What is still to be billed is the plan's to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import Money
from facturar.rules.exchange_difference import Exchanged, all_exchanged
from facturar.views.aging import Aging, OpenItem, aging, open_items
from facturar.views.income import Income, Received, income, received
from facturar.views.payers import Payer, payers
from facturar.views.pending import Pending, pending
from facturar.views.quarter import Quarter, quarter


@dataclass(frozen=True)
class MonthReport:
    """All that the report of a month says; sums are by currency.

    `exchanged` is what came in in another currency than it settled; `differences` is what that made, in the book's.
    """

    first: date
    last: date
    invoices: tuple[Invoice, ...]
    received: tuple[Received, ...]
    invoiced: tuple[Money, ...]
    collected: tuple[Money, ...]
    aging: Aging
    open_items: tuple[OpenItem, ...]
    income: tuple[Income, ...]
    payers: tuple[Payer, ...]
    quarter: Quarter
    pending: tuple[Pending, ...]
    exchanged: tuple[Exchanged, ...]
    differences: tuple[Money, ...]


def _sums(amounts: Iterable[Money]) -> tuple[Money, ...]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for amount, currency in amounts:
        sums[currency] += amount
    return tuple(Money(sums[currency], currency) for currency in sorted(sums))


def month_report(book: Book, last: date) -> MonthReport:
    """The report of the month that ends on `last`, or runs on that day, counting only what is dated by then."""
    first = last.replace(day=1)
    invoices = tuple(invoice for invoice in book.invoices if first <= invoice.issued <= last)
    came = received(book, first, last)
    exchanged = tuple(part for part in all_exchanged(book) if first <= part.payment.date <= last)
    return MonthReport(
        first=first,
        last=last,
        invoices=invoices,
        received=came,
        invoiced=_sums(Money(invoice.totals.payable, invoice.currency) for invoice in invoices),
        collected=_sums(Money(r.amount, r.currency) for r in came if r.kind != "write_off"),
        aging=aging(book, last),
        open_items=open_items(book, last),
        income=income(book, last),
        payers=payers(book, last),
        quarter=quarter(book, last),
        pending=pending(book, last),
        exchanged=exchanged,
        differences=_sums(part.difference for part in exchanged if part.difference),
    )


def as_of(book: Book, day: date) -> Book:
    """The book with the records of a day: those that were issued by then.

    What people wrote stands as it does now; each entry counts by its own date.
    """
    return replace(
        book,
        invoices=tuple(invoice for invoice in book.invoices if invoice.issued <= day),
        letters=tuple(letter for letter in book.letters if letter.date <= day),
        quotes=tuple(quote for quote in book.quotes if quote.issued <= day),
        activity=tuple(report for report in book.activity if report.date <= day),
    )
