"""Payments received in another currency: what came in, against what it settled at the rate of its invoice.

A payment settles its `amount`, in the currency of the invoice; `received` is what the bank gave for it. The difference
is what the rate has moved since, and what banks kept: a gain or a loss in the book's currency, never part of what the
client owes. It is only told of what names its invoice: where a payment without a name lies may change with the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO, Money, rounded
from facturar.model.payment import Payment
from facturar.rules.exchange import Rates, rates_of
from facturar.rules.settlement import payment_currency


@dataclass(frozen=True)
class Exchanged:
    """What a payment settles of one invoice, and its share of what came in.

    `value` is what it settles in the book's currency at the rate of the invoice, `difference` what came in less that;
    both are None where no invoice is named or no rate is known, and of a refund.
    """

    payment: Payment
    invoice: str | None
    amount: Money
    received: Money
    value: Money | None = None
    difference: Money | None = None


def _value(amount: Money, invoice: Invoice, rates: Rates) -> Money | None:
    """An amount at the recorded rate of its invoice; without one, at that of the ledger on its day of issue."""
    exchange = invoice.exchange
    if exchange and exchange.currency in (None, rates.home) and amount.currency != rates.home:
        return Money(rounded(amount.amount * exchange.rate, rates.home), rates.home)
    return rates.converted(amount, rates.home, invoice.issued)


def _shares(payment: Payment) -> Iterator[tuple[str | None, Decimal]]:
    """What is settled of each invoice that is named, and what is left over."""
    named = {payment.invoice: payment.amount} if payment.invoice else dict(payment.invoices or {})
    yield from named.items()
    if left := payment.amount - sum(named.values(), ZERO):
        yield None, left


def _received(payment: Payment, received: Money) -> Iterator[Money]:
    """What came in, shared as the payment is; the last share takes the rounding."""
    left, shares = received.amount, list(_shares(payment))
    for _, amount in shares[:-1]:
        part = rounded(received.amount * amount / payment.amount, received.currency)
        left -= part
        yield Money(part, received.currency)
    yield Money(left, received.currency)


def _difference(received: Money, value: Money, payment: Payment, rates: Rates) -> Money | None:
    """What came in less what it settled; what came in in a third currency is taken at the rate of its day."""
    at_home = rates.converted(received, rates.home, payment.date)
    return Money(at_home.amount - value.amount, rates.home) if at_home else None


def invoices_by_name(book: Book) -> dict[str, Invoice]:
    """The invoices by their numbers, and by those of the pro formas that they followed: a payment may name either."""
    followed = {invoice.pro_forma: invoice for invoice in book.invoices if invoice.pro_forma}
    return {**followed, **{invoice.number: invoice for invoice in book.invoices}}


def exchanged(payment: Payment, invoices: Mapping[str, Invoice], book: Book, rates: Rates) -> tuple[Exchanged, ...]:
    """What a payment settles and what came in for it, by invoice; nothing of one without `received`.

    `invoices` are by the names that a payment may give, as `invoices_by_name` has them.
    """
    if payment.received is None:
        return ()
    currency = payment_currency(payment, invoices, book)
    found = []
    for (number, amount), received in zip(_shares(payment), _received(payment, payment.received), strict=True):
        settled, invoice = Money(amount, currency), invoices.get(number or "")
        value = _value(settled, invoice, rates) if invoice and payment.kind == "payment" else None
        difference = _difference(received, value, payment, rates) if value else None
        found.append(Exchanged(payment, invoice.number if invoice else number, settled, received, value, difference))
    return tuple(found)


def all_exchanged(book: Book) -> tuple[Exchanged, ...]:
    """All that came in in another currency than it settled, in the order of the ledger."""
    invoices, rates = invoices_by_name(book), rates_of(book)
    return tuple(part for payment in book.payments for part in exchanged(payment, invoices, book, rates))


def difference_of(parts: tuple[Exchanged, ...]) -> Money | None:
    """The difference of a whole payment; None when that of a part is not known."""
    known = [part.difference for part in parts if part.difference]
    if not known or len(known) < len(parts):
        return None
    return Money(sum((difference.amount for difference in known), ZERO), known[0].currency)
