"""What stands between a client and a letter on a day: promises, those that were broken, disputes, cases handed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.diary import DiaryEntry
from facturar.rules.customs import currency_of
from facturar.rules.diary import by_client, handover_of, situation_on
from facturar.rules.promises import promises_of
from facturar.rules.settlement import accounts

PendingKind = Literal["promise", "broken", "dispute", "handover"]


@dataclass(frozen=True)
class Pending:
    """A promise that runs (`day`: until when) or was broken, a dispute, or a case handed over `to` somebody.

    `invoice` is the one that it is about, if it is about one; `amount` what was promised.
    """

    kind: PendingKind
    client: str
    day: date
    currency: str
    invoice: str | None = None
    amount: Decimal | None = None
    to: str | None = None


def _promises(client: str, book: Book, day: date, since: date, owes: bool) -> Iterator[Pending]:
    """Promises that run, and those whose day came after `since` while their client still owes something overdue."""
    for promised in promises_of(client, book, day):
        if promised.state == "running" or (promised.unkept and owes and promised.until >= since):
            kind: PendingKind = "broken" if promised.unkept else "promise"
            entry = promised.entry
            amount = entry.promise.amount if entry.promise else None
            yield Pending(kind, client, promised.on, promised.currency, entry.invoice, amount)


def _disputes(entries: list[DiaryEntry], disputed: frozenset[str], currency: str) -> Iterator[Pending]:
    for number in sorted(disputed):
        since = max(e.date for e in entries if e.kind == "dispute" and e.invoice == number)
        yield Pending("dispute", entries[0].client, since, currency, number)


def _handover(entries: list[DiaryEntry], currency: str) -> Iterator[Pending]:
    if handover := handover_of(entries):
        yield Pending("handover", handover.client, handover.date, currency, to=handover.to)


def pending(book: Book, day: date) -> tuple[Pending, ...]:
    """What the diary says on a day; of promises, also those that were broken in its month."""
    since = day.replace(day=1)
    late = {a.client for a in accounts(book, day).values() if any(i.days_late(day) > 0 for i in a.open)}
    found: list[Pending] = []
    for client_id, diary in by_client(book.diary).items():
        entries = sorted((entry for entry in diary if entry.date <= day), key=lambda entry: entry.date)
        client = book.clients.get(client_id)
        if not entries or not client:
            continue
        currency = currency_of(None, client, book)
        disputed = situation_on(entries, client_id, day).disputed
        found += _promises(client_id, book, day, since, client_id in late)
        found += _disputes(entries, disputed, currency)
        found += _handover(entries, currency)
    order = ("promise", "broken", "dispute", "handover")
    return tuple(sorted(found, key=lambda item: (order.index(item.kind), item.day, item.client)))
