"""Which letters another ladder would have written, day by day, over the book as it stood on each of them.

Payments, invoices, promises and disputes are taken as they were: nobody can know who would have paid sooner, so what is
shown is how the ladder climbs, not what it would have brought in. The letters before the first day are the real ones.
Only the planner says what is due; nothing of its rules is repeated here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.letter import Letter
from facturar.plan.letters import plan_letters
from facturar.plan.month import carried_out
from facturar.rules.one_client import book_of
from facturar.rules.periods import add_months
from facturar.rules.settlement import accounts

_NEVER = "none"
Rhythm = Literal["day", "week", "month"]
"""How often the round would have been run."""


@dataclass(frozen=True)
class Sent:
    """A letter that was written, or would have been."""

    date: date
    client: str
    step: str
    channel: str
    total: Decimal
    currency: str


@dataclass(frozen=True)
class Simulation:
    """The letters of the ladder that was tried, and those that were written in the same days, by day and client."""

    ladder: str
    first: date
    last: date
    would: tuple[Sent, ...]
    were: tuple[Sent, ...]
    without: tuple[str, ...]


def sent(letter: Letter) -> Sent:
    """What a simulation tells of a letter."""
    return Sent(letter.date, letter.client, letter.step, letter.channel, letter.total, letter.currency)


def _choosing(client: Client, ladder: str) -> Client:
    """The client with a ladder, unless they get no reminders at all."""
    return client if client.reminders == _NEVER else client.model_copy(update={"reminders": ladder})


def _with_ladder(client: str, book: Book, ladder: str, first: date) -> Book:
    """The part of the book that decides about the letters to one client, with the ladder, and only earlier letters."""
    own = book_of(client, book)
    letters = tuple(letter for letter in own.letters if letter.date < first)
    return replace(own, clients={client: _choosing(book.clients[client], ladder)}, letters=letters)


def _owing(book: Book, first: date, last: date) -> Mapping[str, list[tuple[date, date]]]:
    """The days between which each client had something open, from its issue to its payment."""
    found: dict[str, list[tuple[date, date]]] = {}
    for account in accounts(book, last).values():
        for part in account.instalments:
            until = last if part.open or part.paid is None else part.paid
            if until >= first and account.client in book.clients:
                found.setdefault(account.client, []).append((max(part.issued, first), until))
    return found


def _days(first: date, last: date, every: Rhythm) -> Iterator[date]:
    """The days on which the round would have been run, counted from the first: 31 January, 28 February, 31 March."""
    for count in range((last - first).days + 1):
        match every:
            case "day":
                day = first + timedelta(days=count)
            case "week":
                day = first + timedelta(weeks=count)
            case "month":
                day = add_months(first, count)
        if day > last:
            return
        yield day


def written_on(book: Book, days: Iterator[date], client: str) -> Iterator[Letter]:
    """The letters that runs on some days write to a client, each run over what the one before left."""
    for day in days:
        plan = plan_letters(book, day, client=client)
        if plan.actions:
            book = carried_out(book, plan)
            yield from (record for record in plan.records if isinstance(record, Letter))


def simulation(
    book: Book, ladder: str, first: date, last: date, *, every: Rhythm = "day", client: str | None = None
) -> Simulation:
    """What a ladder would have written from a day through another, if the round had been run each day, week or month.

    `ladder` is the name of one, built in or of the book; every client climbs it, but for those who get no reminders.
    """
    would: list[Sent] = []
    for name, spans in _owing(book, first, last).items():
        if client in (None, name):
            own = _with_ladder(name, book, ladder, first)
            days = (day for day in _days(first, last, every) if any(a <= day <= b for a, b in spans))
            would += map(sent, written_on(own, days, name))
    were = (sent(letter) for letter in book.letters if first <= letter.date <= last and client in (None, letter.client))
    without = (name for name, found in book.clients.items() if found.reminders == _NEVER and client in (None, name))
    return Simulation(ladder, first, last, _in_order(would), _in_order(were), tuple(without))


def _in_order(found: Iterator[Sent] | list[Sent]) -> tuple[Sent, ...]:
    return tuple(sorted(found, key=lambda letter: (letter.date, letter.client, letter.currency)))
