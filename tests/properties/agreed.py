"""What each agreement says is to be billed by a day, worked out naively: one sum of money a day, no keys, no records.

It is written anew from the words of docs/agreements.md and calls no rule, so that it can be held against them.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from itertools import pairwise

from facturar.model.agreement import (
    Completion,
    Delivery,
    Every,
    Hourly,
    Milestones,
    Prepaid,
    Recurring,
    Retainer,
    Share,
    Span,
)
from facturar.model.dated import PriceSince
from facturar.model.job import Expense, Job, Line

NOTHING = Decimal(0)
ONE_DAY = timedelta(days=1)
DIGITS = {"EUR": 2, "USD": 2, "JPY": 0, "KWD": 3}
Sum = tuple[date, Decimal]
"""A day from which an amount is to be billed."""
Days = tuple[date, date]


def rounded(amount: Decimal, digits: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def price_on(price: tuple[PriceSince, ...], day: date) -> Decimal:
    return sorted((entry.since, entry.amount) for entry in price if entry.since <= day)[-1][1]


def part_of(share: Share, whole: Decimal) -> Decimal:
    return whole * share.percent / 100 if share.percent is not None else share.amount or NOTHING


def line_net(line: Line, day: date, digits: int, portion: Decimal | None = None) -> Decimal:
    assert line.price
    price = price_on(line.price, day)
    price = price if portion is None else rounded(price * portion, digits)
    gross = rounded(line.quantity * price, digits)
    return gross - (rounded(part_of(line.discount, gross), digits) if line.discount else NOTHING)


def lines_net(job: Job, day: date, digits: int, portion: Decimal | None = None) -> Decimal:
    holding = [line for line in job.lines if (line.since or day) <= day <= (line.until or day)]
    return sum((line_net(line, day, digits, portion) for line in holding), NOTHING)


def spent(expense: Expense, digits: int) -> Decimal:
    return rounded(expense.amount * (100 + (expense.markup or 0)) / 100, digits)


def hours_by_rate(job: Job, agreement: Hourly | None, days: Days, digits: int) -> Decimal:
    """Charged hours of some days, those of a rate added up first; a day's hours to four digits as they grow."""
    of_day: dict[date, Decimal] = {}
    by_rate: dict[Decimal, Decimal] = {}
    for work in job.work:
        if not work.billable:
            continue
        step = agreement.round if agreement else None
        hours = (work.hours / step).to_integral_value(ROUND_CEILING) * step if step else work.hours
        before = of_day.get(work.date, NOTHING)
        of_day[work.date] = before + hours
        rate = work.rate if work.rate is not None else price_on(agreement.rate, work.date) if agreement else None
        if rate is not None and days[0] <= work.date <= days[1]:
            more = rounded(before + hours, 4) - rounded(before, 4) if agreement else hours
            by_rate[rate] = by_rate.get(rate, NOTHING) + more
    return sum((rounded(rounded(hours, 4) * rate, digits) for rate, hours in by_rate.items()), NOTHING)


def months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anchors(first: date, every: Every) -> Iterator[date]:
    for index in range(400):
        match every:
            case Every.week:
                yield first + timedelta(days=7 * index)
            case Every.two_weeks:
                yield first + timedelta(days=14 * index)
            case _:
                yield months_on(first, {"month": 1, "quarter": 3, "year": 12}[every.value] * index)


