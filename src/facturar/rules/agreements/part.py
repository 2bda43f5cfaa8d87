"""The values that agreements answer with: parts to bill, and what waits; and the lines of a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from facturar.model.activity import Activity
from facturar.model.agreement import Hourly, Share
from facturar.model.book import Book
from facturar.model.catalog import Item
from facturar.model.client import Client
from facturar.model.dated import price_on
from facturar.model.invoice import Annex, Period
from facturar.model.job import Expense, Job, Line, Work
from facturar.model.money import ZERO, to_four_digits
from facturar.model.quote import Quote
from facturar.problems import KeyPath
from facturar.rules.customs import default_discount, default_taxes
from facturar.rules.origins import Origin, Paths, price_path, setting_path
from facturar.rules.pro_formas import Asked
from facturar.rules.totals import DraftLine


@dataclass(frozen=True)
class Subject:
    """A job with what its lines need: its id, its client, the tax codes and the items that they may name.

    `reports` are its activity reports, in the order in which they were written. `asked` is the pro forma that asked for
    its deposit, with what was paid on it. `mailed` says when each e-mail was sent, by its name.
    """

    id: str
    job: Job
    client: Client
    taxes: tuple[str, ...]
    catalog: Mapping[str, Item]
    reports: tuple[Activity, ...] = ()
    asked: Asked | None = None
    mailed: Mapping[str, date] = field(default_factory=dict)

    @property
    def discount(self) -> Share | None:
        """The discount of lines that have none of their own."""
        return default_discount(self.job, self.client)

    @property
    def path(self) -> KeyPath:
        """Where the job stands in the book."""
        return ("jobs", self.id)

    @property
    def discount_at(self) -> Paths:
        """Where that discount stands."""
        return (setting_path("discount", self.job.client, self.client, self.id, self.job),) if self.discount else ()

    @property
    def taxes_at(self) -> Paths:
        """Where the tax codes stand of lines that name none."""
        return (setting_path("taxes", self.job.client, self.client, self.id, self.job),)

    @cached_property
    def _entries(self) -> dict[int, KeyPath]:
        """The paths of work and expenses by their identity: two entries may say the same."""
        ledgers: dict[str, tuple[Work | Expense, ...]] = {"work": self.job.work, "expenses": self.job.expenses}
        return {id(entry): (*self.path, name, i) for name, own in ledgers.items() for i, entry in enumerate(own)}

    def place_of(self, entry: Work | Expense) -> KeyPath:
        """Where an entry of the job stands."""
        return self._entries.get(id(entry), self.path)

    def rate_at(self, work: Work) -> KeyPath:
        """Where the rate of an entry stands: its own, else the agreement's."""
        agreement = self.job.agreement
        if work.rate is None and isinstance(agreement, Hourly):
            return price_path((*self.path, "agreement", "rate"), agreement.rate, work.date)
        return (*self.place_of(work), "rate")


def subject_of(job_id: str, job: Job, book: Book, asked: Asked | None = None) -> Subject:
    """A job of the book as its agreement sees it."""
    client = book.clients[job.client]
    taxes, reports = default_taxes(job, client, book), book.reports_of.get(job_id, ())
    return Subject(job_id, job, client, taxes, book.catalog, reports, asked, book.mailed)


@dataclass(frozen=True)
class Part:
    """What is billed together: `covers` are its stable keys, `since` the day from which it may be billed.

    `takes_off` are the keys of deposits that are taken off it, if they were invoiced. A part of the kind `pro_forma`
    is only asked for; `pro_forma` is the one whose payment a deposit is invoiced for.
    """

    job: str
    covers: tuple[str, ...]
    since: date
    lines: tuple[DraftLine, ...]
    reason: str
    supplied: date | None = None
    period: Period | None = None
    annexes: tuple[Annex, ...] = ()
    kind: Literal["invoice", "deposit", "pro_forma"] = "invoice"
    takes_off: tuple[str, ...] = ()
    pro_forma: Quote | None = None


@dataclass(frozen=True)
class Waiting:
    """Something that is not billed today, why, and from which day it will be, if that is known.

    `held`: it would be billed now, were something not in the way that a person has to settle.
    """

    reason: str
    since: date | None = None
    held: bool = False


def _price_of(line: Line, subject: Subject, day: date) -> Decimal | None:
    """The price of a line on a day, its own or that of its item; None before the first."""
    item = subject.catalog.get(line.item) if line.item else None
    return price_on(line.price, day) if line.price else price_on(item.price, day) if item else None


