"""The aging table: what each client owes, by how late it is, on a day; and each open item by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.catalog import Rate
from facturar.model.money import ZERO, rounded
from facturar.rules.aging import Ages, Basis, aged
from facturar.rules.diary import situation_on
from facturar.rules.settlement import Account, accounts


@dataclass(frozen=True)
class AgingRow:
    """A client in one currency, or one job of theirs; the buckets less the credit come to the balance.

    In a table by job, `job` is None in the row of the client's credit, which is of no job. `handed_to` is who has the
    client's case.
    """

    client: str
    currency: str
    buckets: Mapping[str, Decimal]
    credit: Decimal
    balance: Decimal
    note: str = ""
    job: str | None = None
    handed_to: str | None = None


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
    """All that is owed on a day: a row for each client (or job) and currency, and a total for each currency.

    Of a table in one currency `currency` is that, and `rates` are those that it was converted by.
    """

    as_of: date
    buckets: tuple[str, ...]
    rows: tuple[AgingRow, ...]
    totals: tuple[AgingRow, ...]
    currency: str | None = None
    rates: tuple[Rate, ...] = ()
    basis: Basis = "due"


def ages_of(book: Book) -> Ages:
    """How a book measures age: from the due date, in its own buckets."""
    return Ages(book.settings.aging)


def _in_digits(buckets: Mapping[str, Decimal], currency: str) -> dict[str, Decimal]:
    return {name: rounded(amount, currency) for name, amount in buckets.items()}


def noted(row: AgingRow, book: Book, day: date) -> AgingRow:
    """The row with what its reader has to know: that the case is in other hands."""
    handed_to = situation_on(book.diary, row.client, day).handed_to
    return replace(row, note=f"handed over to {handed_to}", handed_to=handed_to) if handed_to else row


def _row(account: Account, book: Book, day: date, ages: Ages) -> AgingRow:
    currency = account.currency
    row = AgingRow(
        client=account.client,
        currency=currency,
        buckets=_in_digits(aged(account.instalments, day, ages), currency),
        credit=rounded(account.credit, currency),
        balance=rounded(account.balance, currency),
    )
    return noted(row, book, day)


def total_of(currency: str, rows: Iterable[AgingRow]) -> AgingRow:
    """The sum of rows of one currency, a row without a client."""
    rows = tuple(rows)
    buckets: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        for name, amount in row.buckets.items():
            buckets[name] += amount
    credit, balance = sum((row.credit for row in rows), ZERO), sum((row.balance for row in rows), ZERO)
    return AgingRow("", currency, dict(buckets), credit, balance)


def table_of(day: date, ages: Ages, rows: tuple[AgingRow, ...]) -> Aging:
    """A table of rows with its totals, by currency."""
    currencies = sorted({row.currency for row in rows})
    totals = tuple(total_of(currency, (row for row in rows if row.currency == currency)) for currency in currencies)
    return Aging(day, ages.names, rows, totals, basis=ages.basis)


def aging(book: Book, day: date, ages: Ages | None = None) -> Aging:
    """What is owed on a day, counting only what is dated by then. Clients who owe nothing are left out."""
    ages = ages or ages_of(book)
    owing = (account for account in accounts(book, day).values() if account.open or account.credit)
    return table_of(day, ages, tuple(_row(account, book, day, ages) for account in owing))


def open_items(book: Book, day: date, ages: Ages | None = None) -> tuple[OpenItem, ...]:
    """Every open instalment on a day, the oldest first."""
    ages = ages or ages_of(book)
    items = [
        OpenItem(
            number=instalment.number,
            client=account.client,
            currency=account.currency,
            issued=instalment.issued,
            due=instalment.due,
            days_late=instalment.days_late(day),
            bucket=ages.bucket(instalment, day),
            open=rounded(instalment.open, account.currency),
            note="in dispute" if instalment.number in disputed else "",
        )
        for account in accounts(book, day).values()
        for disputed in (situation_on(book.diary, account.client, day).disputed,)
        for instalment in account.open
    ]
    by_due = ages.basis == "due"
    return tuple(sorted(items, key=lambda item: (item.due if by_due else item.issued, item.due, item.number)))
