"""The catalogue of products and services, and exchange rates."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from facturar.model.dated import Price
from facturar.model.scalars import Currency, Day, Entry, Number, Text, fault
from facturar.problems import Code


class Stock(Entry):
    """What was counted on a day, and when to order again."""

    counted: Number
    on: Day
    reorder_at: Number | None = None


class Received(Entry):
    """Goods that came in."""

    date: Day
    quantity: Number


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
