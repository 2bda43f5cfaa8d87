"""What may be claimed of a client for paying late, and what of that debit notes have charged before.

A debit note covers a key for each instalment, up to the day through which its interest was charged, and one for the
compensation of each invoice: no day is charged twice. What a credit note releases may be charged again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from facturar.model.interest import InterestPart
from facturar.model.invoice import Invoice
from facturar.model.money import Money
from facturar.rules.interest import (
    Balance,
    InterestTerms,
    compensation,
    interest_parts,
    period_start,
    rate_spans,
    unknown_rate,
)
from facturar.rules.late_balances import LateDebt, PartKey

_DAY = timedelta(days=1)
_INTEREST = re.compile(r"(.+):interest:(\d{4}-\d\d-\d\d):(\d{4}-\d\d-\d\d)", re.ASCII)
_COMPENSATION = ":compensation"


def interest_key(number: str, due: date, until: date) -> str:
    """The key of the interest on an instalment through a day.

    >>> interest_key("F-2026-0012", date(2026, 5, 1), date(2026, 6, 7))
    'F-2026-0012:interest:2026-05-01:2026-06-07'
    """
    return f"{number}:interest:{due}:{until}"


def compensation_key(number: str) -> str:
    """The key of what an invoice is charged for the cost of collecting it: once."""
    return f"{number}{_COMPENSATION}"


def interest_of(key: str) -> tuple[str, date, date] | None:
    """The number, the due date and the last day of a key of interest; None of another key."""
    match = _INTEREST.fullmatch(key)
    return (match[1], date.fromisoformat(match[2]), date.fromisoformat(match[3])) if match else None


def compensation_of(key: str) -> str | None:
    """The number of the invoice of a key of compensation; None of another key."""
    return key.removesuffix(_COMPENSATION) if key.endswith(_COMPENSATION) else None


class Charged:
    """What debit notes have charged: through which day the interest on each instalment, and which compensations."""

    def __init__(self, invoices: Iterable[Invoice]) -> None:
        times: Counter[str] = Counter()
        for record in (each for each in invoices if each.kind in ("debit_note", "credit_note")):
            times.update(record.covers)
            times.subtract(record.releases)
        self._keys = frozenset(key for key, count in times.items() if count > 0)
        self._until: dict[PartKey, date] = {}
        for key in self._keys:
            if found := interest_of(key):
                number, due, until = found
                self._until[number, due] = max(self._until.get((number, due), date.min), until)

    def until(self, number: str, due: date) -> date | None:
        """The last day whose interest on an instalment was charged; None before the first."""
        return self._until.get((number, due))

    def compensated(self, number: str) -> bool:
        """Whether the cost of collecting an invoice was charged."""
        return compensation_key(number) in self._keys


@dataclass(frozen=True)
class InterestOwed:
    """The interest on an instalment that was not charged before; of its first day in `unknown` no rate is known."""

    debt: LateDebt
    parts: tuple[InterestPart, ...]
    unknown: date | None = None


def _after(balances: Iterable[Balance], day: date | None) -> tuple[Balance, ...]:
    """What of the balances is after a day."""
    if day is None:
        return tuple(balances)
    return tuple(replace(span, first=max(span.first, day + _DAY)) for span in balances if span.last > day)


def interest_owed(debt: LateDebt, terms: InterestTerms, charged: Charged) -> InterestOwed:
    """The interest on a late instalment that no debit note has charged, through the last day on which it was owed."""
    balances = _after(debt.balances, charged.until(debt.number, debt.due))
    if not balances:
        return InterestOwed(debt, ())
    rates = rate_spans(terms, debt.due, balances[-1].last)
    if unknown := unknown_rate(balances, rates):
        return InterestOwed(debt, (), unknown)
    return InterestOwed(debt, interest_parts(balances, rates, debt.currency))


def compensation_owed(debts: Iterable[LateDebt], terms: InterestTerms, charged: Charged) -> dict[str, Money]:
    """What the law gives for the cost of collecting each invoice, by number, if that was not charged before.

    Once an invoice, however many of its instalments were late (art. 8 Ley 3/2004), and only in its own currency.
    """
    owed: dict[str, Money] = {}
    for debt in debts:
        before = owed.get(debt.number)
        amount = (debt.open or debt.owed) + (before.amount if before else 0)
        owed[debt.number] = Money(amount, debt.currency)
    found = {
        number: compensation(money.amount, terms.law, money.currency)
        for number, money in owed.items()
        if terms.law and not charged.compensated(number)
    }
    return {number: fixed for number, fixed in found.items() if fixed and fixed.currency == owed[number].currency}


def rate_to_give(terms: InterestTerms, day: date) -> str:
    """What the book must say so that the rate of a day is known."""
    law = terms.law
    since = period_start(day, law.every) if law else day
    found = f" ({law.looked_up})" if law and law.looked_up else ""
    line = f"late_interest: [{{since: {since}, percent: …}}]"
    return f"the rate of late-payment interest from {since} on is not known{found}: add to facturar.yaml {line}"
