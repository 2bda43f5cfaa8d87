"""The values that agreements answer with: parts to bill, and what waits; and the lines of a part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.agreement import Share
from facturar.model.catalog import Item
from facturar.model.client import Client
from facturar.model.dated import price_on
from facturar.model.invoice import Annex, Period
from facturar.model.job import Expense, Job, Line, Work
from facturar.model.money import ZERO, to_four_digits
from facturar.rules.customs import default_discount
from facturar.rules.totals import DraftLine


@dataclass(frozen=True)
class Subject:
    """A job with what its lines need: its id, its client, the tax codes and the items that they may name."""

    id: str
    job: Job
    client: Client
    taxes: tuple[str, ...]
    catalog: Mapping[str, Item]

    @property
    def discount(self) -> Share | None:
        """The discount of lines that have none of their own."""
        return default_discount(self.job, self.client)


@dataclass(frozen=True)
class Part:
    """What is billed together: `covers` are its stable keys, `since` the day from which it may be billed.

    `takes_off` are the keys of deposits that are taken off it, if they were invoiced.
    """

    job: str
    covers: tuple[str, ...]
    since: date
    lines: tuple[DraftLine, ...]
    reason: str
    supplied: date | None = None
    period: Period | None = None
    annexes: tuple[Annex, ...] = ()
    kind: Literal["invoice", "deposit"] = "invoice"
    takes_off: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """Something that is not billed today, why, and from which day it will be, if that is known.

    `held`: it would be billed now, were something not in the way that a person has to settle.
    """

    reason: str
    since: date | None = None
    held: bool = False


def agreed_line(line: Line, subject: Subject, day: date) -> DraftLine:
    """A line of the job at its price on a day; a catalogue item gives what the line leaves out."""
    item = subject.catalog.get(line.item) if line.item else None
    price = price_on(line.price, day) if line.price else price_on(item.price, day) if item else None
    taxes = line.taxes if line.taxes is not None else item.taxes if item else None
    return DraftLine(
        text=line.text or (item.text if item else ""),
        price=price if price is not None else ZERO,
        quantity=line.quantity,
        unit=line.unit or (item.unit if item else None),
        discount=line.discount or subject.discount,
        taxes=subject.taxes if taxes is None else taxes,
        item=line.item,
    )


def lines_on(subject: Subject, day: date) -> tuple[DraftLine, ...]:
    """The job's lines that hold on a day (`since`, `until`)."""
    return tuple(
        agreed_line(line, subject, day)
        for line in subject.job.lines
        if (line.since is None or line.since <= day) and (line.until is None or day <= line.until)
    )


def work_lines(subject: Subject, entries: Iterable[tuple[Work, Decimal, Decimal]]) -> tuple[DraftLine, ...]:
    """Hours as lines: one for each rate, in the order in which they first come; free entries each at zero.

    `entries` are (work, hours to bill, rate); hours of one rate add up.
    """
    hours: dict[Decimal, Decimal] = {}
    free = []
    for work, worked, rate in entries:
        if work.billable:
            hours[rate] = hours.get(rate, ZERO) + worked
        else:
            free.append(DraftLine(work.note, ZERO, to_four_digits(worked), "h", taxes=subject.taxes))
    charged = [
        DraftLine(subject.job.title, rate, to_four_digits(total), "h", subject.discount, subject.taxes)
        for rate, total in hours.items()
    ]
    return (*charged, *free)


def expense_line(subject: Subject, expense: Expense, amount: Decimal) -> DraftLine:
    """An expense as a line, with its markup and its own taxes."""
    price = amount * (100 + (expense.markup or ZERO)) / 100
    return DraftLine(expense.text, price, taxes=subject.taxes if expense.taxes is None else expense.taxes)
