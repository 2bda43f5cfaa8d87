"""What becomes one invoice: a part of a job or, where a client wants one invoice a month, all that falls due in it.

Art. 13 RD 1619/2012 allows one invoice for the operations of a calendar month to one client (factura recapitulativa).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Literal, TypeVar

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.invoice import Period
from facturar.model.job import Job
from facturar.model.quote import Quote
from facturar.rules.agreements.part import Part
from facturar.rules.customs import currency_of
from facturar.rules.periods import add_months
from facturar.rules.totals import DraftLine

ValueT = TypeVar("ValueT")


@dataclass(frozen=True)
class Order:
    """Parts that are invoiced together, with their jobs by id, to one client in one currency."""

    parts: tuple[Part, ...]
    jobs: tuple[tuple[str, Job], ...]
    client_id: str
    client: Client
    currency: str

    @property
    def job_ids(self) -> tuple[str, ...]:
        """The jobs, each once, in the order of their parts."""
        return tuple(dict.fromkeys(job_id for job_id, _ in self.jobs))

    @property
    def since(self) -> date:
        """The day from which the first of it may be billed."""
        return min(part.since for part in self.parts)

    @property
    def lines(self) -> tuple[DraftLine, ...]:
        """All lines; of several jobs each in a section of its own, with the id of its job."""
        if len(self.job_ids) == 1:
            return tuple(line for part in self.parts for line in part.lines)
        titled = zip(self.parts, self.jobs, strict=True)
        return tuple(
            replace(line, section=job.title, job=job_id) for part, (job_id, job) in titled for line in part.lines
        )

    @property
    def prices_include_tax(self) -> bool:
        """Whether the prices are gross; orders with both kinds are not gathered."""
        return self.jobs[0][1].prices_include_tax

    @property
    def covers(self) -> tuple[str, ...]:
        """The keys of all that is billed."""
        return tuple(chain.from_iterable(part.covers for part in self.parts))

    @property
    def period(self) -> Period | None:
        """The period, if it is the same for all."""
        return _common(part.period for part in self.parts)

    @property
    def supplied(self) -> date | None:
        """When it was supplied, if it is the same day for all."""
        return _common(part.supplied for part in self.parts)

    @property
    def purchase_order(self) -> str | None:
        """The orders of the jobs, each once."""
        return ", ".join(dict.fromkeys(job.purchase_order for _, job in self.jobs if job.purchase_order)) or None

    @property
    def kind(self) -> Literal["invoice", "deposit"]:
        """What its record is."""
        return "deposit" if self.parts[0].kind == "deposit" else "invoice"

    @property
    def pro_forma(self) -> Quote | None:
        """The pro forma whose payment it is invoiced for."""
        return self.parts[0].pro_forma

    @property
    def message(self) -> str | None:
        """The messages of the jobs, each once."""
        return "\n\n".join(dict.fromkeys(job.message for _, job in self.jobs if job.message)) or None

    @property
    def reason(self) -> str:
        """Why it is billed."""
        return "; ".join(dict.fromkeys(part.reason for part in self.parts))

    def supplied_last(self, day: date) -> date:
        """The latest day of supply, that of issue at most: its tax rates are owed.

        What falls due earlier is taxed as of that day (art. 75.Uno.7.º and 75.Dos LIVA), however late it is invoiced.
        """
        ends = (part.supplied or (part.period.last if part.period else part.since) for part in self.parts)
        due = (min(end, part.since) for end, part in zip(ends, self.parts, strict=True))
        return min(max(due), day)


def _common(values: Iterable[ValueT]) -> ValueT | None:
    found = list(dict.fromkeys(values))
    return found[0] if len(found) == 1 else None


def order_of(part: Part, job: Job, book: Book) -> Order:
    """The order of one part."""
    client = book.clients[job.client]
    currency = part.pro_forma.currency if part.pro_forma else currency_of(job, client, book)
    return Order((part,), ((part.job, job),), job.client, client, currency)


def gathering_day(since: date, billing_day: int | None) -> date:
    """The day on which what falls due on a day is gathered: the next billing day, or the last day of its month.

    >>> str(gathering_day(date(2026, 2, 10), None)), str(gathering_day(date(2026, 2, 26), 25))
    ('2026-02-28', '2026-03-25')
    """
    for month in (since.replace(day=1), add_months(since.replace(day=1), 1)):
        last = monthrange(month.year, month.month)[1]
        day = month.replace(day=min(billing_day or last, last))
        if day >= since:
            return day
    raise AssertionError("a month on, every billing day has come")


def gathers(client: Client, book: Book) -> bool:
    """Whether a client gets one invoice a month."""
    return (client.invoice_per or book.settings.invoice_per) == "client"


def gathered(orders: Iterable[Order], book: Book) -> Iterator[tuple[Order, date]]:
    """The orders as they are invoiced, each with the day from which it is.

    What gathers is grouped by client, currency, gathering day and kind of prices, whenever the run may be. Deposits
    are not gathered: they are asked for when they are agreed.
    """
    groups: dict[tuple[object, ...], tuple[list[Order], date]] = {}
    for order in orders:
        client = order.client
        if not gathers(client, book) or order.parts[0].kind != "invoice":
            yield order, order.since
            continue
        day = gathering_day(order.since, client.billing_day or book.settings.billing_day)
        key = (order.client_id, order.currency, day, order.prices_include_tax)
        groups.setdefault(key, ([], day))[0].append(order)
    for group, day in groups.values():
        parts = sorted(group, key=lambda order: (order.since, order.job_ids))
        first = parts[0]
        together = replace(
            first,
            parts=tuple(chain.from_iterable(order.parts for order in parts)),
            jobs=tuple(chain.from_iterable(order.jobs for order in parts)),
        )
        yield together, day
