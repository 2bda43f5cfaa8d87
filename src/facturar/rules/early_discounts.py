"""Which discounts for paying early were taken: within the days that the invoice offers, the reduced amount was there.

What counts is what was laid on the invoice by then, as settlement lays it: payments and credit notes that name it, then
what nobody named, by due date. Once taken, the discount is taken, whatever comes later; on every day only what is dated
by that day is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from facturar.model.book import Book
from facturar.model.invoice import EarlyPaymentDiscount, Invoice
from facturar.model.money import ZERO
from facturar.rules.early_payment import early_amount, offer_of
from facturar.rules.funds import Funds


@dataclass(frozen=True, slots=True)
class EarlyDiscount:
    """A discount, the day on which it was taken, and that no credit note has given yet."""

    number: str
    date: date
    amount: Decimal


class _Standing:
    """How far the invoices of an account are covered, day by day; by sums alone, so that a long history stays cheap."""

    def __init__(self, invoices: Sequence[Invoice]) -> None:
        parts = sorted((due.date, invoice.number, due.amount) for invoice in invoices for due in invoice.due)
        self._amounts = [amount for _, _, amount in parts]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, (_, number, _) in enumerate(parts):
            self._places[number].append(place)
        self._named: dict[str, Decimal] = defaultdict(Decimal)
        self._issued: set[str] = set()
        self._rest = [ZERO] * len(parts)
        self._used: dict[str, Decimal] = defaultdict(Decimal)
        self._free = ZERO
        self._sums: list[Decimal] | None = None

    def issue(self, number: str) -> None:
        """An invoice is there to be paid."""
        self._issued.add(number)
        self._cover(number)

    def lay(self, fund: Funds) -> None:
        """Money has come."""
        self._free += fund.amount
        for number, share in fund.named.items():
            self._named[number] += share
            if number in self._issued:
                self._cover(number)

    def _cover(self, number: str) -> None:
        self._sums = None
        left = self._named[number]
        for place in self._places[number]:
            used = min(left, self._amounts[place])
            self._rest[place] = self._amounts[place] - used
            left -= used
        used = self._named[number] - left
        self._free -= used - self._used[number]
        self._used[number] = used

    def open_of(self, number: str) -> Decimal:
        """What of an invoice in one part is open."""
        place = self._places[number][0]
        if self._free <= 0:
            return self._rest[place]
        if self._sums is None:
            self._sums = [ZERO, *accumulate(self._rest)]
        return self._rest[place] - min(max(self._free - self._sums[place], ZERO), self._rest[place])


def _by_day(invoices: Sequence[Invoice], funds: Sequence[Funds]) -> list[tuple[date, list[Invoice], list[Funds]]]:
    """What is issued and what is laid on each day on which there is something."""
    days: dict[date, tuple[list[Invoice], list[Funds]]] = defaultdict(lambda: ([], []))
    for invoice in invoices:
        days[invoice.issued][0].append(invoice)
    for fund in funds:
        days[fund.date][1].append(fund)
    return [(day, *days[day]) for day in sorted(days)]


def _taken(
    invoices: Sequence[Invoice], funds: Sequence[Funds], notes: Mapping[str, list[Invoice]], book: Book
) -> Iterator[tuple[date, Invoice, EarlyPaymentDiscount]]:
    """The offers that were taken, each on the first of its days on which the reduced amount was there."""
    standing, given = _Standing(invoices), set()
    live: list[tuple[Invoice, EarlyPaymentDiscount]] = []
    for day, issued, laid in _by_day(invoices, funds):
        for invoice in issued:
            standing.issue(invoice.number)
        for fund in laid:
            if fund.early not in given:
                standing.lay(fund)
            given |= {fund.early} if fund.early else set()
        live += [(invoice, offer) for invoice in issued if (offer := offer_of(invoice))]
        live = [(i, offer) for i, offer in live if day <= offer.until and i.number not in given]
        for invoice, offer in sorted(live, key=lambda pair: (pair[0].due[-1].date, pair[0].number)):
            before = [note for note in notes.get(invoice.number, ()) if note.issued <= day]
            amount = early_amount(invoice, offer, before, book)
            if 0 < standing.open_of(invoice.number) <= amount:
                standing.lay(Funds(day, (invoice.client, invoice.currency), amount, {invoice.number: amount}))
                given.add(invoice.number)
                yield day, invoice, offer


def discounts_taken(
    invoices: Sequence[Invoice], funds: Sequence[Funds], notes: Iterable[Invoice], book: Book
) -> tuple[EarlyDiscount, ...]:
    """The discounts of an account that were taken and that no credit note has given yet.

    `invoices` are those of the account, `funds` all that is laid on it, by date, and `notes` its credit notes, none of
    them later than the day asked about. Of an invoice that was credited in part the discount is on what is left.
    """
    if not any(map(offer_of, invoices)):
        return ()
    of_invoice: dict[str, list[Invoice]] = defaultdict(list)
    for note in notes:
        of_invoice[note.corrects or ""].append(note)
    counted = [fund for fund in funds if not fund.lapses]
    return tuple(
        EarlyDiscount(invoice.number, day, amount)
        for day, invoice, offer in _taken(invoices, counted, of_invoice, book)
        if not any(note.pays_early for note in of_invoice[invoice.number])
        and (amount := early_amount(invoice, offer, of_invoice[invoice.number], book))
    )
