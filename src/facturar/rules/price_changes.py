"""Which prices of a client change, and when: by a dated price in the book, or by a raise that is announced first.

What is looked at is what repeats: the rate of an hour, the fee and the extra hours of a retainer, the lines of a
recurring job, at their own prices or the catalogue's. A price by milestones that changes is a change order and no news.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from facturar.model.agreement import Every, Hourly, Milestones, Recurring, Retainer
from facturar.model.book import Book
from facturar.model.dated import PriceSince, price_on
from facturar.model.job import Job, Line
from facturar.model.money import rounded
from facturar.model.notice import ChangeKind, PriceChange
from facturar.problems import KeyPath
from facturar.rules.customs import currency_of
from facturar.rules.running import last_day, runs_on

_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Raise:
    """So many percent more (or, below 0, less) from a day on."""

    since: date
    percent: Decimal


@dataclass(frozen=True)
class Priced:
    """A price of a job that may change, with the path at which it is written."""

    kind: ChangeKind
    job_id: str
    job: Job
    prices: tuple[PriceSince, ...]
    path: KeyPath
    line: Line | None = None
    text: str | None = None
    unit: str | None = None

    @property
    def every(self) -> Every | None:
        """The period that the price is for; an hour's is for none."""
        agreement = self.job.agreement
        return (
            agreement.every if isinstance(agreement, Recurring | Retainer) and self.kind in ("fee", "price") else None
        )

    def on(self, day: date) -> Decimal | None:
        """The price on a day; None when there is none, or the line does not hold."""
        line = self.line
        if line and ((line.since and day < line.since) or (line.until and line.until < day)):
            return None
        return price_on(self.prices, day)

    def changes_on(self, day: date, before: Decimal, after: Decimal) -> PriceChange:
        """The change of this price on a day."""
        return PriceChange(
            kind=self.kind,
            job=self.job_id,
            title=self.job.title,
            text=self.text,
            unit=self.unit,
            every=self.every,
            before=before,
            after=after,
            with_tax=self.job.prices_include_tax or None,
            since=day,
        )


def priced_of(client_id: str, book: Book, day: date) -> Iterator[Priced]:
    """Every price that repeats of a client's jobs that run on a day."""
    for job_id, job in book.jobs.items():
        if job.client == client_id and runs_on(job, day):
            yield from _of_a_job(job_id, job, book)


def _of_a_job(job_id: str, job: Job, book: Book) -> Iterator[Priced]:
    agreement, at = job.agreement, ("jobs", job_id, "agreement")
    if isinstance(agreement, Hourly):
        yield Priced("rate", job_id, job, agreement.rate, (*at, "rate"))
    elif isinstance(agreement, Retainer):
        yield Priced("fee", job_id, job, agreement.fee, (*at, "fee"))
        yield Priced("extra_rate", job_id, job, agreement.extra_rate, (*at, "extra_rate"))
    elif not isinstance(agreement, Milestones):
        for index, line in enumerate(job.lines):
            yield from _of_a_line(job_id, job, index, line, book)


def _of_a_line(job_id: str, job: Job, index: int, line: Line, book: Book) -> Iterator[Priced]:
    item = book.catalog.get(line.item) if line.item else None
    text, unit = line.text or (item.text if item else None), line.unit or (item.unit if item else None)
    if line.price:
        path: KeyPath = ("jobs", job_id, "lines", index, "price")
        yield Priced("price", job_id, job, line.price, path, line, text, unit)
    elif item and line.item:
        yield Priced("price", job_id, job, item.price, ("catalog", line.item, "price"), line, text, unit)


def _dated(priced: Priced, day: date, since: date | None) -> PriceChange | None:
    """The next change that is written in the book, or that of the day that is asked for."""
    days = sorted(entry.since for entry in priced.prices if entry.since > day and since in (None, entry.since))
    for change_day in days:
        before, after = priced.on(change_day - timedelta(days=1)), priced.on(change_day)
        if before is not None and after is not None and before != after:
            return priced.changes_on(change_day, before, after)
    return None


def _raised(priced: Priced, raised: Raise, currency: str) -> PriceChange | None:
    """A change by so many percent, to the currency's digits; of what repeats, and is above nothing."""
    before = priced.on(raised.since)
    last = last_day(priced.job)
    repeats = isinstance(priced.job.agreement, Recurring | Retainer | Hourly)
    if not repeats or before is None or before <= 0 or (last and last < raised.since):
        return None
    after = rounded(before * (_HUNDRED + raised.percent) / _HUNDRED, currency)
    return priced.changes_on(raised.since, before, after) if after != before else None


def price_changes(
    client_id: str, book: Book, day: date, *, since: date | None = None, raised: Raise | None = None
) -> tuple[PriceChange, ...]:
    """The changes after a day of a client's prices: those of the book, only those of `since` if that is given.

    A raise changes every other price that repeats, on its own day, and leaves one alone that the book changes then.
    """
    client = book.clients[client_id]
    found: list[PriceChange | None] = []
    for priced in priced_of(client_id, book, day):
        currency = currency_of(priced.job, client, book)
        written = _dated(priced, day, raised.since if raised else since)
        found.append(written or (_raised(priced, raised, currency) if raised else None))
    return tuple(change for change in found if change)


def unwritten(
    changes: Sequence[PriceChange], client_id: str, book: Book, day: date
) -> Iterator[tuple[Priced, PriceChange]]:
    """Of some changes those that the book does not have: a raise bills nothing until it is written."""
    for priced in priced_of(client_id, book, day):
        for change in changes:
            same = (change.job, change.kind, change.text) == (priced.job_id, priced.kind, priced.text)
            if same and priced.on(change.since) == change.before:
                yield priced, change
