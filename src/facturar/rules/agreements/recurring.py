"""Recurring: the lines each period, in advance on its first day or in arrears on the day after its last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import repeat

from facturar.model.agreement import Recurring
from facturar.model.invoice import Period
from facturar.model.money import rounded
from facturar.rules.agreements.billed import Billed
from facturar.rules.agreements.part import Part, Subject, Waiting, lines_on
from facturar.rules.periods import calendar_periods, day_after, periods
from facturar.rules.totals import DraftLine


def overlap(period: Period, number: str) -> str:
    """Why a period is not billed that an invoice of another rhythm has billed in part."""
    return (
        f"{period.first} to {period.last} has days that {number} billed: "
        "to change the rhythm, end this job and begin another"
    )


def _prorated(line: DraftLine, share: Fraction, currency: str) -> DraftLine:
    """The line at its price for a part of the period."""
    if share == 1:
        return line
    return replace(line, price=rounded(line.price * share.numerator / share.denominator, currency))


def rests(agreement: Recurring, period: Period) -> bool:
    """Whether a period begins in a pause."""
    return any(p.since <= period.first and (p.until is None or period.first <= p.until) for p in agreement.pauses)


def recurring_parts(
    subject: Subject, agreement: Recurring, billed: Billed, today: date, currency: str
) -> Iterator[Part | Waiting]:
    """A part for each period, `job:first day`; a cancelled job bills the periods that had begun."""
    ended = subject.job.cancelled
    spans = calendar_periods(agreement) if agreement.prorate else zip(periods(agreement), repeat(Fraction(1)))
    for period, share in spans:
        due = period.first if agreement.billed == "advance" else day_after(period)
        if ended and period.first > ended:
            return
        if due > today:
            yield Waiting(f"{period.first} to {period.last} is billed on {due}", due)
            return
        key = f"{subject.id}:{period.first}"
        if rests(agreement, period):
            continue
        if other := billed.overlapping(subject.id, period):
            yield Waiting(overlap(period, other), held=True)
        elif key not in billed:
            reason = f"{period.first} to {period.last}"
            lines = tuple(_prorated(line, share, currency) for line in lines_on(subject, period.first))
            yield Part(subject.id, (key,), due, lines, reason, period=period)
