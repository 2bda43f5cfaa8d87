"""Numbers without gaps: each series runs on from its last record, its dates never go back.

Art. 6.1.a) RD 1619/2012 asks for correlative numbers within each series, and the EU's VAT directive (art. 226.2) for a
sequential number that identifies the invoice uniquely.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from facturar.model.invoice import Invoice
from facturar.model.numbering import Series, series_of
from facturar.model.settings import Numbering

_DIGITS = re.compile(r"[0-9]+")


def last_in(series: Series, invoices: Iterable[Invoice]) -> Invoice | None:
    """The record with the highest number of a series."""
    own = ((seq, invoice) for invoice in invoices if (seq := series.seq_of(invoice.number)) is not None)
    return max(own, key=lambda pair: pair[0], default=(0, None))[1]


class _ByPlace:
    """Records by what stands around each run of digits in their number, so that a series finds its own at once."""

    def __init__(self, invoices: Iterable[Invoice]) -> None:
        self._all = tuple(invoices)
        self._around: dict[tuple[str, str], list[Invoice]] = defaultdict(list)
        for invoice in self._all:
            number = invoice.number
            for run in _DIGITS.finditer(number):
                self._around[number[: run.start()], number[run.end() :]].append(invoice)

    def last_in(self, series: Series) -> Invoice | None:
        """The record with the highest number of a series."""
        glued = series.prefix[-1:].isdecimal() or series.suffix[:1].isdecimal()
        return last_in(series, self._all if glued else self._around.get((series.prefix, series.suffix), ()))


def first_seq(series: Series, numbering: Numbering) -> int:
    """The running number that a series begins with: 1, or where `start` says."""
    starts = (series.seq_of(number) for number in numbering.start.values())
    return next((seq for seq in starts if seq is not None), 1)


class Register:
    """The numbers given so far, while a plan gives more: `last` of a series, `entered` after each.

    The one thing here that changes; a plan makes its own and lets it go.
    """

    def __init__(self, invoices: Iterable[Invoice], numbering: Numbering) -> None:
        self._invoices = list(invoices)
        self._numbering = numbering
        self._by_place: _ByPlace | None = None
        self._last: dict[Series, Invoice | None] = {}
        self._covering: dict[str, Invoice] | None = None
        self._of_client: dict[str, list[Invoice]] | None = None

    def last(self, series: Series) -> Invoice | None:
        """The latest record of a series; None before its first."""
        if series not in self._last:
            self._by_place = self._by_place or _ByPlace(self._invoices)
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

    def that_covers(self, key: str) -> Invoice | None:
        """The record that bills a key, of before or of this plan."""
        if self._covering is None:
            self._covering = {key: invoice for invoice in self._invoices for key in invoice.covers}
        return self._covering.get(key)

    def issued_to(self, client: str) -> Sequence[Invoice]:
        """All records of a client, of before and of this plan."""
        if self._of_client is None:
            self._of_client = defaultdict(list)
            for invoice in self._invoices:
                self._of_client[invoice.client].append(invoice)
        return self._of_client[client]

    def entered(self, pattern: str, invoice: Invoice) -> None:
        """Take note of a record just numbered."""
        self._invoices.append(invoice)
        if self._covering is not None:
            self._covering.update(dict.fromkeys(invoice.covers, invoice))
        if self._of_client is not None:
            self._of_client[invoice.client].append(invoice)
        self._last[series_of(pattern, invoice.issued)] = invoice
