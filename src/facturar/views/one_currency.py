"""The aging table in one currency: what is owed in several, at the rates of the table's day.

A view for the eye alone. What a client owes stays what it is, in the currency of each invoice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from facturar.model.catalog import Rate
from facturar.model.money import ZERO, Money, rounded
from facturar.problems import UsageError
from facturar.rules.exchange import Rates, line_to_add
from facturar.views.aging import Aging, AgingRow, OpenItem, total_of


def _needed(currencies: Iterable[str], currency: str) -> frozenset[str]:
    """The currencies whose rates are used: none when all is in that currency already."""
    others = frozenset(currencies) - {currency}
    return others | {currency} if others else others


def rates_used(currencies: Iterable[str], currency: str, day: date, rates: Rates) -> tuple[Rate, ...]:
    """The rates by which these currencies become one on a day.

    Raises UsageError, with the lines to add, when one of them is lacking.
    """
    needed = _needed(currencies, currency)
    if lacking := rates.lacking(needed, day):
        lines = "\n  ".join(line_to_add(code, day) for code in lacking)
        message = f"there is no rate of {' and of '.join(lacking)} on {day}: this cannot be told in {currency}"
        raise UsageError(message, f"add to rates.yaml what one unit was in {rates.home}:\n  {lines}")
    return rates.used(needed, day)


def _converted(amount: Decimal, of: str, currency: str, day: date, rates: Rates) -> Decimal:
    found = rates.converted(Money(amount, of), currency, day)
    assert found, "no rate that is used is lacking"
    return found.amount


def _row(row: AgingRow, currency: str, day: date, rates: Rates) -> AgingRow:
    """The row with every bucket converted and rounded; less the credit they come to its balance, as before."""
    buckets = {name: _converted(amount, row.currency, currency, day, rates) for name, amount in row.buckets.items()}
    credit = _converted(row.credit, row.currency, currency, day, rates)
    balance = sum(buckets.values(), rounded(ZERO, currency)) - credit
    return replace(row, currency=currency, buckets=buckets, credit=credit, balance=balance)


def _together(rows: list[AgingRow]) -> AgingRow:
    """The rows of one client (or job) as one."""
    whole = total_of(rows[0].currency, rows)
    return replace(rows[0], buckets=whole.buckets, credit=whole.credit, balance=whole.balance)


def aging_in(table: Aging, currency: str, rates: Rates) -> Aging:
    """The table in one currency at the rates of its day: one row a client (or job), one total.

    Raises UsageError, with the lines to add, when a rate is lacking.
    """
    used = rates_used((row.currency for row in table.rows), currency, table.as_of, rates)
    by_name: dict[tuple[str, str | None], list[AgingRow]] = {}
    for row in table.rows:
        by_name.setdefault((row.client, row.job), []).append(_row(row, currency, table.as_of, rates))
    rows = tuple(_together(own) for own in by_name.values())
    totals = (total_of(currency, rows),) if rows else ()
    return replace(table, rows=rows, totals=totals, currency=currency, rates=used)


def open_items_in(items: Iterable[OpenItem], currency: str, day: date, rates: Rates) -> tuple[OpenItem, ...]:
    """The items in one currency at the rates of a day, each rounded by itself.

    Raises UsageError, with the lines to add, when a rate is lacking.
    """
    own = tuple(items)
    rates_used((item.currency for item in own), currency, day, rates)
    return tuple(
        replace(item, currency=currency, open=_converted(item.open, item.currency, currency, day, rates))
        for item in own
    )
