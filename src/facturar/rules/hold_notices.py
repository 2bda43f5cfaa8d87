"""When the round tells a client by itself that new work waits: once for each time that they come to be on hold.

A hold is a matter of what is owed and paid, so nothing keeps when one began: that it lasted since the client was told
follows from the days on which something could have lifted it. Such a notice asks for money; so it keeps all that keeps
a reminder back, and each of both keeps the gap to the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.book import Book
from facturar.model.money import Money
from facturar.model.notice import Notice
from facturar.rules.credit import Hold, credit_policy, hold_of
from facturar.rules.dunning import Case, blocked
from facturar.rules.noticing import told_before

HOLD = "hold"
"""The name of the notice, and of its template."""


def told_of_hold(client_id: str, book: Book, day: date) -> date | None:
    """The day on which a client was last told, by a day, that new work of theirs waits."""
    last = told_before(client_id, HOLD, book, day)
    return last.date if last else None


def _could_lift(client_id: str, book: Book) -> Iterator[date]:
    """The days on which something came up that may lift a hold: money, a credit note, a dispute, another rate."""
    issued = [record for record in book.invoices if record.client == client_id]
    abroad = {record.currency for record in issued} - {book.settings.currency}
    yield from (payment.date for payment in book.payments if payment.client == client_id)
    yield from (record.issued for record in issued if record.kind == "credit_note")
    yield from (entry.date for entry in book.diary if entry.client == client_id)
    yield from (rate.date for rate in book.rates if rate.currency in abroad)


def _held_when_told(notice: Notice, book: Book) -> bool:
    """Whether the client was on hold on the day of a notice, by all that is known now: money may be booked late."""
    billing = notice.hold.to_bill if notice.hold else None
    to_bill = [Money(billing, notice.currency)] if billing else []
    return hold_of(notice.client, book, notice.date, to_bill) is not None


def told_of_this_hold(client_id: str, book: Book, today: date) -> date | None:
    """The day on which a client who is on hold was told of it; None if they were not, or it was lifted since."""
    last = told_before(client_id, HOLD, book, today)
    if last is None or not _held_when_told(last, book):
        return None
    days = sorted({day for day in _could_lift(client_id, book) if last.date < day < today})
    return last.date if all(hold_of(client_id, book, day) for day in days) else None


def not_to_speak_of(case: Case) -> frozenset[str]:
    """The open invoices of a client that no letter may speak of, being disputed or promised."""
    return frozenset(part.number for part in case.account.open) - {part.number for part in case.chased}


def why_not_told(hold: Hold, case: Case, book: Book) -> str | None:
    """Why a client is not told today that they are on hold; None when they are to be."""
    if not credit_policy(hold.client, book).notice:
        return "on hold, and their credit says notice: false"
    if on := told_of_this_hold(hold.client, book, case.day):
        return f"told on {on} that they are on hold"
    if reason := blocked(case):
        return reason
    if hold.to_pay < case.ladder.minimum:
        return f"{hold.to_pay} {hold.currency} is below the minimum of {case.ladder.minimum}"
    return case.pause.reason if case.pause else None
