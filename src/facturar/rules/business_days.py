"""Business days: those on which banks and offices work, and where a day goes that is none."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta

from facturar.model.terms import Shift

_SATURDAY = 5
_ONE = timedelta(days=1)


def is_business_day(day: date, holidays: Container[date]) -> bool:
    """Whether a day is neither Saturday nor Sunday nor one of the holidays.

    >>> [is_business_day(date(2026, 11, d), {date(2026, 11, 9)}) for d in (6, 7, 8, 9, 10)]
    [True, False, False, False, True]
    """
    return day.weekday() < _SATURDAY and day not in holidays


def shifted(day: date, shift: Shift, holidays: Container[date]) -> date:
    """The day itself if it is a business day or nothing is shifted, else the next or the previous one that is.

    >>> day, holidays = date(2026, 11, 8), {date(2026, 11, 9)}
    >>> str(shifted(day, "next business day", holidays)), str(shifted(day, "previous business day", holidays))
    ('2026-11-10', '2026-11-06')
    """
    if shift == "none":
        return day
    step = _ONE if shift == "next business day" else -_ONE
    while not is_business_day(day, holidays):
        day += step
    return day
