"""How old a debt is: open amounts by days late, in the buckets that the book asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from facturar.model.money import ZERO
from facturar.rules.settlement import Instalment


def bucket_names(edges: Sequence[int]) -> tuple[str, ...]:
    """The buckets of some limits in days.

    >>> bucket_names([30, 60, 90])
    ('current', '1-30', '31-60', '61-90', '90+')
    """
    lower = [1, *(edge + 1 for edge in edges)]
    return ("current", *(f"{low}-{edge}" for low, edge in zip(lower, edges, strict=False)), f"{edges[-1]}+")


def bucket_of(days_late: int, edges: Sequence[int]) -> str:
    """The bucket of a number of days late; what is not overdue is current.

    >>> [bucket_of(days, [30, 60, 90]) for days in (0, 1, 30, 31, 90, 91)]
    ['current', '1-30', '1-30', '31-60', '61-90', '90+']
    """
    if days_late <= 0:
        return "current"
    reached = sum(days_late > edge for edge in edges)
    return bucket_names(edges)[1 + reached]


def lateness(days_late: int) -> str:
    """How late something is, in words.

    >>> lateness(1), lateness(0), lateness(-3)
    ('1 day late', 'due today', 'due in 3 days')
    """
    days = f"{abs(days_late)} day{'s' * (abs(days_late) != 1)}"
    if days_late > 0:
        return f"{days} late"
    return f"due in {days}" if days_late else "due today"


def aged(instalments: Sequence[Instalment], day: date, edges: Sequence[int]) -> dict[str, Decimal]:
    """The open amount in each bucket on a day; of an account, less its credit, they come to its balance."""
    buckets = dict.fromkeys(bucket_names(edges), ZERO)
    for instalment in instalments:
        if instalment.open:
            buckets[bucket_of(instalment.days_late(day), edges)] += instalment.open
    return buckets
