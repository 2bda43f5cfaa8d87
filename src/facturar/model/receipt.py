"""A receipt: money that came from a client on a day, what it was for, and what was still open then.

The order of the fields is the order of the keys in the record. A receipt is found by the payment that it is for: same
client, day, currency and amount. So a payment may get its note, its reference or another place in its ledger later on.
"""

from __future__ import annotations

from typing import Literal

from facturar.model.party import Party
from facturar.model.scalars import AmountIn, Currency, Day, Entry, Language, Number


class Settled(Entry):
    """What the money settled of an invoice, and what of it was open afterwards; `due` is when the next of that is due.

    `discount` is what paying early took off with this payment. `pro_forma` is true where the number is that of one.
    """

    number: str
    pro_forma: bool | None = None
    issued: Day
    amount: Number
    discount: Number | None = None
    open: Number
    due: Day | None = None


class Receipt(Entry):
    """The record of a receipt. `sequence` counts those of a client and a currency on one day, from 2 on.

    `amount` is what the payment settles, in `currency`; `received` what the bank gave for it in another. What the
    invoices leave of it is `credit`.
    """

    kind: Literal["receipt"] = "receipt"
    client: str
    date: Day
    sequence: int | None = None
    language: Language
    seller: Party
    buyer: Party
    currency: Currency
    amount: Number
    received: AmountIn | None = None
    method: str | None = None
    reference: str | None = None
    invoices: tuple[Settled, ...] = ()
    credit: Number | None = None
    seal: str = ""


def receipt_name(receipt: Receipt, currency: str) -> str:
    """The name of a receipt: its day and client, its currency when it is not the book's, and which of that day.

    >>> receipt_name(Receipt.model_construct(date="2026-12-05", client="bolt", currency="USD", sequence=2), "EUR")
    '2026-12-05-bolt-receipt-USD.2'
    """
    other = "" if receipt.currency == currency else f"-{receipt.currency}"
    return f"{receipt.date}-{receipt.client}-receipt{other}{f'.{receipt.sequence}' if receipt.sequence else ''}"
