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

State = Literal["paid", "partly paid", "open", "overdue", "credit note"]


@dataclass(frozen=True)
class PaymentState:
    """What of an invoice is paid and open, in its currency, and the word for it.

    Together with the `discount` that was taken by paying early, they come to what is payable.
    """

    paid: Decimal
    open: Decimal
    status: State
    discount: Decimal = ZERO


def _state(invoice: Invoice, open_: Decimal, late: bool) -> State:
    if invoice.totals.payable < 0:
        return "credit note"
    if not open_:
        return "paid"
    if late:
        return "overdue"
    return "open" if open_ == invoice.totals.payable else "partly paid"


def _discounts(book: Book, day: date, all_accounts: Iterable[Account]) -> dict[str, Decimal]:
    """What paying early took off each invoice, whether its credit note is there or is still to come."""
    taken = {discount.number: discount.amount for account in all_accounts for discount in account.discounts}
    notes = (note for note in book.invoices if note.issued <= day and note.pays_early)
    return taken | {note.corrects: -note.totals.payable for note in notes if note.corrects}


def payment_states(book: Book, day: date) -> dict[str, PaymentState]:
    """The state of every invoice issued by a day."""
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
            status=_state(invoice, still, invoice.number in late),
            discount=rounded(off, invoice.currency),
        )

    return {invoice.number: state(invoice) for invoice in book.invoices if invoice.issued <= day}
