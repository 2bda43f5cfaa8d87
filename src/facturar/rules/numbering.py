"""Numbers without gaps: each series runs on from its last record, its dates never go back.

Art. 6.1.a) RD 1619/2012 asks for correlative numbers within each series, and the EU's VAT directive (art. 226.2) for a
sequential number that identifies the invoice uniquely.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Generic, TypeVar

from facturar.model.invoice import Invoice
from facturar.model.numbering import Series, series_of
from facturar.model.quote import Quote
from facturar.model.settings import Numbering

NumberedT = TypeVar("NumberedT", Invoice, Quote)
"""A record that is known by its number."""

_DIGITS = re.compile(r"[0-9]+")


def last_in(series: Series, records: Iterable[NumberedT]) -> NumberedT | None:
    """The record with the highest number of a series."""
    own = ((seq, record) for record in records if (seq := series.seq_of(record.number)) is not None)
    return max(own, key=lambda pair: pair[0], default=(0, None))[1]


class _ByPlace(Generic[NumberedT]):
    """Records by what stands around each run of digits in their number, so that a series finds its own at once."""

    def __init__(self, records: Iterable[NumberedT]) -> None:
        self._all: tuple[NumberedT, ...] = tuple(records)
        self._around: dict[tuple[str, str], list[NumberedT]] = defaultdict(list)
        for record in self._all:
            number = record.number
            for run in _DIGITS.finditer(number):
                self._around[number[: run.start()], number[run.end() :]].append(record)

    def last_in(self, series: Series) -> NumberedT | None:
        """The record with the highest number of a series."""
        glued = series.prefix[-1:].isdecimal() or series.suffix[:1].isdecimal()
        return last_in(series, self._all if glued else self._around.get((series.prefix, series.suffix), ()))


def first_seq(series: Series, numbering: Numbering) -> int:
    """The running number that a series begins with: 1, or where `start` says."""
    starts = (series.seq_of(number) for number in numbering.start.values())
    return next((seq for seq in starts if seq is not None), 1)


class Numbers(Generic[NumberedT]):
    """The numbers given so far, while a plan gives more: `last` of a series, `entered` after each.

    The one thing here that changes; a plan makes its own and lets it go.
    """

    def __init__(self, records: Iterable[NumberedT], numbering: Numbering) -> None:
        self._records: list[NumberedT] = list(records)
        self._numbering = numbering
        self._by_place: _ByPlace[NumberedT] | None = None
        self._last: dict[Series, NumberedT | None] = {}

    def last(self, series: Series) -> NumberedT | None:
        """The latest record of a series; None before its first."""
        if series not in self._last:
            self._by_place = self._by_place or _ByPlace(self._records)
            self._last[series] = self._by_place.last_in(series)
        return self._last[series]

    def next_number(self, pattern: str, day: date) -> str:
        """The number that follows in the series of a pattern on a day."""
        series = series_of(pattern, day)
        last = self.last(series)
        seq = series.seq_of(last.number) if last else None
        return series.number(first_seq(series, self._numbering) if seq is None else seq + 1)

    def latest_day(self, pattern: str, day: date) -> date | None:
        """The issue date of the latest record of the series, before which nothing of it may be issued."""
        last = self.last(series_of(pattern, day))
        return last.issued if last else None

    def previous_seal(self, pattern: str, day: date) -> str | None:
        """The seal that the next record of the series is chained to."""
        last = self.last(series_of(pattern, day))
        return last.seal if last else None

    def entered(self, pattern: str, record: NumberedT) -> None:
        """Take note of a record just numbered."""
        self._records.append(record)
        self._last[series_of(pattern, record.issued)] = record


class Register(Numbers[Invoice]):
    """The numbers of invoices, and what each of them bills."""

    def __init__(self, invoices: Iterable[Invoice], numbering: Numbering) -> None:
        super().__init__(invoices, numbering)
        self._covering: dict[str, Invoice] | None = None
        self._of_client: dict[str, list[Invoice]] | None = None

    def that_covers(self, key: str) -> Invoice | None:
        """The record that bills a key, of before or of this plan."""
        if self._covering is None:
            self._covering = {key: invoice for invoice in self._records for key in invoice.covers}
        return self._covering.get(key)

    def issued_to(self, client: str) -> Sequence[Invoice]:
        """All records of a client, of before and of this plan."""
        if self._of_client is None:
            self._of_client = defaultdict(list)
            for invoice in self._records:
                self._of_client[invoice.client].append(invoice)
        return self._of_client[client]

    def entered(self, pattern: str, record: Invoice) -> None:
        """Take note of a record just numbered, and of what it bills."""
        super().entered(pattern, record)
        if self._covering is not None:
            self._covering.update(dict.fromkeys(record.covers, record))
        if self._of_client is not None:
            self._of_client[record.client].append(record)