def _holds_on(line: Line, day: date) -> bool:
    return (line.since is None or line.since <= day) and (line.until is None or day <= line.until)


def unpriced(subject: Subject, day: date) -> str | None:
    """What of the job's lines has no price on a day, as each that it has begins later; None when all have one."""
    lines = (line for line in subject.job.lines if _holds_on(line, day) and _price_of(line, subject, day) is None)
    return next((line.text or line.item for line in lines), None)


def _agreed_origin(line: Line, path: KeyPath, subject: Subject, day: date) -> Origin:
    """Where a line of the job, its price and the rest of it stand: with the job, or in the catalogue."""
    item = subject.catalog.get(line.item) if line.item else None
    place: KeyPath = ("catalog", line.item) if item and line.item else path
    price = line.price or (item.price if item else ())
    owner = path if line.price else place
    owned = line.taxes is not None or (item is not None and item.taxes is not None)
    taxes: KeyPath = (*(path if line.taxes is not None else place), "taxes")
    return Origin(
        of=(path, place) if item else (path,),
        price=(price_path((*owner, "price"), price, day),),
        discount=((*path, "discount"),) if line.discount else subject.discount_at,
        taxes=(taxes,) if owned else subject.taxes_at,
    )


def agreed_line(line: Line, subject: Subject, day: date, path: KeyPath = ()) -> DraftLine:
    """A line of the job at its price on a day; a catalogue item gives what the line leaves out.

    `path` is where the line stands in the book.
    """
    item = subject.catalog.get(line.item) if line.item else None
    price = _price_of(line, subject, day)
    taxes = line.taxes if line.taxes is not None else item.taxes if item else None
    return DraftLine(
        text=line.text or (item.text if item else ""),
        price=price if price is not None else ZERO,
        quantity=line.quantity,
        unit=line.unit or (item.unit if item else None),
        discount=line.discount or subject.discount,
        taxes=subject.taxes if taxes is None else taxes,
        item=line.item,
        origin=_agreed_origin(line, path, subject, day),
    )


def lines_on(subject: Subject, day: date) -> tuple[DraftLine, ...]:
    """The job's lines that hold on a day (`since`, `until`)."""
    return tuple(
        agreed_line(line, subject, day, (*subject.path, "lines", index))
        for index, line in enumerate(subject.job.lines)
        if _holds_on(line, day)
    )


def work_lines(subject: Subject, entries: Iterable[tuple[Work, Decimal, Decimal]]) -> tuple[DraftLine, ...]:
    """Hours as lines: one for each rate, in the order in which they first come; free entries each at zero.

    `entries` are (work, hours to bill, rate); hours of one rate add up.
    """
    hours: dict[Decimal, Decimal] = {}
    behind: dict[Decimal, list[Work]] = {}
    free = []
    for work, worked, rate in entries:
        if work.billable:
            hours[rate] = hours.get(rate, ZERO) + worked
            behind.setdefault(rate, []).append(work)
        else:
            place = (subject.place_of(work),)
            origin = Origin(of=place, price=((*place[0], "billable"),), taxes=subject.taxes_at)
            free.append(DraftLine(work.note, ZERO, to_four_digits(worked), "h", taxes=subject.taxes, origin=origin))
    charged = [
        DraftLine(
            subject.job.title,
            rate,
            to_four_digits(total),
            "h",
            subject.discount,
            subject.taxes,
            origin=_hours_origin(subject, behind[rate]),
        )
        for rate, total in hours.items()
    ]
    return (*charged, *free)


def _hours_origin(subject: Subject, entries: list[Work]) -> Origin:
    """The entries of one rate, and each place where that rate stands."""
    return Origin(
        of=tuple(map(subject.place_of, entries)),
        price=tuple(dict.fromkeys(map(subject.rate_at, entries))),
        discount=subject.discount_at,
        taxes=subject.taxes_at,
    )


def expense_line(subject: Subject, expense: Expense, amount: Decimal) -> DraftLine:
    """An expense as a line, with its markup and its own taxes."""
    price = amount * (100 + (expense.markup or ZERO)) / 100
    place = subject.place_of(expense)
    origin = Origin(
        of=(place,),
        price=((*place, "amount"),),
        taxes=subject.taxes_at if expense.taxes is None else ((*place, "taxes"),),
    )
    taxes = subject.taxes if expense.taxes is None else expense.taxes
    return DraftLine(expense.text, price, taxes=taxes, origin=origin, cost=True)
