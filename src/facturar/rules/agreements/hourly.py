"""By the hour: work and expenses of each period, in arrears; what was logged late goes on the next invoice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Hourly, Share
from facturar.model.invoice import Period
from facturar.model.job import Expense, Work
from facturar.model.money import ZERO, rounded
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.entries import OpenEntry, annexes_of, last_of_each_day
from facturar.rules.agreements.hourly_entries import HourlyEntries, rate_of
from facturar.rules.agreements.part import Part, Subject, Waiting, expense_line, work_lines
from facturar.rules.periods import day_after, periods
from facturar.rules.totals import DraftLine, priced


def charged_lines(subject: Subject, agreement: Hourly, entries: Iterable[OpenEntry]) -> tuple[DraftLine, ...]:
    """What entries are billed at: hours by their rates, free work at zero, expenses."""
    listed = list(entries)
    work = [(open_.entry, open_.rest) for open_ in listed if isinstance(open_.entry, Work)]
    rated = [(entry, hours, rate_of(entry, agreement)) for entry, hours in work]
    expenses = [expense_line(subject, open_.entry, open_.rest) for open_ in listed if isinstance(open_.entry, Expense)]
    return (*work_lines(subject, rated), *expenses)


def _part(found: HourlyEntries, period: Period, entries: list[OpenEntry], reason: str) -> Part:
    return Part(
        job=found.subject.id,
        covers=tuple(last_of_each_day(open_.key for open_ in entries if open_.key)),
        since=day_after(period),
        lines=charged_lines(found.subject, found.agreement, entries),
        reason=reason,
        period=period,
        annexes=(*annexes_of(found.subject, entries), *found.annexes(entries)),
    )


def within_room(lines: Iterable[DraftLine], job: str, room: Decimal, currency: str) -> tuple[DraftLine, ...]:
    """The lines with discounts that keep their nets together within the room: the hours show, what is over is free."""
    kept, cap = [], (("jobs", job, "agreement", "cap"),)
    for line in lines:
        net = priced(line, currency).net
        over = max(net - max(room, ZERO), ZERO)
        gross = rounded(line.quantity * line.price, currency)
        origin = replace(line.origin, discount=(*line.origin.discount, *cap) if gross > net else cap)
        kept.append(replace(line, discount=Share(amount=gross - net + over), origin=origin) if over else line)
        room -= net - over
    return tuple(kept)


def _within_cap(
    parts: Iterable[Part | Waiting], cap: Decimal, billed: Decimal, currency: str
) -> Iterator[Part | Waiting]:
    """The parts as far as they fit under a cap, beside what was billed before; after that, none."""
    for part in parts:
        if isinstance(part, Waiting):
            yield part
        elif billed >= cap:
            yield Waiting(f"the cap of {cap} is reached")
            return
        else:
            capped = replace(part, lines=within_room(part.lines, part.job, cap - billed, currency))
            billed += sum((priced(line, currency).net for line in capped.lines), ZERO)
            yield capped


def hourly_parts(
    subject: Subject, agreement: Hourly, billed: Billed, today: date, currency: str
) -> Iterator[Part | Waiting]:
    """A part for each period with something to charge, until the cap is reached; what is not approved waits."""
    found = HourlyEntries(subject, agreement, billed, today, currency)
    yield from found.waiting()
    parts = _parts(found)
    yield from (
        parts
        if agreement.cap is None
        else _within_cap(
            parts, agreement.cap, billed.charged(subject.id, with_tax=subject.job.prices_include_tax), currency
        )
    )


def _parts(found: HourlyEntries) -> Iterator[Part | Waiting]:
    """Each period, `job:first day` beside the keys of its days.

    A period that was billed gets no second invoice: what is logged for it later goes on the next one, or on one of
    its own when the agreement has ended.
    """
    late: list[OpenEntry] = []
    for period in periods(found.agreement):
        if period.first > found.today:
            return
        key = f"{found.subject.id}:{period.first}"
        own = [open_ for open_ in found.covered if period.first <= open_.entry.date <= period.last]
        charged = [open_ for open_ in own if open_.key]
        if key in found.billed:
            late += charged
        elif day_after(period) > found.today:
            yield from _later(found, period, [*late, *charged])
            return
        elif charged or late:
            part = _part(found, period, [*late, *own], f"{period.first} to {period.last}")
            yield replace(part, covers=(key, *part.covers))
            late = []
    if late:
        yield _part(found, period, late, "logged after the last period was billed")


def _later(found: HourlyEntries, period: Period, charged: list[OpenEntry]) -> Iterator[Waiting]:
    """That a period which still runs is billed on the day after its last, if it has anything to bill by then."""
    due, days = day_after(period), f"{period.first} to {period.last}"
    pending = any(open_.key and period.first <= open_.entry.date <= period.last for open_ in found.pending)
    if charged:
        yield Waiting(f"{days} is billed on {due}", due)
    elif pending:
        yield Waiting(f"{days} is billed once the client has approved it, from {due}", due)
