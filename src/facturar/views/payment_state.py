"""Whether an invoice is paid, on a day: derived from the settlement, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO, rounded
from facturar.rules.settlement import Account, accounts

State = Literal["paid", "partly paid", "open", "overdue", "credit note", "credited", "void"]


@dataclass(frozen=True)
class Back:
    """What credit notes take back of an invoice, and whether one says that it should never have been."""

    amount: Decimal
    void: bool = False


_NOTHING = Back(ZERO)


@dataclass(frozen=True)
class PaymentState:
    """What of an invoice is paid (by money or by a credit note) and open, in its currency, and the word for it.

    Together with the `discount` that was taken by paying early, they come to what is payable. `credited`: taken back in
    full by credit notes; `void`: by one that says that it should never have been.
    """

    paid: Decimal
    open: Decimal
    status: State
    discount: Decimal = ZERO


def _taken_back(book: Book, day: date) -> dict[str, Back]:
    """What the credit notes of a day or before take back of each invoice, beside those for paying early."""
    found: dict[str, Back] = {}
    for note in book.invoices:
        if note.corrects and note.issued <= day and not note.pays_early:
            before = found.get(note.corrects, _NOTHING)
            found[note.corrects] = Back(before.amount - note.totals.payable, before.void or bool(note.void))
    return found


def _state(invoice: Invoice, open_: Decimal, back: Back, off: Decimal, *, late: bool) -> State:
    """The word for it: what credit notes took back is not paid, so that without money an invoice stays open."""
    if invoice.totals.payable < 0:
        return "credit note"
    if back.void:
        return "void"
    if not open_:
        return "credited" if back.amount and back.amount >= invoice.totals.payable else "paid"
    if late:
        return "overdue"
    settled = invoice.totals.payable - open_
    return "partly paid" if settled > back.amount + off else "open"


def _discounts(book: Book, day: date, all_accounts: Iterable[Account]) -> dict[str, Decimal]:
    """What paying early took off each invoice, whether its credit note is there or is still to come."""
    taken = {discount.number: discount.amount for account in all_accounts for discount in account.discounts}
    notes = (note for note in book.invoices if note.issued <= day and note.pays_early)
    return taken | {note.corrects: -note.totals.payable for note in notes if note.corrects}


def payment_states(book: Book, day: date) -> dict[str, PaymentState]:
    """The state of every invoice issued by a day."""
    back = _taken_back(book, day)
    open_: dict[str, Decimal] = {}
    late: set[str] = set()
    all_accounts = accounts(book, day).values()
    for account in all_accounts:
        for instalment in account.open:
            open_[instalment.number] = open_.get(instalment.number, ZERO) + instalment.open
            if instalment.days_late(day) > 0:
                late.add(instalment.number)
    discounts = _discounts(book, day, all_accounts)

    def state(invoice: Invoice) -> PaymentState:
        still, off = open_.get(invoice.number, ZERO), discounts.get(invoice.number, ZERO)
        return PaymentState(
            paid=rounded(max(invoice.totals.payable, ZERO) - still - off, invoice.currency),
            open=rounded(still, invoice.currency),
            status=_state(invoice, still, back.get(invoice.number, _NOTHING), off, late=invoice.number in late),
            discount=rounded(off, invoice.currency),
        )

    return {invoice.number: state(invoice) for invoice in book.invoices if invoice.issued <= day}
