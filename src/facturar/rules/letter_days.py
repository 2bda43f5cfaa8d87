"""On which days letters go out: not on Sundays, holidays and in quiet times, nor while it is not known who paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from facturar.model.book import Book

_SUNDAY = 6
_ONE = timedelta(days=1)
_LONGEST_WAIT = 2 * 366


@dataclass(frozen=True)
class Pause:
    """Why no letter goes out on a day, to anybody. `held`: somebody has to do something about it."""

    reason: str
    held: bool = False


def why_quiet(day: date, book: Book) -> str | None:
    """Why no letter goes out on a day, if none does: `on a Sunday`."""
    if quiet := next((time for time in book.settings.reminders.quiet if time.holds(day)), None):
        return f"in a quiet time ({quiet})"
    if day in book.holidays:
        return "on a holiday"
    return "on a Sunday" if day.weekday() == _SUNDAY else None


def next_letter_day(day: date, book: Book) -> date | None:
    """The day itself or the first one after it on which letters go out; None when there is none in two years."""
    days = (day + index * _ONE for index in range(_LONGEST_WAIT))
    return next((found for found in days if why_quiet(found, book) is None), None)


def payments_known_until(book: Book, day: date) -> date | None:
    """Up to which day it is known what came in: the day of the latest payment, or `payments_until`; None if neither."""
    days = [payment.date for payment in book.payments if payment.date <= day]
    until = book.settings.payments_until
    return max([*days, *([until] if until else [])], default=None)


def _stale(book: Book, day: date) -> Pause | None:
    allowed = book.settings.reminders.stale_after
    if allowed is None:
        return None
    known = payments_known_until(book, day)
    if known is None:
        return Pause("no payment is in the book yet: import the bank first, or set payments_until", held=True)
    age = (day - known).days
    if age <= allowed:
        return None
    reason = f"payments are known until {known}, {age} days ago: import the bank first, or set payments_until"
    return Pause(reason, held=True)


def pause_on(book: Book, day: date) -> Pause | None:
    """Why no letter goes out on a day, whoever owes; None when letters may go."""
    if stale := _stale(book, day):
        return stale
    why = why_quiet(day, book)
    if why is None:
        return None
    until = next_letter_day(day, book)
    return Pause(f"no letters {why}: this one waits until {until}" if until else f"no letters {why}, ever")
