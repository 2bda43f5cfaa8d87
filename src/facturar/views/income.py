"""What came in: payments as money received, and twelve months of what was invoiced and what was collected."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.money import ZERO
from facturar.rules.periods import add_months
from facturar.rules.settlement import payment_currency


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
class Income:
    """What was invoiced and collected in a month, in one currency; `month` is its first day."""

    month: date
    currency: str
    invoiced: Decimal
    collected: Decimal


def received(book: Book, first: date, last: date) -> tuple[Received, ...]:
    """What was entered as paid from a day to another, by date: write-offs too, which are no income."""
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
    return tuple(sorted(found, key=lambda entry: entry.date))


def income(book: Book, last: date, months: int = 12) -> tuple[Income, ...]:
    """What was invoiced and collected in each of some months up to that of `last`, counting what is dated by then.

    By currency, the book's first, from the first month in which there was any; credit notes and refunds take away.
    """
    starts = [add_months(last.replace(day=1), -back) for back in reversed(range(months))]
    invoiced: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    collected: dict[tuple[str, date], Decimal] = defaultdict(Decimal)
    for invoice in book.invoices:
        if starts[0] <= invoice.issued <= last:
            invoiced[invoice.currency, invoice.issued.replace(day=1)] += invoice.totals.payable
    for entry in received(book, starts[0], last):
        if entry.kind != "write_off":
            collected[entry.currency, entry.date.replace(day=1)] += entry.amount
    moved = sorted({*invoiced, *collected}, key=lambda key: (key[0] != book.settings.currency, *key))
    begun = dict(reversed(moved))
    return tuple(
        Income(month, currency, invoiced.get((currency, month), ZERO), collected.get((currency, month), ZERO))
        for currency in dict.fromkeys(currency for currency, _ in moved)
        for month in starts
        if month >= begun[currency]
    )
