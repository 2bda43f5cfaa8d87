"""Who pays when: the days that each client took, and how many of them were late, over what was settled in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from facturar.model.book import Book
from facturar.rules.punctuality import middle, settled_since
from facturar.rules.settlement import accounts

_YEAR = timedelta(days=364)


@dataclass(frozen=True)
class Payer:
    """How a client pays: of how many invoices, the median of the days from issue to payment, and of the days late.

    Days late are below zero for who pays before the due date.
    """

    client: str
    invoices: int
    to_pay: int
    late: int


def payers(book: Book, day: date) -> tuple[Payer, ...]:
    """The clients of whom something was settled in the year up to a day, the latest payers first."""
    by_client = settled_since(accounts(book, day).values(), day - _YEAR)
    found = (
        Payer(client, len(own), middle(paid.to_pay for paid in own), middle(paid.late for paid in own))
        for client, own in by_client.items()
    )
    return tuple(sorted(found, key=lambda payer: (-payer.late, -payer.to_pay, payer.client)))
