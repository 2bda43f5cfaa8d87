"""What came in for a payment: in another currency than it settles, and about what that is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.payment import Payment
from facturar.problems import Code, KeyPath, Problem, warning
from facturar.rules.exchange import Rates, rates_of
from facturar.rules.exchange_difference import exchanged, invoices_by_name
from facturar.rules.settlement import payment_currency

_ODD = 5
"""A difference of more than this part of the value, a fifth, is no fee: a figure was mistyped or swapped."""


def _same_currency(payment: Payment, currency: str, path: KeyPath) -> Iterator[Problem]:
    """`received` in the payment's own currency, but of another amount: who is owed what is then unclear."""
    if payment.received and payment.received.amount != payment.amount:
        message = f"{payment.received} came in for {payment.amount} {currency}: the same currency, another amount"
        hint = "received: is for another currency; write what came in as amount:, and a fee as a write_off"
        yield warning(Code.wrong_currency, message, hint, path)


def _far_off(
    payment: Payment, invoices: Mapping[str, Invoice], book: Book, rates: Rates, path: KeyPath
) -> Iterator[Problem]:
    for part in exchanged(payment, invoices, book, rates):
        if part.value and part.difference and abs(part.difference.amount) * _ODD > part.value.amount:
            more = f"{abs(part.difference.amount)} {rates.home} {'more' if part.difference.amount > 0 else 'less'}"
            message = f"{part.received} came in for {part.amount} of {part.invoice}: {more} than that is worth"
            yield warning(Code.excess, message, "compare amount: and received: with the bank, and the rate", path)


def received_problems(book: Book, _today: date) -> Iterator[Problem]:
    """What is odd about amounts received in another currency."""
    invoices, rates = invoices_by_name(book), rates_of(book)
    for index, payment in enumerate(book.payments):
        currency, path = payment_currency(payment, invoices, book), ("payments", index, "received")
        if payment.received and payment.received.currency == currency:
            yield from _same_currency(payment, currency, path)
        else:
            yield from _far_off(payment, invoices, book, rates, path)
