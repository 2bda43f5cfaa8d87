"""An aging table → the finished strings that templates show. Adds nothing up and says nothing of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from facturar.documents.aging_text import (
    AgingBarsText,
    AgingContext,
    AgingRowText,
    AgingText,
    AgingTotalText,
    BarText,
    HandedText,
    OpenItemText,
    RateText,
)
from facturar.documents.bars import bar
from facturar.documents.wording import Wording, wording_for
from facturar.model.book import Book
from facturar.views.aging import Aging, AgingRow, OpenItem


@dataclass(frozen=True)
class AgingFacts:
    """What a page of the aging table is made from; `known` is the day of the commit that it was asked of."""

    table: Aging
    items: Sequence[OpenItem]
    by: Literal["client", "job", "invoice"]
    book: Book
    known: date | None = None


def name_of_client(client: str, book: Book) -> str:
    """A client as people call them."""
    found = book.clients.get(client)
    return (found.trade_name or found.name) if found else client


def aging_text(table: Aging, book: Book, wording: Wording) -> AgingText:
    """The table; a column of credit only where somebody has any."""
    with_credit = any(row.credit for row in table.rows)
    names = (*table.buckets, *(("credit",) if with_credit else ()), "balance")
    several = len(table.totals) > 1
    return AgingText(
        tuple(map(_ranged, names)),
        tuple(_row(row, book, wording, several=several, with_credit=with_credit) for row in table.rows),
        tuple(AgingTotalText(row.currency, _cells(row, wording, with_credit=with_credit)) for row in table.totals),
        tuple(_bars(row, wording, several=several) for row in table.totals if any(row.buckets.values())),
    )


def aging_context(facts: AgingFacts, language: str) -> AgingContext:
    """The page of an aging table in a language."""
    table, book = facts.table, facts.book
    business = book.settings.business
    wording = wording_for(language, business.address.country)
    items = tuple(_item(item, book, wording) for item in facts.items)
    return AgingContext(
        business=business.trade_name or business.name,
        day=wording.day(table.as_of),
        by=facts.by,
        basis=table.basis,
        known=wording.day(facts.known) if facts.known else "",
        owed=tuple(wording.money(total.balance, total.currency) for total in table.totals),
        aging=aging_text(table, book, wording),
        items=items if facts.by == "invoice" else (),
        disputed=tuple(item for item in items if item.disputed),
        handed=tuple(dict.fromkeys(_handed(table, book))),
        currency=table.currency or "",
        rates=tuple(RateText(rate.currency, wording.number(rate.rate), wording.day(rate.date)) for rate in table.rates),
    )


def _row(row: AgingRow, book: Book, wording: Wording, *, several: bool, with_credit: bool) -> AgingRowText:
    """The row of a client, with the currency where the table has several; of a job also its title."""
    client = name_of_client(row.client, book)
    name = f"{client} ({row.currency})" if several else client
    job = book.jobs.get(row.job or "")
    return AgingRowText(name, _cells(row, wording, with_credit=with_credit), job.title if job else row.job or "")


def _cells(row: AgingRow, wording: Wording, *, with_credit: bool) -> tuple[str, ...]:
    amounts = [*row.buckets.values(), *([-row.credit] if with_credit else []), row.balance]
    return tuple(wording.figure(amount, row.currency) if amount else "" for amount in amounts)


def _bars(total: AgingRow, wording: Wording, *, several: bool) -> AgingBarsText:
    largest = max(total.buckets.values())
    rows = (
        BarText(_ranged(name), wording.money(amount, total.currency), bar(amount, largest))
        for name, amount in total.buckets.items()
    )
    return AgingBarsText(total.currency if several else "", tuple(rows))


def _item(item: OpenItem, book: Book, wording: Wording) -> OpenItemText:
    return OpenItemText(
        number=item.number,
        client=name_of_client(item.client, book),
        issued=wording.short_day(item.issued),
        due=wording.short_day(item.due),
        late=str(item.days_late) if item.days_late > 0 else "",
        open=wording.money(item.open, item.currency),
        disputed=bool(item.note),
    )


def _handed(table: Aging, book: Book) -> Iterator[HandedText]:
    for row in table.rows:
        if row.handed_to:
            yield HandedText(name_of_client(row.client, book), row.handed_to)


def _ranged(bucket: str) -> str:
    """A bucket's name as print has it: `1–30`."""
    return bucket.replace("-", "–")
