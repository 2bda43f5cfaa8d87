"""Periods counted from their anchor day, so that the 31st comes back: 31 January, 28 February, 31 March."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import count, pairwise

from facturar.model.agreement import Every, Span
from facturar.model.invoice import Period

_DAYS = {Every.week: 7, Every.two_weeks: 14}
_MONTHS = {Every.month: 1, Every.quarter: 3, Every.year: 12}
_ONE_DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the month's last day where it has no such day.

    >>> [str(add_months(date(2026, 1, 31), n)) for n in (1, 2, 12)]
    ['2026-02-28', '2026-03-31', '2027-01-31']
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def anchor(starts: date, every: Every, index: int) -> date:
    """The first day of the period of an index, the first being 0."""
    if every in _DAYS:
        return starts + timedelta(days=_DAYS[every] * index)
    return add_months(starts, _MONTHS[every] * index)


def calendar_start(day: date, every: Every) -> date:
    """The first day of the calendar's week, month, quarter or year that a day is in; two weeks begin on the day.

    >>> [str(calendar_start(date(2026, 5, 20), every)) for every in (Every.week, Every.month, Every.quarter)]
    ['2026-05-18', '2026-05-01', '2026-04-01']
    """
    match every:
        case Every.week:
            return day - timedelta(days=day.weekday())
        case Every.two_weeks:
            return day
        case Every.month | Every.quarter | Every.year:
            months = _MONTHS[every]
            return date(day.year, (day.month - 1) // months * months + 1, 1)


def calendar_periods(span: Span) -> Iterator[tuple[Period, Fraction]]:
    """The calendar's periods from `starts` to `ends`, and how much of each lies between them, by days."""
    for index in count():
        first = anchor(calendar_start(span.starts, span.every), span.every, index)
        after = anchor(calendar_start(span.starts, span.every), span.every, index + 1)
        if span.ends and first > span.ends:
            return
        begun, last = max(first, span.starts), min(after - _ONE_DAY, span.ends or date.max)
        yield Period(first=begun, last=last), Fraction((last - begun).days + 1, (after - first).days)


def periods(span: Span) -> Iterator[Period]:
    """The periods of an agreement in order; each ends the day before the next anchor, the last on `ends`."""
    for first, after in pairwise(anchor(span.starts, span.every, index) for index in count()):
        if span.ends and first > span.ends:
            return
        last = after - _ONE_DAY
        yield Period(first=first, last=min(last, span.ends) if span.ends else last)


def latest_ended(span: Span, today: date) -> Period | None:
    """The last period that was over by the day before; None while the first one runs."""
    ended = None
    for period in periods(span):
        if period.last >= today:
            return ended
        ended = period
    return ended


def day_after(period: Period) -> date:
    """The day on which what is billed in arrears is due to be billed."""
    return period.last + _ONE_DAY
