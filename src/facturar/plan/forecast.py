"""Money to come: what is open and what will be billed, on the days on which clients are used to pay.

Beside it stands what the due dates say. Nothing is promised by it: habits are medians, and what cannot be told is said
to be so. Currencies are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO, rounded
from facturar.plan.actions import Skip
from facturar.plan.coming import Coming, coming
from facturar.rules.diary import Situation, situation_on
from facturar.rules.periods import add_months
from facturar.rules.punctuality import Habits
from facturar.rules.settlement import Account, Instalment, accounts

Span = Literal["week", "month"]
Apart = Literal["disputed", "handed over", "not foreseeable", "later"]


@dataclass(frozen=True)
class Expected:
    """An instalment, issued or still to be billed, that may be expected on a day.

    `on` is None when no day can be told; `habit` says whose days late it goes by: the client's `own`, those of the
    whole `book`, or `nobody`'s. What is `apart` stands in no period, and this is why. `jobs` are those that it bills.
    """

    number: str | None
    client: str
    jobs: tuple[str, ...]
    currency: str
    amount: Decimal
    due: date
    on: date | None
    habit: str
    apart: Apart | None = None


@dataclass(frozen=True)
class Period:
    """A week or a month in one currency: what is expected in it, how much of that is still to be billed, what is due.

    The first, which has no `first` day, has what fell due before today and is open.
    """

    first: date | None
    last: date
    currency: str
    expected: Decimal
    to_bill: Decimal
    due: Decimal


@dataclass(frozen=True)
class Forecast:
    """The periods by currency, everything that they were made from, and what is held back and left out."""

    today: date
    until: date
    periods: tuple[Period, ...]
    items: tuple[Expected, ...]
    held: tuple[Skip, ...]


def spans(today: date, by: Span, count: int) -> list[tuple[date, date]]:
    """The first and last days of so many weeks (to Sunday) or months; the first begins today.

    >>> [(str(a), str(b)) for a, b in spans(date(2026, 11, 27), "week", 2)]
    [('2026-11-27', '2026-11-29'), ('2026-11-30', '2026-12-06')]
    """
    found, first = [], today
    for _ in range(count):
        monday = first - timedelta(days=first.weekday())
        after = monday + timedelta(days=7) if by == "week" else add_months(first.replace(day=1), 1)
        found.append((first, after - timedelta(days=1)))
        first = after
    return found


def forecast(book: Book, today: date, by: Span = "week", count: int = 12) -> Forecast:
    """Money to come in so many weeks or months from today on, counting what is dated by today."""
    days = spans(today, by, count)
    until = days[-1][1]
    known = replace(book, payments=tuple(payment for payment in book.payments if payment.date <= today))
    found = coming(known, today, until)
    items = tuple(sorted(_items(known, found, today, until), key=lambda i: (i.on or date.max, i.due, i.number or "")))
    currencies = sorted({item.currency for item in items}, key=lambda code: (code != book.settings.currency, code))
    periods = (period for currency in currencies for period in _periods(items, currency, days))
    return Forecast(today, until, tuple(periods), items, found.held)


def _items(book: Book, found: Coming, today: date, until: date) -> Iterator[Expected]:
    """Every instalment that is open or to come, once the credit of its client is laid on it."""
    habits, to_come = Habits(book, today), {invoice.number for invoice in found.invoices}
    records = {invoice.number: invoice for invoice in found.after.invoices}
    for account in accounts(found.after, until).values():
        situation = situation_on(book.diary, account.client, today)
        for part in account.open:
            if part.issued <= today or part.number in to_come:
                yield _item(part, account, records[part.number], habits, situation, to_come, until)


def _item(
    part: Instalment,
    account: Account,
    record: Invoice,
    habits: Habits,
    situation: Situation,
    to_come: set[str],
    until: date,
) -> Expected:
    on, habit = habits.expected(part.client, part.due)
    if on and part.number in to_come:
        on = max(on, part.issued)
    return Expected(
        number=None if part.number in to_come else part.number,
        client=part.client,
        jobs=record.job,
        currency=part.currency,
        amount=rounded(part.open, account.currency),
        due=part.due,
        on=on,
        habit=habit,
        apart=_apart(part, on, situation, until),
    )


def _apart(part: Instalment, on: date | None, situation: Situation, until: date) -> Apart | None:
    if situation.handed_to:
        return "handed over"
    if part.number in situation.disputed:
        return "disputed"
    if on is None:
        return "not foreseeable"
    return "later" if on > until else None


def _sum(items: Iterable[Expected], currency: str) -> Decimal:
    return rounded(sum((item.amount for item in items), ZERO), currency)


def _periods(items: Sequence[Expected], currency: str, days: Sequence[tuple[date, date]]) -> Iterator[Period]:
    """The periods of a currency; what was due before today stands in front, if there is any."""
    own = [item for item in items if item.currency == currency and item.apart in (None, "not foreseeable", "later")]
    today, nothing = days[0][0], rounded(ZERO, currency)
    if overdue := [item for item in own if item.due < today]:
        yield Period(None, today - timedelta(days=1), currency, nothing, nothing, _sum(overdue, currency))
    for first, last in days:
        expected = [item for item in own if item.apart is None and item.on and first <= item.on <= last]
        yield Period(
            first,
            last,
            currency,
            expected=_sum(expected, currency),
            to_bill=_sum((item for item in expected if item.number is None), currency),
            due=_sum((item for item in own if first <= item.due <= last), currency),
        )
