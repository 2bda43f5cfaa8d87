"""What the law lets a business claim from a late one: interest by the day, and a sum for the cost of collecting.

Directive 2011/7/EU; in Spain Ley 3/2004, arts. 5 to 8; in Great Britain the Late Payment of Commercial Debts (Interest)
Act 1998. What was agreed holds in the law's place (art. 7.1 Ley 3/2004). A rate that neither the regime's file nor the
book gives is not known: nothing is carried over from the period before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.dated import PercentSince, in_force
from facturar.model.interest import InterestPart
from facturar.model.money import ZERO, Money, rounded
from facturar.model.regime import LatePayment

_YEAR = 365
_DAY = timedelta(days=1)


def law_for(client: Client, book: Book) -> LatePayment | None:
    """The late-payment law that protects the business against this client: none against a consumer.

    Ley 3/2004, art. 3, and Directive 2011/7/EU, art. 1: only between undertakings, or with public bodies. A client
    without a tax id is taken for a consumer.
    """
    return None if client.consumer or not client.tax_id else book.regime.late_payment


def compensation(debt: Decimal, law: LatePayment, currency: str) -> Money | None:
    """What may be claimed for the cost of collecting a debt: the highest rung that it reaches.

    40 euros whatever the debt by Directive 2011/7/EU, art. 6; it grows with the debt by the British Act of 1998, s. 5A;
    in Chile it is a percentage of the debt.
    """
    reached = [rung for rung in law.compensation if rung.debt <= debt]
    if not reached:
        return None
    highest = max(reached, key=lambda rung: rung.debt)
    if highest.percent is not None:
        return Money(rounded(debt * highest.percent / 100, currency), currency)
    return highest.amount


@dataclass(frozen=True)
class InterestTerms:
    """By what interest runs against a client: the law, what was agreed in its place, rates that the book gives."""

    law: LatePayment | None
    agreed: tuple[PercentSince, ...] = ()
    given: tuple[PercentSince, ...] = ()


def interest_terms(client: Client, book: Book) -> InterestTerms | None:
    """By what interest runs against a client; None for a consumer, and where there is neither law nor agreement.

    What the book agrees with everybody it agrees with those who have a tax id: one without it is taken for a consumer.
    """
    if client.consumer:
        return None
    law, own, usual = law_for(client, book), client.late_interest, book.settings.late_interest
    general = usual if usual and (client.tax_id or book.regime.late_payment is None) else None
    agreed = (own.agreed if own else ()) or (general.agreed if general else ())
    given = (own.law if own else ()) or (general.law if general else ())
    if law is None:
        agreed, given = agreed or given, ()
    return InterestTerms(law, agreed, given) if law or agreed else None


@dataclass(frozen=True)
class RateSpan:
    """Days, from the first to the last, on which one yearly rate holds: a whole one, or a base plus points.

    `known` is false where the law has a rate that neither the regime's file nor the book says.
    """

    first: date
    last: date
    base: PercentSince | None = None
    points: PercentSince | None = None
    whole: PercentSince | None = None
    known: bool = True

    @property
    def percent(self) -> Decimal:
        """The yearly rate."""
        if self.whole:
            return self.whole.percent
        return sum((entry.percent for entry in (self.base, self.points) if entry), ZERO)

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1


def period_start(day: date, every: str | None) -> date:
    """The first day of the period that a law fixes its rate for: a half-year or a month; of no period, of all time.

    >>> str(period_start(date(2026, 11, 30), "half-year")), str(period_start(date(2026, 11, 30), "month"))
    ('2026-07-01', '2026-11-01')
    """
    match every:
        case "half-year":
            return date(day.year, 1 if day.month <= 6 else 7, 1)
        case "month":
            return day.replace(day=1)
        case _:
            return date.min


def _of_its_period(entries: Iterable[PercentSince], day: date, every: str | None) -> PercentSince | None:
    """The entry in force on a day, if it is of the period of that day."""
    entry = in_force(entries, day)
    return entry if entry and entry.since >= period_start(day, every) else None


def _rate(terms: InterestTerms, day: date) -> RateSpan:
    """The rate of a day."""
    law = terms.law
    if whole := in_force(terms.agreed, day):
        return RateSpan(day, day, whole=whole)
    if law is None:
        return RateSpan(day, day)
    if whole := _of_its_period(terms.given, day, law.every):
        return RateSpan(day, day, whole=whole)
    base, points = _of_its_period(law.base, day, law.every), in_force(law.points, day)
    return RateSpan(day, day, base, points, known=bool(base) or law.every is None)


def _period_starts(every: str | None, first: date, last: date) -> Iterator[date]:
    """The first days of the law's periods that begin after a day and by another."""
    start = period_start(last, every)
    while first < start:
        yield start
        start = period_start(start - _DAY, every)


