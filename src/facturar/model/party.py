"""Who sells and who buys: names, addresses, tax ids, ways to pay."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from facturar.model.scalars import Country, Entry, Text


class Address(Entry):
    """A postal address."""

    street: Text
    postcode: Text | None = None
    city: Text
    region: Text | None = None
    country: Country


class Party(Entry):
    """One side of a document, as it was on the day of issue."""

    name: Text
    trade_name: Text | None = None
    tax_id: Text | None = None
    address: Address | None = None
    email: Text | None = None
    phone: Text | None = None
    attention: Text | None = None


class Transfer(Entry):
    """Payment into a bank account."""

    kind: Literal["transfer"]
    iban: Text | None = None
    account: Text | None = None
    bic: Text | None = None
    bank: Text | None = None
    label: Text | None = None


class Link(Entry):
    """Payment by a web page; `{number}`, `{amount}` and `{currency}` in the address are filled in."""

    kind: Literal["link"]
    url: Text
    label: Text | None = None


class OtherMethod(Entry):
    """Payment in any other way, in the words of `label`."""

    kind: Literal["other"]
    label: Text


PaymentMethod = Annotated[Transfer | Link | OtherMethod, Field(discriminator="kind")]
