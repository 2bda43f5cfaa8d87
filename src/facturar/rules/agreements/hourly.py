"""By the hour: work and expenses of each period, in arrears; what was logged late goes on the next invoice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Hourly, Share
from facturar.model.dated import price_on
from facturar.model.invoice import Period
from facturar.model.job import Expense, Work
from facturar.model.money import ZERO, rounded
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.entries import OpenEntry, annexes_of, last_of_each_day, open_expenses, open_work
from facturar.rules.agreements.part import Part, Subject, Waiting, expense_line, work_lines
from facturar.rules.periods import day_after, periods
from facturar.rules.totals import DraftLine, priced


def _approved_until(subject: Subject, agreement: Hourly, today: date) -> date:
    """The last day whose entries may be billed: all of them, unless the client must approve them first."""
    if not (agreement.approval or "approval" in subject.client.requires):
        return date.max
    return max((given.until for given in subject.job.approvals if given.on <= today), default=date.min)


def _rate_of(work: Work, agreement: Hourly) -> Decimal:
    """Its own rate, which may be nothing, else the agreement's on its day."""
    return work.rate if work.rate is not None else price_on(agreement.rate, work.date) or ZERO


def _part(subject: Subject, agreement: Hourly, period: Period, entries: list[OpenEntry], reason: str) -> Part:
    work = [(open_.entry, open_.rest) for open_ in entries if isinstance(open_.entry, Work)]
    rated = [(entry, hours, _rate_of(entry, agreement)) for entry, hours in work]
    expenses = [expense_line(subject, open_.entry, open_.rest) for open_ in entries if isinstance(open_.entry, Expense)]
    return Part(
        job=subject.id,
        covers=tuple(last_of_each_day(open_.key for open_ in entries if open_.key)),
        since=day_after(period),
        lines=(*work_lines(subject, rated), *expenses),
        reason=reason,
        period=period,
        annexes=annexes_of(subject, entries),
    )


def _capped(part: Part, room: Decimal, currency: str) -> tuple[DraftLine, ...]:
    """The lines with discounts that keep their nets together within the room: the hours show, what is over is free."""
    kept, cap = [], (("jobs", part.job, "agreement", "cap"),)
    for line in part.lines:
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
            capped = replace(part, lines=_capped(part, cap - billed, currency))
            billed += sum((priced(line, currency).net for line in capped.lines), ZERO)
            yield capped


def hourly_parts(
    subject: Subject, agreement: Hourly, billed: Billed, today: date, currency: str
) -> Iterator[Part | Waiting]:
    """A part for each period with something to charge, until the cap is reached."""
    parts = _parts(subject, agreement, billed, today)
    return parts if agreement.cap is None else _within_cap(parts, agreement.cap, billed.net(subject.id), currency)


def _parts(subject: Subject, agreement: Hourly, billed: Billed, today: date) -> Iterator[Part | Waiting]:
    """Each period, `job:first day` beside the keys of its days.

    A period that was billed gets no second invoice: what is logged for it later goes on the next one, or on one of
    its own when the agreement has ended.
    """
    entries = [*open_work(subject, billed, agreement.round), *open_expenses(subject, billed)]
    approved = _approved_until(subject, agreement, today)
    if any(open_.key and approved < open_.entry.date <= today for open_ in entries):
        yield Waiting("work or expenses wait for the client's approval")
    late: list[OpenEntry] = []
    for period in periods(agreement):
        if period.first > today:
            return
        key = f"{subject.id}:{period.first}"
        own = [open_ for open_ in entries if period.first <= open_.entry.date <= min(period.last, approved)]
        charged = [open_ for open_ in own if open_.key]
        if key in billed:
            late += charged
        elif day_after(period) > today:
            if charged or late:
                due = day_after(period)
                yield Waiting(f"{period.first} to {period.last} is billed on {due}", due)
            return
        elif charged or late:
            part = _part(subject, agreement, period, [*late, *own], f"{period.first} to {period.last}")
            yield replace(part, covers=(key, *part.covers))
            late = []
    if late:
        yield _part(subject, agreement, period, late, "logged after the last period was billed")
