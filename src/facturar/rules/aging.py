"""How old a debt is: open amounts by age, in the buckets that the book asks for.

The age is counted from the due date, as debts are dunned, or from the day of issue, as some lenders and auditors ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.money import ZERO
from facturar.rules.settlement import Instalment

Basis = Literal["due", "issued"]
"""The day from which an age is counted."""


def bucket_names(edges: Sequence[int], basis: Basis = "due") -> tuple[str, ...]:
    """The buckets of some limits in days; by the day of issue nothing is current.

    >>> bucket_names([30, 60, 90])
    ('current', '1-30', '31-60', '61-90', '90+')
    >>> bucket_names([30, 60, 90], "issued")
    ('0-30', '31-60', '61-90', '90+')
    """
    first = ("current",) if basis == "due" else ()
    lower = [1 if basis == "due" else 0, *(edge + 1 for edge in edges)]
    return (*first, *(f"{low}-{edge}" for low, edge in zip(lower, edges, strict=False)), f"{edges[-1]}+")


def bucket_of(days: int, edges: Sequence[int], basis: Basis = "due") -> str:
    """The bucket of a number of days since the due date, or since the day of issue; what is not overdue is current.

    >>> [bucket_of(days, [30, 60, 90]) for days in (0, 1, 30, 31, 90, 91)]
    ['current', '1-30', '1-30', '31-60', '61-90', '90+']
    >>> [bucket_of(days, [30, 60, 90], "issued") for days in (0, 30, 31, 91)]
    ['0-30', '0-30', '31-60', '90+']
    """
    if days <= 0 and basis == "due":
        return "current"
    reached = sum(days > edge for edge in edges)
    return bucket_names(edges, basis)[reached + (basis == "due")]


def lateness(days_late: int) -> str:
    """How late something is, in words.

    >>> lateness(1), lateness(0), lateness(-3)
    ('1 day late', 'due today', 'due in 3 days')
    """
    days = f"{abs(days_late)} day{'s' * (abs(days_late) != 1)}"
    if days_late > 0:
        return f"{days} late"
    return f"due in {days}" if days_late else "due today"


@dataclass(frozen=True)
class Ages:
    """How a table of debts measures age: the limits of its buckets in days, and the day from which they count."""

    edges: tuple[int, ...]
    basis: Basis = "due"

    @property
    def names(self) -> tuple[str, ...]:
        """The buckets, the youngest first."""
        return bucket_names(self.edges, self.basis)

    def bucket(self, instalment: Instalment, day: date) -> str:
        """The bucket that an instalment is in on a day."""
        since = instalment.due if self.basis == "due" else instalment.issued
        return bucket_of((day - since).days, self.edges, self.basis)


def aged(instalments: Sequence[Instalment], day: date, ages: Ages) -> dict[str, Decimal]:
    """The open amount in each bucket on a day; of an account, less its credit, they come to its balance."""
    buckets = dict.fromkeys(ages.names, ZERO)
    for instalment in instalments:
        if instalment.open:
            buckets[ages.bucket(instalment, day)] += instalment.open
    return buckets
