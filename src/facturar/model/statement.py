"""A statement of account: what a client owes on a day, item by item, or what happened over some days and what is left.

The order of the fields is the order of the keys in the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from facturar.model.invoice import Period
from facturar.model.money import ZERO
from facturar.model.party import Party, PaymentMethod
from facturar.model.scalars import Currency, Day, Entry, Language, Number

MovementKind = Literal["invoice", "credit_note", "debit_note", "payment", "refund", "write_off", "discount"]


class OpenItem(Entry):
    """An instalment that is open; `amount` is what it asked for, `days_late` is 0 or less before it is late."""

    number: str
    issued: Day
    due: Day
    amount: Number
    open: Number
    days_late: int
    disputed: bool | None = None


class Bucket(Entry):
    """What is open of an age: `current`, `1-30` and so on."""

    name: str
    amount: Number


class Movement(Entry):
    """What changed the balance on a day, by how much (more owed is above zero), and the balance after it.

    `document` is the invoice or credit note, or the one that a payment names; `reference` is the payment's.
    """

    date: Day
    kind: MovementKind
    document: str | None = None
    reference: str | None = None
    amount: Number
    balance: Number


class Statement(Entry):
    """The record of a statement. `version` counts those of one name, from 2 on.

    The buckets less `credit` come to `balance` and, of activity, so do `opening` and the movements. The ways to pay
    ask for what is due now, and `reference` is what to quote.
    """

    kind: Literal["open", "activity"]
    client: str
    date: Day
    period: Period | None = None
    version: int | None = None
    language: Language
    seller: Party
    buyer: Party
    currency: Currency
    items: tuple[OpenItem, ...] = ()
    opening: Number | None = None
    movements: tuple[Movement, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    credit: Number | None = None
    balance: Number
    reference: str | None = None
    payment_methods: tuple[PaymentMethod, ...] = ()
    seal: str = ""


def due_now(items: Iterable[OpenItem], credit: Decimal | None) -> Decimal:
    """What may be asked for on the statement's day: what is due by then and not in dispute, less the credit.

    >>> days = {"issued": "2026-09-01", "due": "2026-10-01"}
    >>> late = {"number": "F-1", **days, "amount": "5", "open": "200", "days_late": 9}
    >>> coming = {**late, "number": "F-2", "due": "2026-12-05", "days_late": -5}
    >>> due_now([OpenItem.model_validate(late), OpenItem.model_validate(coming)], Decimal(40))
    Decimal('160')
    """
    due = sum((item.open for item in items if item.days_late >= 0 and not item.disputed), ZERO)
    return max(due - (credit or ZERO), ZERO)


def not_due_yet(items: Iterable[OpenItem], credit: Decimal | None) -> Decimal:
    """What is still to come, not in dispute, less the credit that what is due has not taken."""
    listed = tuple(items)
    undisputed = sum((item.open for item in listed if not item.disputed), ZERO)
    return max(undisputed - (credit or ZERO), ZERO) - due_now(listed, credit)


def statement_name(statement: Statement, currency: str) -> str:
    """The name of a statement: its day and client, `statement` or `activity`, its currency if not the book's.

    >>> facts = {"date": "2026-11-30", "client": "acme", "kind": "activity", "currency": "USD", "version": None}
    >>> statement_name(Statement.model_construct(**facts), "EUR")
    '2026-11-30-acme-activity-USD'
    """
    kind = "activity" if statement.kind == "activity" else "statement"
    other = "" if statement.currency == currency else f"-{statement.currency}"
    version = f".{statement.version}" if statement.version else ""
    return f"{statement.date}-{statement.client}-{kind}{other}{version}"
