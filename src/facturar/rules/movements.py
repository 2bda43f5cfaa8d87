"""What moved a client's balance in one currency, day by day, each movement with the balance after it.

The balance of a day is what `settlement` says of it, and so what aging says. Invoices, credit notes, payments and
refunds move it by what they are of; a discount for paying early on the day on which it is taken, so that its credit
note, if that comes later, moves nothing any more. What then remains is what a write-off closed on that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO, rounded
from facturar.model.payment import Payment
from facturar.model.statement import Movement, MovementKind
from facturar.rules.settlement import Account, accounts

_SIGNS: dict[str, Literal[1, -1]] = {"payment": -1, "refund": 1}


@dataclass(frozen=True)
class Activity:
    """The balance before some days, what moved it, and the balance after them."""

    opening: Decimal
    movements: tuple[Movement, ...]
    closing: Decimal


@dataclass(frozen=True)
class _Change:
    kind: MovementKind
    document: str | None
    amount: Decimal
    reference: str | None = None


def _on(day: date, own: Book, account: Account) -> Account:
    """The account as it was on a day."""
    key = (account.client, account.currency)
    return accounts(own, day).get(key) or Account(*key)


def _document_kind(invoice: Invoice) -> MovementKind:
    return "invoice" if invoice.kind == "deposit" else invoice.kind


def _documents(invoices: Iterable[Invoice], before: Account) -> Iterator[_Change]:
    """What was issued on a day; a credit note for a discount that was taken before moves nothing."""
    counted = {discount.number for discount in before.discounts}
    for invoice in invoices:
        told = invoice.pays_early and invoice.corrects in counted
        amount = ZERO if told else invoice.totals.payable
        yield _Change(_document_kind(invoice), invoice.number, amount)


def _named(payment: Payment) -> str | None:
    """The document that a payment names, if it is one."""
    shared = tuple(payment.invoices or ())
    return payment.invoice or (shared[0] if len(shared) == 1 else None)


def _money(payments: Iterable[Payment]) -> Iterator[_Change]:
    for payment in payments:
        if payment.kind != "write_off":
            yield _Change(payment.kind, _named(payment), _SIGNS[payment.kind] * payment.amount, payment.reference)


def _discounts(before: Account, after: Account) -> Iterator[_Change]:
    """The discounts that were taken on a day and that no credit note of that day gives."""
    known = {discount.number for discount in before.discounts}
    for discount in after.discounts:
        if discount.number not in known:
            yield _Change("discount", discount.number, -discount.amount)


def _written_off(payments: Iterable[Payment], amount: Decimal) -> Iterator[_Change]:
    """What remains of a day's difference: closed by a write-off or, above zero, that much less closed by one."""
    if amount:
        named = {_named(payment) for payment in payments if payment.kind == "write_off"}
        yield _Change("write_off", named.pop() if len(named) == 1 else None, amount)


def _changes(own: Book, currency: str, day: date, before: Account, after: Account) -> Iterator[_Change]:
    invoices = [i for i in own.invoices if i.issued == day and i.currency == currency and i.totals.payable]
    payments = [p for p in own.payments if p.date == day and p.currency == currency]
    found = [*_documents(invoices, before), *_money(payments), *_discounts(before, after)]
    yield from found
    moved = sum((change.amount for change in found), ZERO)
    yield from _written_off(payments, after.balance - before.balance - moved)


def _days(own: Book, currency: str, first: date, last: date) -> list[date]:
    """The days on which something was issued or paid."""
    issued = {invoice.issued for invoice in own.invoices if invoice.currency == currency}
    paid = {payment.date for payment in own.payments if payment.currency == currency}
    return sorted(day for day in issued | paid if first <= day <= last)


def activity(own: Book, account: Account, first: date, last: date) -> Activity:
    """What moved the balance of an account from a day to another, both included; `own` is its client's book alone.

    Each day on which there is something costs one settlement of that client's accounts.
    """
    currency, before = account.currency, _on(first - timedelta(days=1), own, account)
    opening = balance = rounded(before.balance, currency)
    movements = []
    for day in _days(own, currency, first, last):
        after = _on(day, own, account)
        for change in _changes(own, currency, day, before, after):
            amount = rounded(change.amount, currency)
            balance += amount
            movements.append(
                Movement(
                    date=day,
                    kind=change.kind,
                    document=change.document,
                    reference=change.reference,
                    amount=amount,
                    balance=balance,
                )
            )
        before = after
    return Activity(opening, tuple(movements), balance)
