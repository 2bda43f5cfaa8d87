"""Who sells and who buys: names, addresses, tax ids, ways to pay."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from facturar.model.scalars import Country, Entry, Text, fault
from facturar.problems import Code

_CLABE_WEIGHTS = (3, 7, 1) * 6


def _clabe(text: str) -> str:
    """18 digits, the last of which makes the weighted sum a multiple of ten (Circular 14/2017 del Banco de México)."""
    solid = "".join(text.split())
    weighted = (int(digit) * weight % 10 for digit, weight in zip(solid, _CLABE_WEIGHTS, strict=False))
    if not re.fullmatch(r"\d{18}", solid, re.ASCII) or sum(weighted) % 10:
        message = f"'{text}' is not a CLABE: it has 18 digits, and the last one checks the others"
        raise fault(Code.bad_value, message, "compare it with what the bank says")
    return solid


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
    """Payment by a web page; `{number}`, `{amount}` and `{currency}` in the address are filled in.

    A card and PayPal are pages too, with a name of their own.
    """

    kind: Literal["link", "card", "paypal"]
    url: Text
    label: Text | None = None


class Bizum(Entry):
    """Payment to a Spanish phone number."""

    kind: Literal["bizum"]
    phone: Text


class Cash(Entry):
    """Payment by hand, at a place if there is a usual one."""

    kind: Literal["cash"]
    place: Text | None = None


class Spei(Entry):
    """A Mexican transfer, to a CLABE of 18 digits."""

    kind: Literal["spei"]
    clabe: Annotated[str, AfterValidator(_clabe)]
    bank: Text | None = None
    holder: Text | None = None


class Pix(Entry):
    """A Brazilian payment, to a key: a tax id, a phone, an e-mail or random letters."""

    kind: Literal["pix"]
    key: Text
    holder: Text | None = None


class OtherMethod(Entry):
    """Payment in any other way, in the words of `label`."""

    kind: Literal["other"]
    label: Text


PaymentMethod = Annotated[Transfer | Link | Bizum | Cash | Spei | Pix | OtherMethod, Field(discriminator="kind")]
