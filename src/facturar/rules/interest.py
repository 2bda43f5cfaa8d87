"""What the law lets a business claim from a late one: interest by the day, and a fixed sum for the cost of collecting.

Directive 2011/7/EU; in Spain Ley 3/2004, arts. 5 to 8; in Great Britain the Late Payment of Commercial Debts (Interest)
Act 1998. A regime without late-payment law gives nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.dated import PercentSince, in_force
from facturar.model.money import ZERO, Money, rounded
from facturar.model.regime import LatePayment

_YEAR = 365


def law_for(client: Client, book: Book) -> LatePayment | None:
    """The late-payment law that protects the business against this client: none against a consumer.

    Ley 3/2004, art. 3, and Directive 2011/7/EU, art. 1: only between undertakings, or with public bodies. A client
    without a tax id is taken for a consumer.
    """
    return None if client.consumer or not client.tax_id else book.regime.late_payment


def compensation(debt: Decimal, law: LatePayment) -> Money | None:
    """The fixed sum that may be claimed for a debt: the highest rung that it reaches.

    40 euros whatever the debt by Directive 2011/7/EU, art. 6; it grows with the debt by the British Act of 1998, s. 5A.
    """
    reached = [rung for rung in law.compensation if rung.debt <= debt]
    return max(reached, key=lambda rung: rung.debt).amount if reached else None


@dataclass(frozen=True)
class RateSpan:
    """Days, from the first to the last, on which one yearly rate holds: that of the base, plus the points."""

    first: date
    last: date
    base: PercentSince | None
    points: PercentSince | None

    @property
    def percent(self) -> Decimal:
        """The yearly rate."""
        return sum((entry.percent for entry in (self.base, self.points) if entry), ZERO)

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1


def rate_spans(law: LatePayment, due: date, day: date) -> tuple[RateSpan, ...]:
    """The days from the one after the due date through a day, cut where the rate changes; none before it is late.

    A rate that is fixed stays that of the first late day (British Act of 1998, with S.I. 2002/1675, art. 4).
    """
    first = due + timedelta(days=1)
    if day < first:
        return ()
    changes = {entry.since for entry in (*law.base, *law.points) if first < entry.since <= day}
    starts = [first] if law.fixed_when_due else [first, *sorted(changes)]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [day]
    return tuple(
        RateSpan(start, end, in_force(law.base, start), in_force(law.points, start))
        for start, end in zip(starts, ends, strict=True)
    )


def rate_on(law: LatePayment, due: date, day: date) -> Decimal:
    """The yearly rate in percent, on a day, of what was due on another: the base in force plus the points."""
    spans = rate_spans(law, due, max(day, due + timedelta(days=1)))
    return spans[-1].percent


def interest(amount: Decimal, due: date, day: date, law: LatePayment, currency: str) -> Decimal:
    """Simple interest from the day after the due date through a day: Σ amount × rate × days ÷ 365, rounded once.

    >>> from facturar.model.dated import PercentSince
    >>> def since(*pairs): return tuple(PercentSince(since=date(y, m, 1), percent=Decimal(p)) for y, m, p in pairs)
    >>> law = LatePayment(base=since((2025, 1, "3.15"), (2025, 7, "2.15")), points=since((2013, 2, "8")),
    ...                   name={"es": "Ley 3/2004"}, source="art. 7")
    >>> interest(Decimal(1000), date(2025, 6, 20), date(2025, 7, 10), law, "EUR")
    Decimal('5.84')
    """
    owed = (amount * span.percent * span.days / 100 / _YEAR for span in rate_spans(law, due, day))
    return rounded(sum(owed, ZERO), currency)
