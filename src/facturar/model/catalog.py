"""The catalogue of products and services, and exchange rates."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from facturar.model.dated import Price
from facturar.model.scalars import Currency, Day, Entry, Number, Text, fault
from facturar.problems import Code


def _not_below_nothing(number: Decimal) -> Decimal:
    if number < 0:
        raise fault(Code.bad_number, f"{number} is below nothing", "write how many there were, 0 if there were none")
    return number


def _something(number: Decimal) -> Decimal:
    if number <= 0:
        hint = "for what broke or went back to the supplier, count again: change counted: and on:"
        raise fault(Code.bad_number, f"{number} is nothing that came in", hint)
    return number


Count = Annotated[Number, AfterValidator(_not_below_nothing)]
"""How many there are: nothing at least."""


class Stock(Entry):
    """What was counted at the end of a day, and at how many to order again."""

    counted: Count
    on: Day
    reorder_at: Count | None = None


class Received(Entry):
    """Goods that came in, or that came back."""

    date: Day
    quantity: Annotated[Number, AfterValidator(_something)]


class Item(Entry):
    """A product or a service with its price and cost."""

    text: Text
    price: Price
    cost: Price | None = None
    unit: Text | None = None
    taxes: tuple[str, ...] | None = None
    stock: Stock | None = None
    received: tuple[Received, ...] = Field(default=())


def _above_zero(rate: Decimal) -> Decimal:
    if rate <= 0:
        hint = "write what one unit is in the book's currency: {date: 2026-11-30, currency: USD, rate: 0.92}"
        raise fault(Code.bad_value, f"the rate {rate} is not above zero", hint)
    return rate


class Rate(Entry):
    """An exchange rate: one unit of `currency` in the book's currency, from a day on."""

    date: Day
    currency: Currency
    rate: Annotated[Number, AfterValidator(_above_zero)]
