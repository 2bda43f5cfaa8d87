"""What jobs, clients and products earned: what was billed for them less the hours, the expenses and the goods.

What has no exchange rate stands in a row of its own currency, and then none of the rows of the same name tells a
margin, as a part of it is elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.money import ZERO, rounded, to_four_digits
from facturar.views.costing import Entry, Scope, Sums, entries

By = Literal["job", "client", "item"]
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Margin:
    """What was billed for a job, a client or an item, net, less what it cost, all in one currency.

    `paid` is the net share of what was received. `labour` is what the hours cost; None where nothing says it, and then
    the margin leaves it out. `goods` is what the products cost; None, of an item, where nothing says it. `margin`,
    `percent` of what was billed, and `hourly` are None where they would say nothing. `hourly` is what is left by the
    hour after expenses and goods, of those jobs on which hours were logged.
    """

    name: str
    currency: str
    hours: Decimal
    labour: Decimal | None
    expenses: Decimal
    quantity: Decimal
    goods: Decimal | None
    billed: Decimal
    paid: Decimal
    margin: Decimal | None
    percent: Decimal | None
    hourly: Decimal | None


@dataclass(frozen=True)
class Margins:
    """A row for each name and currency, a total for each currency; hours without a cost, currencies without a rate."""

    since: date
    until: date
    rows: tuple[Margin, ...]
    totals: tuple[Margin, ...]
    uncosted: Decimal
    unconverted: tuple[str, ...]


def percent_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part in percent of a whole, to one digit, half away from zero; None of nothing or less.

    >>> str(percent_of(Decimal(1), Decimal(8))), percent_of(Decimal(5), Decimal(0))
    ('12.5', None)
    """
    return (part / whole * 100).quantize(_TENTH, ROUND_HALF_UP) if whole > 0 else None


def _margin(name: str, currency: str, sums: Sums, *, whole: bool, priced: bool) -> Margin:
    """The row of some sums; `whole`: nothing of it stands in another currency; `priced`: its goods need a cost."""

    def money(amount: Decimal) -> Decimal:
        return rounded(amount, currency)

    labour, goods = money(sums.labour), money(sums.goods)
    expenses, billed = money(sums.expenses), money(sums.billed)
    left = billed - expenses - goods
    told = whole and not (priced and sums.unpriced)
    return Margin(
        name=name,
        currency=currency,
        hours=to_four_digits(sums.hours),
        labour=None if sums.uncosted else labour,
        expenses=expenses,
        quantity=to_four_digits(sums.quantity),
        goods=None if priced and sums.unpriced else goods,
        billed=billed,
        paid=money(sums.paid),
        margin=left - labour if told else None,
        percent=percent_of(left - labour, billed) if told else None,
        hourly=money(sums.on_hours / sums.hours) if told and sums.hours else None,
    )


def _added(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _total(currency: str, rows: Sequence[Margin], sums: Sums) -> Margin:
    """The total of printed rows, whose sums these are, so that it adds up; without a margin if a row has none.

    Quantities of different items are not added up.
    """
    printed = replace(
        sums,
        quantity=ZERO,
        labour=_added(row.labour for row in rows),
        expenses=_added(row.expenses for row in rows),
        goods=_added(row.goods for row in rows),
        billed=_added(row.billed for row in rows),
        paid=_added(row.paid for row in rows),
        unpriced=Decimal(sum(row.goods is None for row in rows)),
    )
    return _margin("", currency, printed, whole=all(row.margin is not None for row in rows), priced=True)


def _totals(rows: Sequence[Margin], sums: Mapping[tuple[str, str], Sums], home: str) -> Iterator[Margin]:
    """A total for each currency, the book's first."""
    for currency in sorted({row.currency for row in rows}, key=lambda currency: (currency != home, currency)):
        own = (found for (_, other), found in sums.items() if other == currency)
        yield _total(currency, [row for row in rows if row.currency == currency], sum(own, Sums()))


_NAMES: dict[By, Callable[[Entry], str | None]] = {
    "job": lambda entry: entry.job,
    "client": lambda entry: entry.client,
    "item": lambda entry: entry.item,
}


def _summed(found: Iterable[Entry], by: By) -> dict[tuple[str, str], Sums]:
    """The sums of each name in each currency, in the order in which they come."""
    sums: dict[tuple[str, str], Sums] = {}
    for entry in found:
        name = _NAMES[by](entry)
        if name is not None:
            key = (name, entry.currency)
            sums[key] = sums.get(key, Sums()) + entry.sums
    return sums


def margins(book: Book, scope: Scope, by: By) -> Margins:
    """What was earned by job, client or item of the catalogue.

    Invoices and credit notes count by their day of issue, hours and expenses by their own; a deposit counts once, as
    the final invoice is less by it. The cost of goods counts with the line that bills them.
    """
    sums = _summed(entries(book, scope), by)
    currencies_of = Counter(name for name, _ in sums)
    rows = tuple(
        _margin(name, currency, own, whole=currencies_of[name] == 1, priced=by == "item")
        for (name, currency), own in sums.items()
    )
    totals = tuple(_totals(rows, sums, home := book.settings.currency))
    return Margins(
        since=scope.first,
        until=scope.last,
        rows=rows,
        totals=totals,
        uncosted=_added(own.uncosted for own in sums.values()),
        unconverted=tuple(total.currency for total in totals if total.currency != home),
    )
