"""Receipts: of every payment that is to have one, or of those that went to one invoice."""

from __future__ import annotations

from datetime import date

from facturar.model.book import Book
from facturar.model.receipt import Receipt, receipt_name
from facturar.plan.actions import Action, Plan
from facturar.rules.receipts import missing_receipts


def _what_for(receipt: Receipt) -> str:
    numbers = ", ".join(part.number for part in receipt.invoices)
    return f"for {numbers}" if numbers else "on account"


def _action(receipt: Receipt, book: Book) -> Action:
    return Action(
        kind="receipt",
        document=receipt_name(receipt, book.settings.currency),
        reason=f"paid on {receipt.date} {_what_for(receipt)}",
        client=receipt.client,
        amount=receipt.amount,
        currency=receipt.currency,
        record=receipt,
    )


def plan_receipts(book: Book, today: date) -> Plan:
    """A receipt of each payment dated by today that is to have one and has none."""
    found = sorted(missing_receipts(book, today), key=lambda receipt: receipt.date)
    return Plan(today, tuple(_action(receipt, book) for receipt in found))


def is_for(receipt: Receipt, number: str) -> bool:
    """Whether anything of what was received went to an invoice or a pro forma."""
    return any(part.number == number for part in receipt.invoices)


def plan_receipts_of(book: Book, today: date, number: str, client: str) -> Plan:
    """The receipts of what was paid of one invoice, or pro forma, of a client, as far as they are not written."""
    lacking = missing_receipts(book, today, client=client)
    return Plan(today, tuple(_action(receipt, book) for receipt in lacking if is_for(receipt, number)))
