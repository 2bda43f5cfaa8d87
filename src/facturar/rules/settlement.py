"""What is paid and what is open on a day: payments and credit notes laid against instalments.

First everything goes to the invoices that it names, in order of date; what is left over of a client in one currency
goes to that client's open instalments by due date, then number; what is still left is the client's credit. What was
paid on a pro forma is credit that pays nothing else until the pro forma's invoice is there. Only what is dated that day
or before counts, so that a past day's debt does not move when later entries come. A discount for paying early closes
its invoice from the day it is taken, whenever its credit note is issued.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO
from facturar.model.payment import Payment
from facturar.rules.customs import currency_of
from facturar.rules.early_discounts import EarlyDiscount, discounts_taken
from facturar.rules.funds import AccountKey, Funds
from facturar.rules.pro_formas import Laid, laid


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of an invoice that falls due on a day, what of it is open, and what was closed by a write-off.

    `paid` is the day of the last money laid on it, but no day before it was issued; None while nothing was paid.
    """

    number: str
    client: str
    currency: str
    issued: date
    due: date
    amount: Decimal
    open: Decimal
    written_off: Decimal = ZERO
    paid: date | None = None

    def days_late(self, day: date) -> int:
        """Days since the due date; 0 or less while it is not overdue."""
        return (day - self.due).days


@dataclass(frozen=True)
class Account:
    """A client in one currency: every instalment by due date, then number, and the credit left over.

    `discounts` were taken by paying early and are laid like a credit note that is still to be issued. `kept` is the
    part of the credit that was paid on pro formas and waits for their invoices.
    """

    client: str
    currency: str
    instalments: tuple[Instalment, ...] = ()
    credit: Decimal = ZERO
    discounts: tuple[EarlyDiscount, ...] = ()
    kept: Decimal = ZERO

    @property
    def free_credit(self) -> Decimal:
        """The credit that is not kept for anything."""
        return self.credit - self.kept

    @property
    def open(self) -> tuple[Instalment, ...]:
        """The instalments not fully paid."""
        return tuple(instalment for instalment in self.instalments if instalment.open > 0)

    @property
    def balance(self) -> Decimal:
        """What the client owes, less their credit."""
        return sum((instalment.open for instalment in self.instalments), ZERO) - self.credit


def payment_currency(payment: Payment, invoices: Mapping[str, Invoice], book: Book) -> str:
    """The currency a payment is in: its own, else that of the invoice or pro forma it names, else the client's."""
    number = payment.invoice or next(iter(payment.invoices or ()), None)
    if payment.currency:
        return payment.currency
    if number and number in invoices:
        return invoices[number].currency
    if asked := next((quote for quote in book.quotes if quote.number == number), None):
        return asked.currency
    client = book.clients.get(payment.client)
    return currency_of(None, client, book) if client else book.settings.currency


def _named(payment: Payment, where: Laid) -> dict[str, Decimal]:
    """How much of a payment goes to which document; a refund takes only what is kept for a pro forma that it names."""
    named = {payment.invoice: payment.amount} if payment.invoice else dict(payment.invoices or {})
    if payment.kind == "refund":
        return {number: -share for number, share in named.items() if number in where.kept}
    found: dict[str, Decimal] = {}
    for number, share in named.items():
        if payment.kind == "payment" or number not in where.kept:
            target = where.on.get(number, number)
            found[target] = found.get(target, ZERO) + share
    return found


def _funds_of_payment(payment: Payment, invoices: Mapping[str, Invoice], where: Laid, book: Book) -> Funds:
    sign = -1 if payment.kind == "refund" else 1
    return Funds(
        payment.date,
        (payment.client, payment_currency(payment, invoices, book)),
        sign * payment.amount,
        _named(payment, where),
        lapses=payment.kind == "write_off",
    )


def _funds_of_credit_note(note: Invoice) -> Funds:
    amount = -note.totals.payable
    named = {note.corrects: amount} if note.corrects else {}
    early = note.corrects if note.pays_early else None
    return Funds(note.issued, (note.client, note.currency), amount, named, noted=True, early=early)


def _fund_of_discount(taken: EarlyDiscount, key: AccountKey) -> Funds:
    """A discount that was taken, until its credit note is there; of it nothing becomes credit."""
    return Funds(taken.date, key, taken.amount, {taken.number: taken.amount}, lapses=True, early=taken.number)


def _funds(book: Book, invoices: Mapping[str, Invoice], where: Laid, day: date) -> list[Funds]:
    """All that is laid on accounts by a day, by date; on one date in the order of the ledger."""
    notes = [_funds_of_credit_note(i) for i in book.invoices if i.totals.payable < 0 and i.issued <= day]
    payments = [_funds_of_payment(p, invoices, where, book) for p in book.payments if p.date <= day]
    return sorted([*notes, *payments], key=lambda funds: funds.date)


def funds_on(book: Book, day: date) -> list[Funds]:
    """All that is laid on accounts by a day, by date; a discount for paying early only if a credit note gives it."""
    return _funds(book, {invoice.number: invoice for invoice in book.invoices}, laid(book, day), day)