def calendar_first(day: date, every: Every) -> date:
    match every:
        case Every.week:
            return day - timedelta(days=day.weekday())
        case Every.two_weeks:
            return day
        case _:
            length = {"month": 1, "quarter": 3, "year": 12}[every.value]
            return date(day.year, (day.month - 1) // length * length + 1, 1)


def periods(span: Span, *, calendar: bool = False) -> Iterator[tuple[date, date, Decimal | None]]:
    """First day, last day, and which part of the whole period that is; None of a whole one."""
    all_firsts = list(anchors(calendar_first(span.starts, span.every) if calendar else span.starts, span.every))
    for begins, next_one in pairwise(all_firsts):
        first, last = max(begins, span.starts), min(next_one - ONE_DAY, span.ends or date.max)
        if first > last:
            return
        whole = not calendar or (first == begins and last == next_one - ONE_DAY)
        portion = Decimal((last - first).days + 1) / (next_one - begins).days
        yield first, last, None if whole else portion


def of_a_finished_job(job: Job, agreement: Completion | Delivery, digits: int) -> Iterator[Sum]:
    finished = job.done if isinstance(agreement, Completion) else job.delivered
    before, on = NOTHING, agreement.deposit_on
    if agreement.deposit and on and (finished is None or on <= finished):
        before = rounded(part_of(agreement.deposit, lines_net(job, on, digits)), digits)
        yield on, before
    if finished:
        work = hours_by_rate(job, None, (date.min, date.max), digits)
        costs = sum((spent(expense, digits) for expense in job.expenses), NOTHING)
        yield finished, lines_net(job, finished, digits) + work + costs - before


def of_milestones(job: Job, agreement: Milestones, digits: int) -> Iterator[Sum]:
    days = {s.name: min((day for day in (s.on, s.done) if day), default=date.max) for s in agreement.steps}
    steps = sorted(agreement.steps, key=lambda step: days[step.name])
    left = rounded(price_on(agreement.price, days[steps[-1].name]), digits)
    ended = job.cancelled or date.max
    for step in steps[:-1]:
        amount = rounded(part_of(step.share, price_on(agreement.price, days[step.name])), digits)
        left -= amount
        if days[step.name] <= ended:
            yield days[step.name], amount
    if days[steps[-1].name] <= ended:
        yield days[steps[-1].name], left
    last = days[steps[-1].name]
    for line in job.lines:
        assert line.since
        with_step = min((day for day in days.values() if day >= line.since), default=line.since)
        if with_step <= ended and (with_step > line.since or line.since in days.values() or last <= ended):
            yield with_step, line_net(line, line.since, digits)


def of_recurring(job: Job, agreement: Recurring, digits: int) -> Iterator[Sum]:
    for first, last, portion in periods(agreement, calendar=agreement.prorate):
        resting = any(pause.since <= first <= (pause.until or date.max) for pause in agreement.pauses)
        if first <= (job.cancelled or date.max) and not resting:
            yield first if agreement.billed == "advance" else last + ONE_DAY, lines_net(job, first, digits, portion)


def of_hours(job: Job, agreement: Hourly, digits: int) -> Iterator[Sum]:
    room = agreement.cap if agreement.cap is not None else Decimal("Infinity")
    for first, last, _ in periods(agreement):
        costs = (spent(expense, digits) for expense in job.expenses if first <= expense.date <= last)
        net = min(hours_by_rate(job, agreement, (first, last), digits) + sum(costs, NOTHING), room)
        room -= net
        yield last + ONE_DAY, net


def of_a_retainer(job: Job, agreement: Retainer, digits: int) -> Iterator[Sum]:
    found = list(periods(agreement))
    firsts = [first for first, _, _ in found]
    unused: list[tuple[int, Decimal]] = []
    for index, (first, last, _) in enumerate(found):
        yield first, rounded(price_on(agreement.fee, first), digits)
        hours = [work.hours for work in job.work if work.billable and first <= work.date <= last]
        over = rounded(sum(hours, NOTHING), 4)
        unused = [(until, left) for until, left in unused if until >= index]
        for until, left in [*unused, (index + agreement.rollover, agreement.hours)]:
            used = min(left, over)
            over -= used
            unused = [pair for pair in unused if pair[0] != until]
            unused.append((until, left - used))
        yield last + ONE_DAY, rounded(over * price_on(agreement.extra_rate, last), digits)
    for expense in job.expenses:
        end = agreement.ends + ONE_DAY if agreement.ends else date.max
        yield min((first for first in firsts if first > expense.date), default=end), spent(expense, digits)


def agreed(job: Job, currency: str) -> list[Sum]:
    """Each amount that a job bills, net, with the day from which it is to be billed."""
    digits = DIGITS[currency]
    match job.agreement:
        case Completion() | Delivery() as agreement:
            return list(of_a_finished_job(job, agreement, digits))
        case Milestones() as agreement:
            return list(of_milestones(job, agreement, digits))
        case Recurring() as agreement:
            return list(of_recurring(job, agreement, digits))
        case Hourly() as agreement:
            return list(of_hours(job, agreement, digits))
        case Retainer() as agreement:
            return list(of_a_retainer(job, agreement, digits))
        case Prepaid(on=on):
            called_off = job.cancelled and job.cancelled < on
            return [] if called_off else [(on, lines_net(job, on, digits))]
