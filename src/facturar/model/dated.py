"""What changes on a day and holds until the next change: prices, rates, percentages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Protocol, TypeVar

from pydantic import AfterValidator, BeforeValidator

from facturar.model.scalars import Day, Entry, Number, Percent, fault, not_below_nothing
from facturar.problems import Code


class Since(Protocol):
    """Anything that holds from a day on."""

    @property
    def since(self) -> date:
        """The first day on which it holds."""


DatedT = TypeVar("DatedT", bound=Since)


def in_force(entries: Iterable[DatedT], day: date) -> DatedT | None:
    """The entry with the latest `since` that is not after the day; None before the first."""
    return max((entry for entry in entries if entry.since <= day), key=lambda entry: entry.since, default=None)


class PriceSince(Entry):
    """A price from a day on, in the job's currency for one unit."""

    since: Day = date.min
    amount: Number


class PercentSince(Entry):
    """A percentage from a day on, and where the law says so."""

    since: Day = date.min
    percent: Percent
    source: str | None = None


def _wrapped(key: str) -> BeforeValidator:
    def wrap(value: Any) -> Any:
        return [{key: value}] if isinstance(value, str | Decimal) else value

    return BeforeValidator(wrap)


def _one_a_day(entries: tuple[DatedT, ...]) -> tuple[DatedT, ...]:
    days = [entry.since for entry in entries]
    for day in set(days):
        if days.count(day) > 1:
            raise fault(Code.same_day_twice, f"two values since {day}", "keep one, or give the other its own day")
    return entries


Price = Annotated[tuple[PriceSince, ...], _wrapped("amount"), AfterValidator(_one_a_day)]
"""A price, plain (`60`) or dated (`[{since: 2026-01-01, amount: 60}]`)."""


def _none_below_nothing(entries: tuple[PriceSince, ...]) -> tuple[PriceSince, ...]:
    for entry in entries:
        not_below_nothing(entry.amount)
    return entries


ChargedPrice = Annotated[Price, AfterValidator(_none_below_nothing)]
"""What an hour, a period or a whole job is charged at, plain or dated: a price that is never below 0."""

DatedPercent = Annotated[tuple[PercentSince, ...], _wrapped("percent"), AfterValidator(_one_a_day)]
"""A percentage, plain (`21`) or dated (`[{since: 2012-09-01, percent: 21}]`)."""


def price_on(price: Iterable[PriceSince], day: date) -> Decimal | None:
    """The price in force on a day; None before the first."""
    entry = in_force(price, day)
    return entry.amount if entry else None
