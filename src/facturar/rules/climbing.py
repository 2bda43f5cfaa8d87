"""When the steps of a ladder come: counted from a due date, from the end of its month, or from the step before."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from facturar.model.ladder import Ladder, When


def day_of(when: When, due: date) -> date:
    """The day of a step that is counted from a due date or from the end of its month.

    >>> str(day_of(When(days=5), date(2026, 11, 10))), str(day_of(When(after="end of month"), date(2026, 11, 10)))
    ('2026-11-15', '2026-11-30')
    """
    month_end = due.replace(day=monthrange(due.year, due.month)[1])
    return (month_end if when.after == "end of month" else due) + timedelta(days=when.days)


def from_due(ladder: Ladder, index: int) -> When:
    """The day of a step as it is when every step before it was written on its day: never counted from the previous."""
    when = ladder.steps[index].when
    if when.after != "previous" or index == 0:
        return When(days=when.days) if when.after == "previous" else when
    before = from_due(ladder, index - 1)
    return When(days=before.days + when.days, after=before.after)


def comes_before_due(ladder: Ladder, index: int) -> bool:
    """Whether a step is for what is not overdue yet: before its due date or on it."""
    when = ladder.steps[index].when
    return when.after == "due" and when.days <= 0


def comes_on(ladder: Ladder, index: int, due: date, stands: int, written: date | None) -> date:
    """The day on which a step comes to who owes since a due date.

    `stands` is the index of the step at which they stand, -1 for none, and `written` the day of its letter. A step
    that is counted from the one before it, when that had no letter, counts from the day on which it would have come.
    """
    when = ladder.steps[index].when
    if when.after != "previous" or index == 0:
        return day_of(from_due(ladder, index), due)
    if index - 1 == stands and written:
        return written + timedelta(days=when.days)
    return comes_on(ladder, index - 1, due, stands, written) + timedelta(days=when.days)
