"""What was billed before: the `covers` keys of the records.

A key is stable: it names what is billed, never how. Work and expenses have no ids, so a day's key says up to where
that day was billed (`web:2026-10-28:3.5h`): hours that are logged late are billed, and none twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from facturar.model.invoice import Invoice, Period
from facturar.model.money import ZERO
from facturar.rules.crediting import credited_nets
from facturar.rules.early_payment import is_early_credit
from facturar.rules.loyalty import net_before_loyalty


def hours_key(job: str, day: date, hours: Decimal) -> str:
    """The key of the hours of a day, up to that many."""
    return f"{job}:{day}:{hours.normalize():f}h"


def expense_key(job: str, day: date, amount: Decimal) -> str:
    """The key of the expenses of a day, up to that amount."""
    return f"{job}:expense:{day}:{amount.normalize():f}"


def extra_key(job: str, period: date, hours: Decimal) -> str:
    """The key of the hours over of a retainer's period, up to that many."""
    return f"{job}:extra:{period}:{hours.normalize():f}h"


class Billed:
    """The keys of all that was billed, each job's periods, and how far each day's hours and expenses were."""

    def __init__(self, invoices: Iterable[Invoice]) -> None:
        records = tuple(invoices)
        times = Counter(key for record in records for key in record.covers)
        times.subtract(key for record in records for key in record.releases)
        self._keys = frozenset(key for key, count in times.items() if count > 0)
        self._of_job: dict[str, list[str]] = defaultdict(list)
        self._up_to: dict[str, Decimal] = {}
        for key in self._keys:
            self._of_job[key.partition(":")[0]].append(key)
            stem, _, end = key.rpartition(":")
            amount = end.removesuffix("h")
            if stem.count(":") and amount.replace(".", "", 1).isdecimal() and stem[-10:-6].isdecimal():
                self._up_to[stem] = max(self._up_to.get(stem, ZERO), Decimal(amount))
        self._periods: dict[str, list[tuple[Period, str]]] = defaultdict(list)
        self._net: dict[str, Decimal] = {}
        credited = credited_nets(records)
        for record in records:
            stands = credited.get(record.number, ZERO) < record.totals.net
            self._take_note(record, net_before_loyalty(record) if stands else record.totals.net)

    def _take_note(self, record: Invoice, net: Decimal) -> None:
        for job in record.job:
            self._net[job] = self._net.get(job, ZERO) + (ZERO if is_early_credit(record) else net)
            if record.period and self._keys.intersection(record.covers):
                self._periods[job].append((record.period, record.number))

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def net(self, job: str) -> Decimal:
        """The net billed for a job so far, before loyalty and early payment: neither makes room under a cap."""
        return self._net.get(job, ZERO)

    def steps(self, job: str) -> list[str]:
        """The names of the steps of a job that were billed."""
        stem = f"{job}:step:"
        return [key.removeprefix(stem) for key in self._of_job[job] if key.startswith(stem)]

    def otherwise(self, job: str, keys: Collection[str]) -> bool:
        """Whether the job was billed by keys of other shapes than these: `job:done`, `job:step:`."""
        return any(
            key not in keys and not any(key.startswith(k) for k in keys if k[-1] == ":") for key in self._of_job[job]
        )

    def overlapping(self, job: str, period: Period) -> str | None:
        """The invoice of another period of the job that shares a day with this one, or of only a part of this one."""
        for other, number in self._periods[job]:
            apart = other.last < period.first or period.last < other.first
            whole = other.first == period.first and other.last >= period.last
            if not (apart or whole):
                return number
        return None

    def hours(self, job: str, day: date) -> Decimal:
        """Hours of a day that were billed."""
        return self._up_to.get(f"{job}:{day}", ZERO)

    def days_worked(self, job: str) -> list[date]:
        """The days of which hours were billed, in order."""
        stems = (key.rpartition(":")[0].removeprefix(f"{job}:") for key in self._of_job[job] if key.endswith("h"))
        return sorted({date.fromisoformat(stem) for stem in stems if re.fullmatch(r"\d{4}-\d\d-\d\d", stem)})

    def extra(self, job: str, period: date) -> Decimal:
        """Hours over of a retainer's period that were billed."""
        return self._up_to.get(f"{job}:extra:{period}", ZERO)

    def expenses(self, job: str, day: date) -> Decimal:
        """The amount of a day's expenses that was billed."""
        return self._up_to.get(f"{job}:expense:{day}", ZERO)
