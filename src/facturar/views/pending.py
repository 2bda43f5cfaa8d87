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
from facturar.rules.diary import by_client, situation_on
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


def _promises(entries: list[DiaryEntry], day: date, since: date, currency: str, owes: bool) -> Iterator[Pending]:
    """Promises that run, and those whose day came after `since` while their client still owes something overdue."""
    for entry in entries:
        if entry.promise and (entry.promise.on >= day or (owes and entry.promise.on >= since)):
            kind: PendingKind = "promise" if entry.promise.on >= day else "broken"
            yield Pending(kind, entry.client, entry.promise.on, currency, entry.invoice, entry.promise.amount)


def _disputes(entries: list[DiaryEntry], disputed: frozenset[str], currency: str) -> Iterator[Pending]:
    for number in sorted(disputed):
        since = max(e.date for e in entries if e.kind == "dispute" and e.invoice == number)
        yield Pending("dispute", entries[0].client, since, currency, number)


def _handover(entries: list[DiaryEntry], currency: str) -> Iterator[Pending]:
    handovers = [entry for entry in entries if entry.kind == "handover"]
    if handovers:
        yield Pending("handover", handovers[-1].client, handovers[-1].date, currency, to=handovers[-1].to)


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
        found += _promises(entries, day, since, currency, client_id in late)
        found += _disputes(entries, disputed, currency)
        found += _handover(entries, currency)
    order = ("promise", "broken", "dispute", "handover")
    return tuple(sorted(found, key=lambda item: (order.index(item.kind), item.day, item.client)))
