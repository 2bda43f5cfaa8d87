"""Where a quote or a pro forma stands, on a day: derived from the job, the payments and the invoices, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from facturar.model.book import Book
from facturar.model.money import ZERO, rounded
from facturar.model.quote import Quote
from facturar.rules.pro_formas import Asked, Laid, all_asked, laid
from facturar.rules.quotes import accepted_on, called_off, quotes_by_job

State = Literal["open", "expired", "accepted", "replaced", "cancelled", "partly paid", "paid", "invoiced", "lapsed"]


@dataclass(frozen=True)
class QuoteState:
    """The word for a quote or pro forma; of a pro forma also what was paid on it."""

    status: State
    paid: Decimal | None = None


def _of_a_quote(quote: Quote, own: tuple[Quote, ...], book: Book, day: date) -> State:
    job = book.jobs.get(quote.job)
    accepted = accepted_on(job, day) if job else None
    standing = [other for other in own if accepted and other.issued <= accepted]
    if standing and quote is standing[-1]:
        return "accepted"
    if quote is not own[-1]:
        return "replaced"
    if job and called_off(job, day):
        return "cancelled"
    return "expired" if quote.valid_until and quote.valid_until < day else "open"


def _of_a_pro_forma(found: Asked, invoiced: frozenset[str], where: Laid) -> QuoteState:
    record = found.record
    paid = rounded(max(found.paid, ZERO), record.currency)
    if record.number in invoiced:
        return QuoteState("invoiced", paid)
    if record.number not in where.kept:
        return QuoteState("lapsed", paid)
    return QuoteState("open" if not paid else "partly paid" if found.missing else "paid", paid)


def quote_states(book: Book, day: date) -> dict[str, QuoteState]:
    """The state of every quote and pro forma issued by a day, by number, in the order of the book."""
    own, where = quotes_by_job(book.quotes, day), laid(book, day)
    asked = {found.record.number: found for found in all_asked(book, day)}
    paid_by = frozenset(i.pro_forma for i in book.invoices if i.pro_forma and i.issued <= day)
    return {
        record.number: _of_a_pro_forma(asked[record.number], paid_by, where)
        if record.kind == "pro_forma"
        else QuoteState(_of_a_quote(record, own[record.job], book, day))
        for record in book.quotes
        if record.issued <= day
    }
