"""Receipts of money that the ledger does not know: the client holds one, and the account says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.book import Book
from facturar.model.receipt import receipt_name
from facturar.problems import Code, Problem, warning
from facturar.rules.receipts import receipts_without_payment


def receipt_problems(book: Book, _today: date) -> Iterator[Problem]:
    """A warning for each receipt whose payment was taken out or changed in day, amount, currency or client."""
    for receipt in receipts_without_payment(book) if not any(path[0] == "payments" for path in book.unread) else ():
        name = receipt_name(receipt, book.settings.currency)
        sum_ = f"{receipt.amount} {receipt.currency}"
        message = f"'{receipt.client}' has a receipt of {sum_} of {receipt.date}, but no payment says so"
        hint = "put the payment back; if it was wrong, tell the client, and delete the files of the receipt"
        yield warning(Code.lost_payment, message, hint, ("receipts", name, "amount"))
