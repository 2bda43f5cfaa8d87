"""Statements of account: a client's open items on a day, or what moved the balance up to it; one for each currency.

Both end at what aging says of that day: the buckets less the credit come to the balance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.invoice import Period
from facturar.model.money import rounded
from facturar.model.party import PaymentMethod
from facturar.model.statement import Bucket, OpenItem, Statement, due_now
from facturar.rules.aging import Ages, aged
from facturar.rules.client_accounts import books_of_clients
from facturar.rules.customs import language_of
from facturar.rules.diary import situation_on
from facturar.rules.movements import activity
from facturar.rules.parties import buyer_of, seller_of, ways_to_pay
from facturar.rules.seals import sealed
from facturar.rules.settlement import Account, accounts

_NAMED = 4  # so many invoices at most fit into the reference of a transfer


@dataclass(frozen=True)
class Asked:
    """The statement that is wanted: of which kind, up to which day, of activity since when, and in which language."""

    kind: Literal["open", "activity"]
    day: date
    since: date | None = None
    language: str | None = None


def quoted(numbers: Iterable[str], client: str, day: date) -> str:
    """What to quote when a balance is paid: the invoices or, of many, the client and the day.

    >>> quoted(["F-1", "F-2", "F-1"], "acme", date(2026, 11, 30))
    'F-1, F-2'
    >>> quoted("ABCDE", "acme", date(2026, 11, 30))
    'acme 2026-11-30'
    """
    each = list(dict.fromkeys(numbers))
    return ", ".join(each) if len(each) <= _NAMED else f"{client} {day}"


def _items(account: Account, book: Book, day: date) -> tuple[OpenItem, ...]:
    disputed = situation_on(book.diary, account.client, day).disputed
    return tuple(
        OpenItem(
            number=instalment.number,
            issued=instalment.issued,
            due=instalment.due,
            amount=rounded(instalment.amount, account.currency),
            open=rounded(instalment.open, account.currency),
            days_late=instalment.days_late(day),
            disputed=instalment.number in disputed or None,
        )
        for instalment in account.open
    )


def _buckets(account: Account, book: Book, day: date) -> tuple[Bucket, ...]:
    """What is open by age, if anything is."""
    found = aged(account.instalments, day, Ages(book.settings.aging))
    buckets = tuple(Bucket(name=name, amount=rounded(amount, account.currency)) for name, amount in found.items())
    return buckets if account.open else ()


def _asked_for(items: tuple[OpenItem, ...], due: Decimal) -> list[str]:
    """The numbers of what is due now; of all that is open, if nothing is."""
    ripe = [item.number for item in items if item.days_late >= 0 and not item.disputed]
    return ripe if due else [item.number for item in items]


def _methods(book: Book, reference: str, due: Decimal, currency: str) -> tuple[PaymentMethod, ...]:
    """The ways to pay what is due now; as the book has them, if nothing is."""
    link = reference.replace(", ", "+").replace(" ", "-")
    methods = book.settings.payment_methods
    return ways_to_pay(methods, link, due, currency) if due else methods


def _statement(account: Account, own: Book, asked: Asked) -> Statement:
    client, day, currency = own.clients[account.client], asked.day, account.currency
    balance = rounded(account.balance, currency)
    items, credit = _items(account, own, day), rounded(account.credit, currency) or None
    due = due_now(items, credit)
    reference = quoted(_asked_for(items, due), account.client, day)
    told = activity(own, account, asked.since, day) if asked.since else None
    return Statement(
        kind=asked.kind,
        client=account.client,
        date=day,
        period=Period(first=asked.since, last=day) if asked.since else None,
        language=asked.language or language_of(client, own),
        seller=seller_of(own.settings.business),
        buyer=buyer_of(client),
        currency=currency,
        items=items,
        opening=told.opening if told else None,
        movements=told.movements if told else (),
        buckets=_buckets(account, own, day),
        credit=credit,
        balance=balance,
        reference=reference if balance > 0 else None,
        payment_methods=_methods(own, reference, due, currency) if balance > 0 else (),
    )


def _says_something(statement: Statement) -> bool:
    return bool(statement.items or statement.movements or statement.opening or statement.credit)


def statements(book: Book, clients: Iterable[str], asked: Asked) -> list[Statement]:
    """The statements of some clients, by client then currency, not sealed yet; none of accounts with nothing to say."""
    found = []
    for own in books_of_clients(book, set(clients)).values():
        made = (_statement(account, own, asked) for account in accounts(own, asked.day).values())
        found += [statement for statement in made if _says_something(statement)]
    return found


def _without_name(statement: Statement) -> Statement:
    return statement.model_copy(update={"version": None, "seal": ""})


def same_before(statement: Statement, written: Iterable[Statement]) -> Statement | None:
    """The statement that says just this already."""
    return next((each for each in written if _without_name(each) == _without_name(statement)), None)


def next_version(statement: Statement, written: Iterable[Statement]) -> Statement:
    """The statement, sealed, as the next of its kind and currency to this client on its day."""
    name = (statement.client, statement.date, statement.kind, statement.currency)
    versions = [e.version or 1 for e in written if (e.client, e.date, e.kind, e.currency) == name]
    return sealed(statement.model_copy(update={"version": max(versions) + 1 if versions else None}))
