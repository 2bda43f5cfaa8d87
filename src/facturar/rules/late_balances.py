"""What of each instalment was owed on each day after it fell due.

The day of the payment that closes an instalment still counts (Ley 3/2004, art. 5: until it is paid); one that pays a
part lowers what is owed from its own day on. What was credited was never owed: a credit note counts from the day of its
invoice. What is owed on a debit note bears nothing: there is no interest on interest.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO
from facturar.rules.funds import AccountKey
from facturar.rules.interest import Balance
from facturar.rules.settlement import accounts

PartKey = tuple[str, date]
"""(number, due date) of an instalment."""

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LateDebt:
    """An instalment that was late: what was owed on each day after it fell due, and what still is."""

    number: str
    due: date
    currency: str
    balances: tuple[Balance, ...]
    open: Decimal

    @property
    def owed(self) -> Decimal:
        """What was owed on its first late day."""
        return self.balances[0].amount


def _as_credited(client: str, book: Book, day: date) -> Book:
    """The records and payments of a client, with what was credited by a day taken off from the beginning."""
    own = {record.number: record for record in book.invoices if record.client == client}

    def noted(record: Invoice) -> Invoice:
        corrected = own.get(record.corrects or "")
        if corrected is None or record.pays_early or record.issued > day:
            return record
        return record.model_copy(update={"issued": min(record.issued, corrected.issued)})

    payments = tuple(payment for payment in book.payments if payment.client == client)
    return replace(book, invoices=tuple(map(noted, own.values())), payments=payments)


def _open(key: AccountKey, own: Book, day: date) -> dict[PartKey, Decimal]:
    """What is open of each instalment of an account at the end of a day."""
    found: dict[PartKey, Decimal] = {}
    account = accounts(own, day).get(key)
    for part in account.instalments if account else ():
        found[part.number, part.due] = found.get((part.number, part.due), ZERO) + part.open
    return found


def _balances(due: date, day: date, opens: dict[date, Decimal]) -> tuple[Balance, ...]:
    """The days on which something was owed, from what was open at the end of each day that may have changed it."""
    found: list[Balance] = []
    first, owed = due + _DAY, opens[due]
    for changed in sorted(on for on in opens if due < on <= day):
        now = opens[changed]
        last = changed if not now else changed - _DAY
        if now != owed:
            found.append(Balance(first, last, owed))
            first, owed = last + _DAY, now
    found.append(Balance(first, day, owed))
    return tuple(span for span in found if span.amount and span.first <= span.last)


def late_debts(
    key: AccountKey, book: Book, day: date, wanted: Container[PartKey] | None = None
) -> tuple[LateDebt, ...]:
    """The instalments of a client in one currency that were late by a day, paid since or not, by due date.

    Each day on which anything moved since the oldest of them fell due costs a settlement of the client's accounts: so
    name those that are `wanted`, if it is not all.
    """
    own = _as_credited(key[0], book, day)
    invoices = [i for i in own.invoices if i.currency == key[1] and i.issued <= day and i.totals.payable > 0]
    parts = ((i.number, part.date) for i in invoices if i.kind != "debit_note" for part in i.due if part.date < day)
    late = {part for part in parts if wanted is None or part in wanted}
    if not late:
        return ()
    since = min(due for _, due in late)
    events = {payment.date for payment in own.payments} | {record.issued for record in own.invoices}
    days = sorted({on for on in events if since < on < day} | {due for _, due in late} | {day})
    opens = {on: _open(key, own, on) for on in days}
    debts = []
    for number, due in sorted(late, key=lambda part: (part[1], part[0])):
        by_day = {on: opens[on].get((number, due), ZERO) for on in days if on >= due}
        if balances := _balances(due, day, by_day):
            debts.append(LateDebt(number, due, key[1], balances, by_day[day]))
    return tuple(debts)
