"""A retainer: its fee in advance; the hours over those it includes in arrears, on the next period's invoice.

Unused hours roll over for some periods and then expire; the oldest are used first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile

from facturar.model.agreement import Retainer
from facturar.model.dated import price_on
from facturar.model.invoice import Annex, AnnexEntry, Period
from facturar.model.job import Expense
from facturar.model.money import ZERO, to_four_digits
from facturar.rules.agreements.billed import Billed, extra_key
from facturar.rules.agreements.entries import OpenEntry, annexes_of, last_of_each_day, open_expenses
from facturar.rules.agreements.part import Part, Subject, Waiting, expense_line
from facturar.rules.agreements.recurring import overlap
from facturar.rules.origins import Origin, price_path
from facturar.rules.periods import periods
from facturar.rules.totals import DraftLine


@dataclass(frozen=True)
class Statement:
    """The hours of a period: included, brought over from before, worked, over all of these, and left for later."""

    period: Period
    included: Decimal
    brought: Decimal
    worked: Decimal
    extra: Decimal
    left: Decimal


def _drawn(stock: list[tuple[int, Decimal]], hours: Decimal) -> tuple[list[tuple[int, Decimal]], Decimal]:
    """The hours in stock, by the index of the last period they are good for, after some are used; and those missing."""
    rest = []
    for good_until, amount in stock:
        used = min(amount, hours)
        hours -= used
        rest.append((good_until, amount - used))
    return [(good_until, amount) for good_until, amount in rest if amount], hours


def _worked(subject: Subject, ended: list[Period]) -> list[Decimal]:
    """The charged hours of each of some periods, which follow each other."""
    firsts, hours = [period.first for period in ended], [ZERO for _ in ended]
    for work in subject.job.work:
        index = bisect_right(firsts, work.date) - 1
        if work.billable and index >= 0 and work.date <= ended[index].last:
            hours[index] += work.hours
    return [to_four_digits(worked) for worked in hours]


def statements(subject: Subject, agreement: Retainer, until: date) -> Iterator[Statement]:
    """The statement of each period that ended before a day, in order. Linear in periods and entries."""
    ended = list(takewhile(lambda period: period.last < until, periods(agreement)))
    stock: list[tuple[int, Decimal]] = []
    for index, (period, worked) in enumerate(zip(ended, _worked(subject, ended), strict=True)):
        brought = [(good_until, hours) for good_until, hours in stock if good_until >= index]
        stock, extra = _drawn([*brought, (index + agreement.rollover, agreement.hours)], worked)
        left = sum((hours for good_until, hours in stock if good_until > index), ZERO)
        yield Statement(period, agreement.hours, sum((h for _, h in brought), ZERO), worked, extra, left)


@dataclass(frozen=True)
class Over:
    """What a period leaves to be billed in arrears: hours over, with up to which of them that is, and their rate."""

    statement: Statement
    hours: Decimal
    up_to: Decimal
    rate: Decimal

    @property
    def day(self) -> date:
        """The day to which it belongs."""
        return self.statement.period.last


def _over(subject: Subject, agreement: Retainer, billed: Billed, ended: list[Statement]) -> list[Over]:
    """The hours over of the periods that have ended, as far as they were not billed."""
    found = ((s, billed.open_extra(subject.id, s.period.first, s.extra)) for s in ended)
    return [
        Over(statement, left.amount, left.up_to, price_on(agreement.extra_rate, statement.period.last) or ZERO)
        for statement, left in found
        if left.amount > 0
    ]


def _statement_annex(statement: Statement) -> Annex:
    sums = ("included", "brought", "worked", "extra", "left")
    rows = (AnnexEntry(date=statement.period.last, text=name, hours=getattr(statement, name)) for name in sums)
    return Annex(kind="hours", entries=tuple(rows))


def _annexes(subject: Subject, ended: list[Statement], day: date, spent: list[OpenEntry]) -> tuple[Annex, ...]:
    """The statement of the period that ended before a day and its work, then what the job wants listed."""
    before = bisect_left(ended, day, key=lambda statement: statement.period.last)
    if not before:
        return annexes_of(subject, spent)
    statement = ended[before - 1]
    period = statement.period
    work = [OpenEntry(w, w.hours, None) for w in subject.job.work if period.first <= w.date <= period.last]
    return (_statement_annex(statement), *annexes_of(subject, [*work, *spent]))


def _over_line(subject: Subject, agreement: Retainer, over: Over) -> DraftLine:
    """The hours over of a period: its entries, beyond the hours that the fee includes."""
    agreed, period = (*subject.path, "agreement"), over.statement.period
    work = [w for w in subject.job.work if w.billable and period.first <= w.date <= period.last]
    origin = Origin(
        of=((*agreed, "hours"), *map(subject.place_of, work)),
        price=(price_path((*agreed, "extra_rate"), agreement.extra_rate, over.day),),
        discount=subject.discount_at,
        taxes=subject.taxes_at,
    )
    return DraftLine(subject.job.title, over.rate, over.hours, "h", subject.discount, subject.taxes, origin=origin)


def _part(subject: Subject, agreement: Retainer, day: date, over: list[Over], spent: list[OpenEntry]) -> Part:
    """Hours over and expenses, without a fee."""
    hours = (_over_line(subject, agreement, o) for o in over)
    costs = (expense_line(subject, open_.entry, open_.rest) for open_ in spent if isinstance(open_.entry, Expense))
    keys = (extra_key(subject.id, o.statement.period.first, o.up_to) for o in over)
    return Part(
        job=subject.id,
        covers=(*keys, *last_of_each_day(open_.key for open_ in spent if open_.key)),
        since=day,
        lines=(*hours, *costs),
        reason="hours over and expenses, after the last period",
    )


def reported(
    subject: Subject, agreement: Retainer, billed: Billed, until: date
) -> tuple[Statement | None, tuple[DraftLine, ...]]:
    """The statement of the period that a day is in, up to that day, and what is to be billed in arrears by then.

    There is no statement before the first period.
    """
    cut, after = agreement.model_copy(update={"ends": min(until, agreement.ends or until)}), until + timedelta(days=1)
    spent = [open_ for open_ in open_expenses(subject, billed) if open_.entry.date <= until]
    found = list(statements(subject, cut, after))
    over = _over(subject, cut, billed, found)
    return found[-1] if found else None, _part(subject, agreement, after, over, spent).lines


def fee_line(subject: Subject, agreement: Retainer, day: date) -> DraftLine:
    """The fee of a period that begins on a day."""
    fee = price_on(agreement.fee, day) or ZERO
    path = price_path((*subject.path, "agreement", "fee"), agreement.fee, day)
    origin = Origin(of=(path,), price=(path,), discount=subject.discount_at, taxes=subject.taxes_at)
    return DraftLine(subject.job.title, fee, discount=subject.discount, taxes=subject.taxes, origin=origin)


def _with_fee(part: Part, subject: Subject, agreement: Retainer, period: Period) -> Part:
    return replace(
        part,
        covers=(f"{subject.id}:{period.first}", *part.covers),
        lines=(fee_line(subject, agreement, period.first), *part.lines),
        reason=f"{period.first} to {period.last}",
        period=period,
    )


def _last_day(agreement: Retainer, cancelled: date | None) -> date | None:
    """The last day of the last period that is billed, also of one within which the job is cancelled: it has its hours.

    None while there is no last one; a job that was cancelled before its first has nothing after that day.
    """
    if cancelled is None:
        return agreement.ends
    begun = takewhile(lambda period: period.first <= cancelled, periods(agreement))
    return max((period.last for period in begun), default=cancelled)


def retainer_parts(subject: Subject, agreement: Retainer, billed: Billed, today: date) -> Iterator[Part | Waiting]:
    """A part for each period, `job:first day`, with what the periods before it left over; then what is left at the end.

    A cancelled job bills the periods that had begun. At a period of which another rhythm billed a part, it stops.
    """
    ended = subject.job.cancelled
    ended_so_far = list(statements(subject, agreement, today))
    over, spent = _over(subject, agreement, billed, ended_so_far), list(open_expenses(subject, billed))
    for period in periods(agreement):
        day = period.first
        if ended and day > ended:
            break
        if day > today:
            yield Waiting(f"{day} to {period.last} is billed on {day}", day)
            return
        if other := billed.overlapping(subject.id, period):
            yield Waiting(overlap(period, other), held=True)
            return
        if f"{subject.id}:{day}" not in billed:
            now, costs = [o for o in over if o.day < day], [c for c in spent if c.entry.date < day]
            part = replace(
                _part(subject, agreement, day, now, costs), annexes=_annexes(subject, ended_so_far, day, costs)
            )
            yield _with_fee(part, subject, agreement, period)
            over, spent = [o for o in over if o not in now], [c for c in spent if c not in costs]
    last = _last_day(agreement, ended)
    if last is None:
        return
    after = last + timedelta(days=1)
    if today < after:
        over = _over(subject, agreement, billed, list(statements(subject, agreement, after)))
        if over or spent:
            yield Waiting(f"hours over and expenses are billed on {after}, after the last period", after)
    elif over or spent:
        yield replace(
            _part(subject, agreement, after, over, spent), annexes=_annexes(subject, ended_so_far, today, spent)
        )
