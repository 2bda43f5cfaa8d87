"""By the hour: work and expenses of each period, in arrears; what was logged late goes on the next invoice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.agreement import Hourly
from facturar.model.dated import price_on
from facturar.model.invoice import Annex, AnnexEntry, Period
from facturar.model.job import Expense, Work
from facturar.model.money import ZERO
from facturar.rules.agreements.billed import Billed, expense_key, hours_key
from facturar.rules.agreements.part import Part, Subject, Waiting, expense_line, plain_hours, work_lines
from facturar.rules.periods import day_after, periods


@dataclass(frozen=True)
class OpenEntry:
    """An entry, what of it is still to be billed (hours or an amount), and the key that then covers it.

    The key is None for free work, which is shown with its own period and never caught up.
    """

    entry: Work | Expense
    rest: Decimal
    key: str | None


def _open_work(subject: Subject, billed: Billed) -> Iterator[OpenEntry]:
    logged: dict[date, Decimal] = {}
    for work in subject.job.work:
        if not work.billable:
            yield OpenEntry(work, work.hours, None)
            continue
        before = logged.get(work.date, ZERO)
        logged[work.date] = before + work.hours
        up_to = plain_hours(logged[work.date])
        rest = up_to - max(plain_hours(before), billed.hours(subject.id, work.date))
        if rest > 0:
            yield OpenEntry(work, rest, hours_key(subject.id, work.date, up_to))


def _open_expenses(subject: Subject, billed: Billed) -> Iterator[OpenEntry]:
    spent: dict[date, Decimal] = {}
    for expense in subject.job.expenses:
        before = spent.get(expense.date, ZERO)
        spent[expense.date] = up_to = before + expense.amount
        rest = up_to - max(before, billed.expenses(subject.id, expense.date))
        if rest > 0:
            yield OpenEntry(expense, rest, expense_key(subject.id, expense.date, up_to))


def _approved_until(subject: Subject, agreement: Hourly, today: date) -> date:
    """The last day whose entries may be billed: all of them, unless the client must approve them first."""
    if not (agreement.approval or "approval" in subject.client.requires):
        return date.max
    return max((given.until for given in subject.job.approvals if given.on <= today), default=date.min)


def _work_annex(entries: Iterable[OpenEntry]) -> Annex:
    rows = [
        AnnexEntry(date=open_.entry.date, text=open_.entry.note, hours=open_.rest)
        for open_ in entries
        if isinstance(open_.entry, Work)
    ]
    return Annex(kind="work", entries=tuple(sorted(rows, key=lambda row: row.date)))


def _expense_annex(entries: Iterable[OpenEntry]) -> Annex:
    rows = [
        AnnexEntry(date=open_.entry.date, text=open_.entry.text, amount=open_.rest)
        for open_ in entries
        if isinstance(open_.entry, Expense)
    ]
    return Annex(kind="expenses", entries=tuple(sorted(rows, key=lambda row: row.date)))


_ANNEXES: dict[str, Callable[[Iterable[OpenEntry]], Annex]] = {"work": _work_annex, "expenses": _expense_annex}


def _annexes(subject: Subject, entries: list[OpenEntry]) -> tuple[Annex, ...]:
    wanted = (_ANNEXES[kind](entries) for kind in subject.job.annexes if kind in _ANNEXES)
    return tuple(annex for annex in wanted if annex.entries)


def _last_of_each_day(keys: Iterable[str]) -> Iterable[str]:
    """A day's key says up to where it is billed, so the last one of a day says it all."""
    return {key.rpartition(":")[0]: key for key in keys}.values()


def _part(
    subject: Subject, agreement: Hourly, period: Period, entries: list[OpenEntry], reason: str, *own_key: str
) -> Part:
    work = [(open_.entry, open_.rest) for open_ in entries if isinstance(open_.entry, Work)]
    rated = [(entry, hours, entry.rate or price_on(agreement.rate, entry.date) or ZERO) for entry, hours in work]
    expenses = [expense_line(subject, open_.entry, open_.rest) for open_ in entries if isinstance(open_.entry, Expense)]
    return Part(
        job=subject.id,
        covers=(*own_key, *_last_of_each_day(open_.key for open_ in entries if open_.key)),
        since=day_after(period),
        lines=(*work_lines(subject, rated), *expenses),
        reason=reason,
        period=period,
        annexes=_annexes(subject, entries),
    )


def hourly_parts(subject: Subject, agreement: Hourly, billed: Billed, today: date) -> Iterator[Part | Waiting]:
    """A part for each period with something to charge, `job:first day` beside the keys of its days.

    A period that was billed gets no second invoice: what is logged for it later goes on the next one, or on one of
    its own when the agreement has ended.
    """
    entries = [*_open_work(subject, billed), *_open_expenses(subject, billed)]
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
            reason = f"{period.first} to {period.last}"
            yield _part(subject, agreement, period, [*late, *own], reason, key)
            late = []
    if late:
        yield _part(subject, agreement, period, late, "logged after the last period was billed")
