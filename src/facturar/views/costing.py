"""What was billed, worked, spent and sold, entry by entry, in the currency of the book.

The rate is that of the record, else that of the day. What has none stays in its own currency: currencies never add up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.dated import price_on
from facturar.model.job import Job
from facturar.model.money import ZERO
from facturar.rules.customs import currency_of
from facturar.rules.earnings import Portion, earned, shares_received
from facturar.rules.exchange import Rates, rates_of


@dataclass(frozen=True)
class Scope:
    """Which days count, both included, and whose jobs: all clients', or one's."""

    first: date
    last: date
    client: str | None = None


@dataclass(frozen=True)
class Sums:
    """What is added up. `uncosted` are hours, `unpriced` products, of which nothing says what one costs.

    `on_hours` is what was billed less the expenses and the goods, of those jobs on which hours were logged.
    """

    hours: Decimal = ZERO
    uncosted: Decimal = ZERO
    labour: Decimal = ZERO
    expenses: Decimal = ZERO
    quantity: Decimal = ZERO
    unpriced: Decimal = ZERO
    goods: Decimal = ZERO
    billed: Decimal = ZERO
    paid: Decimal = ZERO
    on_hours: Decimal = ZERO

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, field.name) + getattr(other, field.name) for field in fields(Sums)))


@dataclass(frozen=True)
class Entry:
    """Something billed or spent for a job of a client, on an item of the catalogue if on one, unrounded."""

    job: str
    client: str
    currency: str
    sums: Sums
    item: str | None = None


def _at_home(amount: Decimal, currency: str, day: date, rates: Rates) -> tuple[Decimal, str]:
    """An amount in the currency of the book; as it is where there is no rate."""
    rate = rates.in_force(currency, day)
    return (amount * rate.rate, rates.home) if rate else (amount, currency)


def _net(portion: Portion, rates: Rates) -> tuple[Decimal, str]:
    record = portion.record
    if record.exchange:
        return portion.net * record.exchange.rate, rates.home
    return _at_home(portion.net, record.currency, record.issued, rates)


def _goods(portion: Portion, book: Book) -> Sums:
    """How many of an item, at what they cost on the day of supply."""
    item = book.catalog.get(portion.item) if portion.item else None
    each = price_on(item.cost, portion.supplied) if item and item.cost else None
    if each is None:
        return Sums(quantity=portion.quantity, unpriced=abs(portion.quantity))
    return Sums(quantity=portion.quantity, goods=each * portion.quantity)


def _billed(book: Book, scope: Scope, rates: Rates) -> Iterator[Entry]:
    received = shares_received(book, scope.last)
    for portion in earned(book, scope.first, scope.last):
        job, client = portion.job, portion.record.client
        net, currency = _net(portion, rates)
        paid = net * received[portion.record.number]
        yield Entry(job, client, currency, Sums(billed=net, paid=paid), portion.item)
        if portion.quantity:
            yield Entry(job, client, rates.home, _goods(portion, book), portion.item)


def _hours(job_id: str, job: Job, book: Book, scope: Scope) -> Iterator[Entry]:
    settings = book.settings
    for work in job.work:
        if scope.first <= work.date <= scope.last:
            cost = price_on(settings.hour_cost, work.date) if settings.hour_cost else None
            costed = Sums(uncosted=work.hours) if cost is None else Sums(labour=work.hours * cost)
            yield Entry(job_id, job.client, settings.currency, Sums(hours=work.hours) + costed)


def _expenses(job_id: str, job: Job, book: Book, scope: Scope, rates: Rates) -> Iterator[Entry]:
    """Expenses at cost: what was paid, without the markup."""
    currency = currency_of(job, book.clients[job.client], book)
    for expense in job.expenses:
        if scope.first <= expense.date <= scope.last:
            amount, into = _at_home(expense.amount, currency, expense.date, rates)
            yield Entry(job_id, job.client, into, Sums(expenses=amount))


def _all(book: Book, scope: Scope) -> Iterator[Entry]:
    """The jobs in the order of the book, then those that records bill and that are gone from it."""
    rates = rates_of(book)
    billed: dict[str, list[Entry]] = defaultdict(list)
    for entry in _billed(book, scope, rates):
        billed[entry.job].append(entry)
    for job_id, job in book.jobs.items():
        yield from _hours(job_id, job, book, scope)
        yield from _expenses(job_id, job, book, scope, rates)
        yield from billed.pop(job_id, ())
    for gone in billed.values():
        yield from gone


def entries(book: Book, scope: Scope) -> list[Entry]:
    """All that was billed by the day of issue, sold with it, and worked and spent by its own day."""
    found = [entry for entry in _all(book, scope) if scope.client in (None, entry.client)]
    worked = {entry.job for entry in found if entry.sums.hours}
    return [_for_hours(entry) if entry.job in worked else entry for entry in found]


def _for_hours(entry: Entry) -> Entry:
    left = entry.sums.billed - entry.sums.expenses - entry.sums.goods
    return replace(entry, sums=replace(entry.sums, on_hours=left))
