"""A client: who they are and what is particular about billing them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from facturar.model.agreement import ShareOf
from facturar.model.numbering import NumberPattern
from facturar.model.party import Address
from facturar.model.scalars import Currency, Days, Entry, Id, Language, Number, Text
from facturar.model.terms import PaymentTerms


class Contact(Entry):
    """A person to write or talk to."""

    name: Text
    role: Text | None = None
    email: Text | None = None
    phone: Text | None = None


class CreditPolicy(Entry):
    """How much may be owed, and for how long, before new work waits."""

    limit: Number | None = None
    hold: Days | None = None
    new_limit: Number | None = None


class Loyalty(Entry):
    """A thank you after some invoices (or some amount), on the next one."""

    after: Text
    discount: ShareOf
    message: Text | None = None


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
    taxes: tuple[str, ...] | None = None
    currency: Currency | None = None
    requires: tuple[Literal["purchase_order", "approval"], ...] = ()
    credit: CreditPolicy | None = None
    discount: ShareOf | None = None
    loyalty: Loyalty | None = None
    reminders: Text | None = None
    invoice_per: Literal["job", "client"] | None = None
    billing_day: Annotated[int, Field(ge=1, le=31)] | None = None
    batch: Text | None = None
    series: NumberPattern | None = None
    template: Text | None = None