def _instalments(invoices: Iterable[Invoice]) -> list[Instalment]:
    """The instalments of an account by due date, then number."""
    found = (
        Instalment(i.number, i.client, i.currency, i.issued, due.date, due.amount, due.amount)
        for i in invoices
        for due in i.due
    )
    return sorted(found, key=lambda instalment: (instalment.due, instalment.number))


def _laid(
    instalment: Instalment, money: Decimal, on: date | None, *, lapses: bool = False
) -> tuple[Instalment, Decimal]:
    """The instalment after something is laid against it, and what is left of that; `on` is the day if it is money."""
    used = min(money, instalment.open)
    if used <= 0:
        return instalment, money
    written_off = instalment.written_off + (used if lapses else ZERO)
    paid = max(on, instalment.issued, instalment.paid or on) if on else instalment.paid
    i = instalment  # built by hand: replace() takes several times as long, and this happens once for each payment
    left = Instalment(i.number, i.client, i.currency, i.issued, i.due, i.amount, i.open - used, written_off, paid)
    return left, money - used


class _Pool:
    """What names no invoice, or is left over: how much there is, how much of that lapses, and when it came."""

    def __init__(self) -> None:
        self._sum = self._lapsing = ZERO
        self._days: list[date] = []
        self._highest: list[Decimal] = []

    def add(self, left: Decimal, fund: Funds) -> None:
        """What is left of a fund; they come by date."""
        self._sum += left
        self._lapsing += left if fund.lapses else ZERO
        self._days.append(fund.date)
        self._highest.append(max(self._sum, self._highest[-1] if self._highest else ZERO))

    @property
    def parts(self) -> tuple[Decimal, Decimal]:
        """The money, below zero if more was given back than came, and what lapses."""
        if self._sum <= 0:
            return self._sum, ZERO
        return max(self._sum - self._lapsing, ZERO), min(self._sum, self._lapsing)

    def reached(self, amount: Decimal) -> date | None:
        """The day on which there was so much for the first time."""
        index = bisect_left(self._highest, amount)
        return self._days[index] if index < len(self._days) else None


def _apart(fund: Funds, where: Laid) -> tuple[Funds, Decimal]:
    """A fund without what of it is kept for pro formas, and how much that is."""
    if not (where.kept and fund.named.keys() & where.kept):
        return fund, ZERO
    share = sum((amount for number, amount in fund.named.items() if number in where.kept), ZERO)
    named = {number: amount for number, amount in fund.named.items() if number not in where.kept}
    return replace(fund, amount=fund.amount - share, named=named), share


def _settled(instalments: list[Instalment], funds: list[Funds]) -> tuple[list[Instalment], Decimal]:
    """The instalments of one account after all its funds, and the credit left."""
    places: dict[str, list[int]] = defaultdict(list)
    for index, instalment in enumerate(instalments):
        places[instalment.number].append(index)
    pool = _Pool()
    for fund in funds:
        left = fund.amount
        on = None if fund.lapses or fund.noted else fund.date
        for number, share in fund.named.items():
            left -= share
            for index in places.get(number, ()):
                instalments[index], share = _laid(instalments[index], share, on, lapses=fund.lapses)
            left += share
        pool.add(left, fund)
    money, lapsing = pool.parts
    used = ZERO
    for index, instalment in enumerate(instalments):
        used += max(min(money, instalment.open), ZERO)
        instalment, money = _laid(instalment, money, pool.reached(used))
        instalments[index], lapsing = _laid(instalment, lapsing, None, lapses=True)
    return instalments, money


def accounts(book: Book, day: date) -> dict[AccountKey, Account]:
    """Every client's account in each currency on a day, by client then currency.

    Linear in the number of records and payments, but for the sorting. A refund takes from credit; a write-off closes
    like a payment. Discounts for paying early are laid before all else, with or without their credit notes, so that
    nothing moves when these come.
    """
    by_number = {invoice.number: invoice for invoice in book.invoices}
    invoices: dict[AccountKey, list[Invoice]] = defaultdict(list)
    notes: dict[AccountKey, list[Invoice]] = defaultdict(list)
    for record in book.invoices:
        if record.issued <= day and record.totals.payable:
            (invoices if record.totals.payable > 0 else notes)[record.client, record.currency].append(record)
    funds: dict[AccountKey, list[Funds]] = defaultdict(list)
    where = laid(book, day)
    kept: dict[AccountKey, Decimal] = defaultdict(Decimal)
    for fund in _funds(book, by_number, where, day):
        free, share = _apart(fund, where)
        funds[fund.key].append(free)
        kept[fund.key] += share
    result = {}
    for key in sorted(invoices.keys() | funds.keys()):
        taken = discounts_taken(invoices[key], funds[key], notes[key], book)
        discounts = [*(_fund_of_discount(discount, key) for discount in taken), *(f for f in funds[key] if f.early)]
        others = (fund for fund in funds[key] if not fund.early)
        settled, credit = _settled(_instalments(invoices[key]), [*discounts, *others])
        result[key] = Account(*key, tuple(settled), credit + kept[key], taken, kept[key])
    return result
