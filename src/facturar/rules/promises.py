"""What became of the promises in the diary: kept, partly kept or broken, found from what was paid.

A promise is about the invoice that its entry names, or about all that the client owed on its day. What counts is paid
from its entry's day through its own day and the grace. Money keeps one promise only, the one whose day comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.diary import DiaryEntry
from facturar.model.money import ZERO
from facturar.model.payment import Payment
from facturar.rules.customs import currency_of
from facturar.rules.settlement import Instalment, accounts, payment_currency

PromiseState = Literal["running", "kept", "partly kept", "broken", "replaced"]


@dataclass(frozen=True)
class Promised:
    """A promise, and what became of it by a day.

    `amount` was promised: without one all that was open. `paid` came for it. `until` is the last day on which it can be
    kept. It is `replaced` when the client promised anew, on a later day, before it was kept.
    """

    entry: DiaryEntry
    on: date
    until: date
    currency: str
    amount: Decimal
    paid: Decimal
    state: PromiseState

    @property
    def unkept(self) -> bool:
        """Whether its day is over and not all of it came."""
        return self.state in ("broken", "partly kept")

    def speaks_of(self, instalment: Instalment) -> bool:
        """Whether the promise is about an instalment: of its invoice, or of anything issued when it was made."""
        return self.entry.invoice in (None, instalment.number) and instalment.issued <= self.entry.date


class _Purse:
    """A client's payments by a day, and how much of each has not kept a promise yet."""

    def __init__(self, book: Book, day: date) -> None:
        invoices = {invoice.number: invoice for invoice in book.invoices}
        paid = sorted((p for p in book.payments if p.kind == "payment" and p.date <= day), key=lambda p: p.date)
        self._payments = [(payment, payment_currency(payment, invoices, book)) for payment in paid]
        self._left = [payment.amount for payment in paid]

    def take(self, wanted: _Wanted) -> Decimal:
        """What came for a promise, up to its amount; it is not there for the next one."""
        taken = ZERO
        for index, (payment, currency) in enumerate(self._payments):
            share = min(self._left[index], wanted.share_of(payment, currency), wanted.amount - taken)
            self._left[index] -= share
            taken += share
        return taken


@dataclass(frozen=True)
class _Wanted:
    """What a promise waits for: an amount in a currency, on an invoice or on any, from a day through another."""

    amount: Decimal
    currency: str
    invoice: str | None
    first: date
    until: date

    def share_of(self, payment: Payment, currency: str) -> Decimal:
        """How much of a payment can be for it; one that names no invoice may be for any."""
        if currency != self.currency or not self.first <= payment.date <= self.until:
            return ZERO
        named = {payment.invoice: payment.amount} if payment.invoice else dict(payment.invoices or {})
        return named.get(self.invoice, ZERO) if self.invoice and named else payment.amount


def _about(entry: DiaryEntry, currency: str, book: Book, day: date) -> list[Instalment]:
    """What a promise is about, as it is on a day: of what was issued when it was made."""
    return [
        instalment
        for account in accounts(book, day).values()
        if account.currency == currency
        for instalment in account.instalments
        if instalment.issued <= entry.date and entry.invoice in (None, instalment.number)
    ]


def _open(instalments: Iterable[Instalment]) -> Decimal:
    return sum((instalment.open for instalment in instalments), ZERO)


def _currency(entry: DiaryEntry, book: Book) -> str:
    """That of the invoice; else the client's, unless they owe in another one alone."""
    for invoice in book.invoices:
        if invoice.number == entry.invoice:
            return invoice.currency
    usual = currency_of(None, book.clients[entry.client], book)
    owed = [account.currency for account in accounts(book, entry.date).values() if account.open]
    return usual if usual in owed or not owed else owed[0]


def _replaced(entry: DiaryEntry, until: date, entries: Sequence[DiaryEntry]) -> bool:
    return any(entry.date < other.date <= until and other.invoice in (None, entry.invoice) for other in entries)


def _settled(entry: DiaryEntry, currency: str, book: Book, day: date) -> bool:
    """Whether nothing of what a promise is about is open on a day, and nothing of it was given up."""
    about = _about(entry, currency, book, day)
    return bool(about) and not _open(about) and not any(instalment.written_off for instalment in about)


def _promised(entry: DiaryEntry, entries: Sequence[DiaryEntry], purse: _Purse, book: Book, day: date) -> Promised:
    assert entry.promise, "only entries with a promise are asked"
    until = entry.promise.on + timedelta(days=book.settings.reminders.grace)
    currency = _currency(entry, book)
    left = _open(_about(entry, currency, book, entry.date))
    amount = entry.promise.amount if entry.promise.amount is not None else left
    # who promises just what a payment of that day left open speaks of the rest: that payment is no part of it
    first = entry.date + timedelta(days=1 if amount == left and entry.promise.on > entry.date else 0)
    replaced = _replaced(entry, min(until, day), entries)
    wanted = _Wanted(amount, currency, entry.invoice, first, until)
    paid = purse.take(wanted)
    if paid >= amount or _settled(entry, currency, book, min(until, day)):
        state: PromiseState = "kept"
    elif replaced or day <= until:
        state = "replaced" if replaced else "running"
    else:
        state = "partly kept" if paid else "broken"
    return Promised(entry, entry.promise.on, until, currency, amount, paid, state)


def promises_of(client: str, book: Book, day: date) -> tuple[Promised, ...]:
    """The promises of a client by a day, in the order of their days."""
    entries = [entry for entry in book.diary if entry.client == client and entry.promise and entry.date <= day]
    if not entries or client not in book.clients:
        return ()
    own = replace(
        book,
        invoices=tuple(invoice for invoice in book.invoices if invoice.client == client),
        payments=tuple(payment for payment in book.payments if payment.client == client),
    )
    purse = _Purse(own, day)
    ordered = sorted(entries, key=lambda entry: (entry.promise.on if entry.promise else entry.date, entry.date))
    return tuple(_promised(entry, entries, purse, own, day) for entry in ordered)


def all_promises(book: Book, day: date) -> tuple[Promised, ...]:
    """The promises of all clients by a day, those of a client together."""
    clients = dict.fromkeys(entry.client for entry in book.diary if entry.promise and entry.date <= day)
    return tuple(promised for client in clients for promised in promises_of(client, book, day))
