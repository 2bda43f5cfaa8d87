"""A client: who they are and what is particular about billing them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from facturar.model.agreement import ShareOf
from facturar.model.interest import LateInterest
from facturar.model.numbering import NumberPattern
from facturar.model.party import Address
from facturar.model.scalars import (
    Currency,
    Days,
    Entry,
    Id,
    Language,
    Number,
    Text,
    fault,
    not_below_nothing,
    read_day,
)
from facturar.model.terms import PaymentTerms, Shift
from facturar.problems import Code


class Contact(Entry):
    """A person to write or talk to."""

    name: Text
    role: Text | None = None
    email: Text | None = None
    phone: Text | None = None


def _not_before(days: int) -> int:
    if days < 0:
        raise fault(Code.bad_value, f"'{days} days' is before the due date", "write how late is too late: 45 days")
    return days


Limit = Annotated[Number, AfterValidator(not_below_nothing)]
"""The most that may be owed, in the book's currency; 0 or more."""


class CreditPolicy(Entry):
    """How much may be owed, and for how long, before new work waits; `new_limit` until a first invoice is paid.

    `notice`: whether the round tells the client when it comes to that.
    """

    limit: Limit | None = None
    hold: Annotated[Days, AfterValidator(_not_before)] | None = None
    new_limit: Limit | None = None
    notice: bool = True


class LoyaltyThreshold(Entry):
    """What must have been invoiced before: so many invoices, or so much net, in a currency or else the client's."""

    invoices: int | None = None
    amount: Number | None = None
    currency: Currency | None = None

    def __str__(self) -> str:
        if self.amount is None:
            return f"{self.invoices} invoice{'s' * (self.invoices != 1)}"
        return f"{self.amount.normalize():f}{f' {self.currency}' if self.currency else ''}"


def _read_threshold(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    if match := re.fullmatch(r"(\d{1,6}) invoices?", text, re.ASCII):
        found = LoyaltyThreshold(invoices=int(match[1]))
    elif match := re.fullmatch(r"(\d+(?:\.\d+)?)(?: ([A-Z]{3}))?", text, re.ASCII):
        found = LoyaltyThreshold(amount=Decimal(match[1]), currency=match[2])
    else:
        hint = "write 10 invoices, 5000 EUR, or an amount in the client's currency: 5000"
        raise fault(Code.bad_value, f"'{value}' is neither a number of invoices nor an amount", hint)
    if not (found.invoices or found.amount):
        raise fault(
            Code.bad_value, f"'{value}' has been passed before there is an invoice", "for all of them, use discount"
        )
    return found


class Loyalty(Entry):
    """A thank you after some invoices (or some amount), on the next one."""

    after: Annotated[LoyaltyThreshold, BeforeValidator(_read_threshold)]
    discount: ShareOf
    message: Text | None = None


def _read_choice(value: object) -> object:
    if not isinstance(value, str) or value in ("all", "none"):
        return value
    if day := read_day(value):
        return day
    hint = "write all, none, or the day from which on: 2026-12-01"
    raise fault(Code.bad_value, f"'{value}' is no choice of receipts", hint)


ReceiptChoice = Annotated[Literal["all", "none"] | date, BeforeValidator(_read_choice)]
"""Of which payments `run` writes receipts: of all, of none, or of those from a day on."""


class Client(Entry):
    """One client. What is left out follows the book. A `consumer` is a person who buys outside any trade."""

    name: Text
    trade_name: Text | None = None
    tax_id: Text | None = None
    consumer: bool = False
    address: Address | None = None
    email: Text | None = None
    phone: Text | None = None
    contacts: dict[Id, Contact] = Field(default_factory=dict)
    language: Language | None = None
    terms: PaymentTerms | None = None
    shift: Shift | None = None
    taxes: tuple[str, ...] | None = None
    currency: Currency | None = None
    requires: tuple[Literal["purchase_order", "approval", "billing_contact"], ...] = ()
    credit: CreditPolicy | None = None
    late_interest: LateInterest | None = None
    discount: ShareOf | None = None
    loyalty: Loyalty | None = None
    reminders: Text | None = None
    receipts: ReceiptChoice | None = None
    invoice_per: Literal["job", "client"] | None = None
    billing_day: Annotated[int, Field(ge=1, le=31)] | None = None
    batch: Text | None = None
    series: NumberPattern | None = None
    template: Text | None = None
