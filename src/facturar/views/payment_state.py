"""Whether an invoice is paid, on a day: derived from the settlement, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO, rounded
from facturar.rules.settlement import accounts

State = Literal["paid", "partly paid", "open", "overdue", "credit note"]


@dataclass(frozen=True)
class PaymentState:
    """What of an invoice is paid and open, in its currency, and the word for it."""

    paid: Decimal
    open: Decimal
    status: State


def _state(invoice: Invoice, open_: Decimal, late: bool) -> State:
    if invoice.totals.payable < 0:
        return "credit note"
    if not open_:
        return "paid"
    if late:
        return "overdue"
    return "open" if open_ == invoice.totals.payable else "partly paid"


def payment_states(book: Book, day: date) -> dict[str, PaymentState]:
    """The state of every invoice issued by a day."""
    open_: dict[str, Decimal] = {}
    late: set[str] = set()
    for account in accounts(book, day).values():
        for instalment in account.open:
            open_[instalment.number] = open_.get(instalment.number, ZERO) + instalment.open
            if instalment.days_late(day) > 0:
                late.add(instalment.number)
    return {
        invoice.number: PaymentState(
            paid=rounded(max(invoice.totals.payable, ZERO) - open_.get(invoice.number, ZERO), invoice.currency),
            open=rounded(open_.get(invoice.number, ZERO), invoice.currency),
            status=_state(invoice, open_.get(invoice.number, ZERO), invoice.number in late),
        )
        for invoice in book.invoices
        if invoice.issued <= day
    }
