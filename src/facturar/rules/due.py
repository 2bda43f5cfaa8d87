"""When an invoice falls due, and how much of it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Container
from datetime import date, timedelta
from decimal import Decimal

from facturar.model.invoice import Due
from facturar.model.money import rounded
from facturar.model.terms import Shift, TermPart, Terms
from facturar.rules.business_days import shifted

Moved = Callable[[date], date]
"""Where a due date goes: itself, or a business day."""


def due_date(issued: date, part: TermPart) -> date:
    """`days` after the issue date, or after the last day of its month, a business day or not.

    >>> due_date(date(2026, 1, 10), TermPart(days=15, end_of_month=True))
    datetime.date(2026, 2, 15)
    """
    start = issued.replace(day=monthrange(issued.year, issued.month)[1]) if part.end_of_month else issued
    return start + timedelta(days=part.days)


def moves(shift: Shift, issued: date, holidays: Container[date]) -> Moved:
    """Where a due date of an invoice goes by a shift: back to a business day, but never before the day of issue.

    >>> str(moves("previous business day", date(2026, 11, 7), ())(date(2026, 11, 8)))  # from Saturday to Sunday
    '2026-11-09'
    """

    def moved(day: date) -> date:
        found = shifted(day, shift, holidays)
        return found if found >= issued or shift == "none" else shifted(day, "next business day", holidays)

    return moved


def _where_it_is(day: date) -> date:
    return day


def instalments(
    issued: date, terms: Terms, payable: Decimal, currency: str, moved: Moved = _where_it_is
) -> tuple[Due, ...]:
    """Each instalment's day, moved by itself, and amount, in the order of the terms; the last takes the rounding.

    Of a few cents none takes more than the ones before it have left, so that the last is never below nothing.
    """
    amounts: list[Decimal] = []
    for part in terms.parts[:-1]:
        share = rounded(payable * part.percent / 100, currency)
        amounts.append(min(share, payable - sum(amounts), key=abs))
    amounts.append(payable - sum(amounts))
    return tuple(
        Due(date=moved(due_date(issued, part)), amount=amount)
        for part, amount in zip(terms.parts, amounts, strict=True)
    )
