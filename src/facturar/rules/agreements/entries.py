"""Work and expenses that are still to be billed, and the annexes that list them.

Entries have no ids. A day's key says up to where that day was billed, so that what is logged late, or corrected
upwards, is billed and nothing is billed twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from facturar.model.invoice import Annex, AnnexEntry
from facturar.model.job import Expense, Work
from facturar.model.money import ZERO, to_four_digits
from facturar.rules.agreements.billed import Billed, expense_key, hours_key
from facturar.rules.agreements.part import Subject


@dataclass(frozen=True)
class OpenEntry:
    """An entry, what of it is still to be billed (hours or an amount), and the key that then covers it.

    The key is None for free work, which is shown with its own period and never caught up.
    """

    entry: Work | Expense
    rest: Decimal
    key: str | None


def in_steps(hours: Decimal, step: Decimal | None) -> Decimal:
    """Hours rounded up to a whole number of steps.

    >>> in_steps(Decimal("1.1"), Decimal("0.25"))
    Decimal('1.25')
    """
    return (hours / step).to_integral_value(ROUND_CEILING) * step if step else hours


def open_work(subject: Subject, billed: Billed, step: Decimal | None = None) -> Iterator[OpenEntry]:
    """The work of a job that is not billed, in the order of the ledger; each entry in whole steps, if given."""
    logged: dict[date, Decimal] = {}
    for work in subject.job.work:
        if not work.billable:
            yield OpenEntry(work, in_steps(work.hours, step), None)
            continue
        before = logged.get(work.date, ZERO)
        logged[work.date] = before + in_steps(work.hours, step)
        up_to = to_four_digits(logged[work.date])
        left = billed.open_hours(subject.id, work.date, to_four_digits(before), up_to)
        if left.amount > 0:
            yield OpenEntry(work, left.amount, hours_key(subject.id, work.date, left.up_to))


def open_expenses(subject: Subject, billed: Billed) -> Iterator[OpenEntry]:
    """The expenses of a job that are not billed, in the order of the ledger."""
    spent: dict[date, Decimal] = {}
    for expense in subject.job.expenses:
        before = spent.get(expense.date, ZERO)
        spent[expense.date] = up_to = before + expense.amount
        left = billed.open_expenses(subject.id, expense.date, before, up_to)
        if left.amount > 0:
            yield OpenEntry(expense, left.amount, expense_key(subject.id, expense.date, left.up_to))


def _work_annex(entries: Iterable[OpenEntry]) -> Annex:
    """The hours by day, and within a day by person, in the order in which these first come."""
    rows = [
        AnnexEntry(date=open_.entry.date, text=open_.entry.note, by=open_.entry.by, hours=open_.rest)
        for open_ in entries
        if isinstance(open_.entry, Work)
    ]
    people = list(dict.fromkeys(row.by for row in rows))
    return Annex(kind="work", entries=tuple(sorted(rows, key=lambda row: (row.date, people.index(row.by)))))


def _expense_annex(entries: Iterable[OpenEntry]) -> Annex:
    rows = [
        AnnexEntry(date=open_.entry.date, text=open_.entry.text, amount=open_.rest)
        for open_ in entries
        if isinstance(open_.entry, Expense)
    ]
    return Annex(kind="expenses", entries=tuple(sorted(rows, key=lambda row: row.date)))


_ANNEXES: dict[str, Callable[[Iterable[OpenEntry]], Annex]] = {"work": _work_annex, "expenses": _expense_annex}


def annexes_of(subject: Subject, entries: list[OpenEntry]) -> tuple[Annex, ...]:
    """The annexes that the job asks for; none that would be empty."""
    wanted = (_ANNEXES[kind](entries) for kind in subject.job.annexes if kind in _ANNEXES)
    return tuple(annex for annex in wanted if annex.entries)


def last_of_each_day(keys: Iterable[str]) -> Iterable[str]:
    """A day's key says up to where it is billed, so the last one of a day says it all."""
    return {key.rpartition(":")[0]: key for key in keys}.values()
