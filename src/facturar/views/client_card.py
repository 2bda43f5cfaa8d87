"""A client on one page: what they owe and since when, what they bought, how they pay, and what was said. No plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.diary import DiaryEntry
from facturar.model.letter import Letter
from facturar.model.money import ZERO, rounded
from facturar.rules.earnings import earned, for_work
from facturar.rules.grading import Kept, Score, scores
from facturar.rules.one_client import book_of
from facturar.views.aging import AgingRow, OpenItem, aging, open_items


@dataclass(frozen=True)
class Billed:
    """What was sold in one currency, before tax and less what was credited: how many invoices, from when to when."""

    currency: str
    invoices: int
    first: date
    last: date
    net: Decimal


@dataclass(frozen=True)
class Bought:
    """A product or a job that was billed, before tax; `item` is the product's id."""

    what: str
    currency: str
    net: Decimal
    last: date
    item: str | None = None


@dataclass(frozen=True)
class ClientCard:
    """All that is known of a client on a day. What was bought goes by amount, diary and letters latest first."""

    client: str
    owed: tuple[AgingRow, ...]
    open_items: tuple[OpenItem, ...]
    billed: tuple[Billed, ...]
    bought: tuple[Bought, ...]
    score: Score | None
    diary: tuple[DiaryEntry, ...]
    letters: tuple[Letter, ...]


def _billed(book: Book, day: date) -> tuple[Billed, ...]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    days: dict[str, list[date]] = defaultdict(list)
    for record in for_work(book):
        if record.issued <= day:
            sums[record.currency] += record.totals.net
            days[record.currency] += [record.issued] if record.totals.payable >= 0 else []
    return tuple(
        Billed(currency, len(own), min(own), max(own), rounded(sums[currency], currency))
        for currency, own in sorted(days.items())
        if own
    )


def _bought(book: Book, day: date) -> tuple[Bought, ...]:
    """Products by their name in the catalogue, all else by the title of its job."""
    sums: dict[tuple[str, str, str | None], Decimal] = defaultdict(Decimal)
    last: dict[tuple[str, str, str | None], date] = {}
    for portion in earned(book, date.min, day):
        job, item = book.jobs.get(portion.job), book.catalog.get(portion.item or "")
        what = item.text if item else job.title if job else portion.job
        key = (what, portion.record.currency, portion.item)
        sums[key] += portion.net
        last[key] = max(portion.record.issued, last.get(key, date.min))
    found = (
        Bought(what, code, rounded(net, code), last[what, code, item], item) for (what, code, item), net in sums.items()
    )
    return tuple(sorted((b for b in found if b.net > ZERO), key=lambda b: (-b.net, b.what)))


def client_card(client: str, book: Book, day: date, kept: Mapping[str, Kept]) -> ClientCard:
    """A client as of a day, counting what is dated by then."""
    own = book_of(client, book)
    diary = sorted((entry for entry in own.diary if entry.date <= day), key=lambda entry: entry.date, reverse=True)
    letters = sorted(
        (letter for letter in own.letters if letter.date <= day), key=lambda letter: letter.date, reverse=True
    )
    return ClientCard(
        client=client,
        owed=aging(own, day).rows,
        open_items=open_items(own, day),
        billed=_billed(own, day),
        bought=_bought(own, day),
        score=scores(own, day, kept).get(client),
        diary=tuple(diary),
        letters=tuple(letters),
    )
