"""What was billed before: the `covers` keys of the records.

A key is stable: it names what is billed, never how. Work and expenses have no ids, so a day's key says up to where
that day was billed (`web:2026-10-28:3.5h`): hours that are logged late are billed, and none twice.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import accumulate

from facturar.model.invoice import Invoice, Period
from facturar.model.money import ZERO
from facturar.rules.agreements.charged import charged_for
from facturar.rules.agreements.spans import NOTHING, Open, Spans, covered


def hours_key(job: str, day: date, hours: Decimal) -> str:
    """The key of the hours of a day, up to that many."""
    return f"{job}:{day}:{hours.normalize():f}h"


def expense_key(job: str, day: date, amount: Decimal) -> str:
    """The key of the expenses of a day, up to that amount."""
    return f"{job}:expense:{day}:{amount.normalize():f}"


def line_key(job: str, since: date, amount: Decimal) -> str:
    """The key of the lines added since a day, up to that amount; below nothing, of those that take off."""
    return f"{job}:{'less' if amount < 0 else 'lines'}:{since}:{abs(amount).normalize():f}"


def extra_key(job: str, period: date, hours: Decimal) -> str:
    """The key of the hours over of a retainer's period, up to that many."""
    return f"{job}:extra:{period}:{hours.normalize():f}h"


class _Timeline:
    """The periods of a job that were invoiced, by their first days: one is looked up without reading them all."""

    def __init__(self, periods: Iterable[tuple[Period, str]]) -> None:
        self._periods = sorted(periods, key=lambda pair: pair[0].first)
        self._last_so_far = list(accumulate((period.last for period, _ in self._periods), max))

    def overlapping(self, period: Period) -> str | None:
        """The invoice of a period that shares a day with this one, without being all of it from its first day."""
        index = bisect_right(self._periods, period.last, key=lambda pair: pair[0].first)
        while index and self._last_so_far[index - 1] >= period.first:
            index -= 1
            other, number = self._periods[index]
            whole = other.first == period.first and other.last >= period.last
            if other.last >= period.first and not whole:
                return number
        return None


class Billed:
    """The keys of all that was billed, each job's periods, and how far each day's hours and expenses were."""

    def __init__(self, invoices: Iterable[Invoice]) -> None:
        records = tuple(invoices)
        times = Counter(key for record in records for key in record.covers)
        times.subtract(key for record in records for key in record.releases)
        self._keys = frozenset(key for key, count in times.items() if count > 0)
        self._of_job: dict[str, list[str]] = defaultdict(list)
        self._ever: dict[str, list[str]] = defaultdict(list)
        for key, count in times.items():
            job = key.partition(":")[0]
            self._ever[job].append(key)
            if count > 0:
                self._of_job[job].append(key)
        self._covered = covered(records)
        self._periods: dict[str, list[tuple[Period, str]]] = defaultdict(list)
        self._timelines: dict[str, _Timeline] = {}
        self._records: dict[str, list[Invoice]] = defaultdict(list)
        for record in records:
            self._take_note(record)

    def _take_note(self, record: Invoice) -> None:
        for job in record.job:
            self._records[job].append(record)
            if record.period and not self._keys.isdisjoint(record.covers):
                self._periods[job].append((record.period, record.number))

    def __contains__(self, key: str) -> bool:
        return key in self._keys

    def charged(self, job: str, *, with_tax: bool) -> Decimal:
        """What was billed for a job so far, net or with VAT, as far as it counts against a cap."""
        return charged_for(job, self._records.get(job, ()), with_tax=with_tax)

    def steps(self, job: str) -> list[str]:
        """The names of the steps of a job that are billed."""
        return self._steps(self._of_job, job)

    def steps_ever(self, job: str) -> list[str]:
        """The names of the steps of a job that were ever invoiced, in that order, credited since or not."""
        return self._steps(self._ever, job)

    def _steps(self, keys: Mapping[str, list[str]], job: str) -> list[str]:
        stem = f"{job}:step:"
        return [key.removeprefix(stem) for key in keys.get(job, ()) if key.startswith(stem)]

    def otherwise(self, job: str, keys: Collection[str]) -> bool:
        """Whether the job was billed by keys of other shapes than these: `job:done`, `job:step:`."""
        return any(
            key not in keys and not any(key.startswith(k) for k in keys if k[-1] == ":") for key in self._of_job[job]
        )

    def overlapping(self, job: str, period: Period) -> str | None:
        """The invoice of another period of the job that shares a day with this one, or of only a part of this one."""
        return self._timeline(job).overlapping(period)

    def _timeline(self, job: str) -> _Timeline:
        if job not in self._timelines:
            self._timelines[job] = _Timeline(self._periods.get(job, ()))
        return self._timelines[job]

    def hours(self, job: str, day: date) -> Decimal:
        """Up to which hours a day was billed."""
        return self._spans(f"{job}:{day}").end

    def open_hours(self, job: str, day: date, before: Decimal, up_to: Decimal) -> Open:
        """Hours of a day, of those between, that were not billed."""
        return self._spans(f"{job}:{day}").open(before, up_to)

    def _spans(self, stem: str) -> Spans:
        return self._covered.get(stem, NOTHING)

    def days_worked(self, job: str) -> list[date]:
        """The days of which hours were billed, in order."""
        stems = (key.rpartition(":")[0].removeprefix(f"{job}:") for key in self._of_job[job] if key.endswith("h"))
        return sorted({date.fromisoformat(stem) for stem in stems if re.fullmatch(r"\d{4}-\d\d-\d\d", stem)})

    def open_extra(self, job: str, period: date, up_to: Decimal) -> Open:
        """Hours over of a retainer's period that were not billed."""
        return self._spans(f"{job}:extra:{period}").open(ZERO, up_to)

    def open_lines(self, job: str, since: date, before: Decimal, up_to: Decimal) -> Open:
        """The amount, of that between, of the lines added since a day that was not billed; below nothing, taken off."""
        stem = f"{job}:{'less' if up_to < 0 else 'lines'}:{since}"
        return self._spans(stem).open(abs(before), abs(up_to))

    def open_expenses(self, job: str, day: date, before: Decimal, up_to: Decimal) -> Open:
        """The amount of a day's expenses, of that between, that was not billed."""
        return self._spans(f"{job}:expense:{day}").open(before, up_to)