def rate_spans(terms: InterestTerms, due: date, day: date) -> tuple[RateSpan, ...]:
    """The days from the one after the due date through a day, cut where the rate may change; none before it is late.

    A rate that is fixed stays that of the first late day (British Act of 1998, with S.I. 2002/1675, art. 4).
    """
    first, law = due + _DAY, terms.law
    if day < first:
        return ()
    entries = (*terms.agreed, *terms.given, *(law.base if law else ()), *(law.points if law else ()))
    starts = {first, *(entry.since for entry in entries if first < entry.since <= day)}
    starts.update(_period_starts(law.every if law else None, first, day))
    if law and law.fixed_when_due:
        starts = {first}
    days = sorted(starts)
    ends = [start - _DAY for start in days[1:]] + [day]
    rates = (_rate(terms, start) for start in days)
    return tuple(
        RateSpan(start, end, rate.base, rate.points, rate.whole, rate.known)
        for start, end, rate in zip(days, ends, rates, strict=True)
    )


@dataclass(frozen=True)
class Balance:
    """Days, from the first to the last, on which one amount was owed."""

    first: date
    last: date
    amount: Decimal


def _overlaps(balances: Iterable[Balance], rates: Iterable[RateSpan]) -> list[tuple[Balance, RateSpan]]:
    """Both cut where either changes, by day; a balance's days are those of the cut."""
    found = []
    spans = list(rates)
    for balance in balances:
        for rate in spans:
            first, last = max(balance.first, rate.first), min(balance.last, rate.last)
            if first <= last and balance.amount:
                found.append((Balance(first, last, balance.amount), rate))
    return found


def unknown_rate(balances: Iterable[Balance], rates: Iterable[RateSpan]) -> date | None:
    """The first day on which something was owed and the rate is not known; None when all of it is."""
    return next((balance.first for balance, rate in _overlaps(balances, rates) if not rate.known), None)


def interest_parts(balances: Iterable[Balance], rates: Iterable[RateSpan], currency: str) -> tuple[InterestPart, ...]:
    """Simple interest on what was owed each day: base × rate × days ÷ 365, a part where the base or the rate changes.

    Each part is rounded by itself, so that what is printed adds up.

    >>> def since(*pairs): return tuple(PercentSince(since=date(y, m, 1), percent=Decimal(p)) for y, m, p in pairs)
    >>> law = LatePayment(base=since((2024, 1, "4.50"), (2024, 7, "4.25")), points=since((2013, 2, "8")),
    ...                   every="half-year", name={"es": "Ley 3/2004"}, source="art. 7")
    >>> due, paid = date(2024, 6, 15), date(2024, 7, 15)
    >>> owed = [Balance(due + timedelta(days=1), paid, Decimal(10000))]
    >>> [str(part.amount) for part in interest_parts(owed, rate_spans(InterestTerms(law), due, paid), "EUR")]
    ['51.37', '50.34']
    """
    parts: list[tuple[date, date, Decimal, Decimal]] = []
    for balance, rate in _overlaps(balances, rates):
        same = bool(parts) and parts[-1][1:] == (balance.first - _DAY, balance.amount, rate.percent)
        first = parts.pop()[0] if same else balance.first
        parts.append((first, balance.last, balance.amount, rate.percent))
    return tuple(_part(*part, currency) for part in parts if part[3])


def _part(first: date, last: date, base: Decimal, percent: Decimal, currency: str) -> InterestPart:
    days = (last - first).days + 1
    amount = rounded(base * percent * days / 100 / _YEAR, currency)
    return InterestPart(first=first, last=last, days=days, base=base, percent=percent, amount=amount)


def interest_sum(parts: Sequence[InterestPart]) -> Decimal:
    """What the parts add up to."""
    return sum((part.amount for part in parts), ZERO)
