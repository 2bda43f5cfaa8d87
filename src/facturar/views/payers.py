"""Who pays when: the days that each client took, and how many of them were late, over what was settled in a year.

A median, so that one invoice that was forgotten says nothing of the others; how many it is of stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from facturar.model.book import Book
from facturar.rules.settlement import Account, Instalment, accounts

_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Payer:
    """How a client pays: of how many invoices, the median of the days from issue to payment, and of the days late.

    Days late are below zero for who pays before the due date.
    """

    client: str
    invoices: int
    to_pay: int
    late: int


@dataclass(frozen=True)
class _Paid:
    """An invoice that was paid in full: on which day, after how many days, how many of them late."""

    on: date
    to_pay: int
    late: int


def _middle(days: Iterable[int]) -> int:
    """The median in whole days; a half is rounded up, to the later day."""
    return int((median(days) * 2 + 1) // 2)


def _of_an_invoice(parts: list[Instalment], discounted: frozenset[str]) -> _Paid | None:
    """When an invoice was paid; None while something is open, and when nobody paid it: written off, or credited."""
    written_off = any(part.written_off for part in parts) and parts[0].number not in discounted
    days = [part.paid for part in parts if part.paid]
    if written_off or len(days) < len(parts) or any(part.open for part in parts):
        return None
    on = max(days)
    late = max((day - part.due).days for day, part in zip(days, parts, strict=True))
    return _Paid(on, (on - parts[0].issued).days, late)


def _paid(account: Account) -> Iterator[_Paid]:
    by_number: dict[str, list[Instalment]] = defaultdict(list)
    for part in account.instalments:
        by_number[part.number].append(part)
    discounted = frozenset(discount.number for discount in account.discounts)
    found = (_of_an_invoice(parts, discounted) for parts in by_number.values())
    return (paid for paid in found if paid)


def payers(book: Book, day: date) -> tuple[Payer, ...]:
    """The clients of whom something was settled in the year up to a day, the latest payers first."""
    by_client: dict[str, list[_Paid]] = defaultdict(list)
    for account in accounts(book, day).values():
        by_client[account.client] += [paid for paid in _paid(account) if paid.on > day - _YEAR]
    found = (
        Payer(client, len(own), _middle(paid.to_pay for paid in own), _middle(paid.late for paid in own))
        for client, own in by_client.items()
        if own
    )
    return tuple(sorted(found, key=lambda payer: (-payer.late, -payer.to_pay, payer.client)))
