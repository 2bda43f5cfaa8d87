"""The aging table: what each client owes, by how late it is, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.catalog import Rate
from facturar.model.money import ZERO, rounded
from facturar.rules.aging import aged, bucket_names, bucket_of
from facturar.rules.diary import situation_on
from facturar.rules.settlement import Account, accounts


@dataclass(frozen=True)
class AgingRow:
    """A client in one currency; the buckets less the credit come to the balance."""

    client: str
    currency: str
    buckets: Mapping[str, Decimal]
    credit: Decimal
    balance: Decimal
    note: str = ""


@dataclass(frozen=True)
class OpenItem:
    """An instalment that is open, with the bucket it is in."""

    number: str
    client: str
    currency: str
    issued: date
    due: date
    days_late: int
    bucket: str
    open: Decimal
    note: str = ""


@dataclass(frozen=True)
class Aging:
    """All that is owed on a day: a row for each client and currency, and a total for each currency.

    Of a table in one currency `currency` is that, and `rates` are those that it was converted by.
    """

    as_of: date
    buckets: tuple[str, ...]
    rows: tuple[AgingRow, ...]
    totals: tuple[AgingRow, ...]
    currency: str | None = None
    rates: tuple[Rate, ...] = ()


def _in_digits(buckets: Mapping[str, Decimal], currency: str) -> dict[str, Decimal]:
    return {name: rounded(amount, currency) for name, amount in buckets.items()}


def _note(client: str, book: Book, day: date) -> str:
    handed_to = situation_on(book.diary, client, day).handed_to
    return f"handed over to {handed_to}" if handed_to else ""


def _row(account: Account, book: Book, day: date) -> AgingRow:
    currency = account.currency
    return AgingRow(
        client=account.client,
        currency=currency,
        buckets=_in_digits(aged(account.instalments, day, book.settings.aging), currency),
        credit=rounded(account.credit, currency),
        balance=rounded(account.balance, currency),
        note=_note(account.client, book, day),
    )


def total_of(currency: str, rows: Iterable[AgingRow]) -> AgingRow:
    """The sum of rows of one currency, a row without a client."""
    rows = tuple(rows)
    buckets: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        for name, amount in row.buckets.items():
            buckets[name] += amount
    credit, balance = sum((row.credit for row in rows), ZERO), sum((row.balance for row in rows), ZERO)
    return AgingRow("", currency, dict(buckets), credit, balance)


def aging(book: Book, day: date) -> Aging:
    """What is owed on a day, counting only what is dated by then. Clients who owe nothing are left out."""
    owing = (account for account in accounts(book, day).values() if account.open or account.credit)
    rows = tuple(_row(account, book, day) for account in owing)
    currencies = sorted({row.currency for row in rows})
    totals = tuple(total_of(currency, (row for row in rows if row.currency == currency)) for currency in currencies)
    return Aging(day, bucket_names(book.settings.aging), rows, totals)


def open_items(book: Book, day: date) -> tuple[OpenItem, ...]:
    """Every open instalment on a day, the oldest first."""
    edges = book.settings.aging
    items = [
        OpenItem(
            number=instalment.number,
            client=account.client,
            currency=account.currency,
            issued=instalment.issued,
            due=instalment.due,
            days_late=instalment.days_late(day),
            bucket=bucket_of(instalment.days_late(day), edges),
            open=rounded(instalment.open, account.currency),
            note="in dispute" if instalment.number in disputed else "",
        )
        for account in accounts(book, day).values()
        for disputed in (situation_on(book.diary, account.client, day).disputed,)
        for instalment in account.open
    ]
    return tuple(sorted(items, key=lambda item: (item.due, item.number)))
