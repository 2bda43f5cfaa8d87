"""When an invoice falls due, and how much of it."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

from facturar.model.invoice import Due
from facturar.model.money import rounded
from facturar.model.terms import TermPart, Terms


def due_date(issued: date, part: TermPart) -> date:
    """`days` after the issue date, or after the last day of its month.

    >>> due_date(date(2026, 1, 10), TermPart(days=15, end_of_month=True))
    datetime.date(2026, 2, 15)
    """
    start = issued.replace(day=monthrange(issued.year, issued.month)[1]) if part.end_of_month else issued
    return start + timedelta(days=part.days)


def instalments(issued: date, terms: Terms, payable: Decimal, currency: str) -> tuple[Due, ...]:
    """Each instalment's day and amount, in the order of the terms; the last takes the rounding.

    Of a few cents none takes more than the ones before it have left, so that the last is never below nothing.
    """
    amounts: list[Decimal] = []
    for part in terms.parts[:-1]:
        share = rounded(payable * part.percent / 100, currency)
        amounts.append(min(share, payable - sum(amounts), key=abs))
    amounts.append(payable - sum(amounts))
    return tuple(
        Due(date=due_date(issued, part), amount=amount) for part, amount in zip(terms.parts, amounts, strict=True)
    )
