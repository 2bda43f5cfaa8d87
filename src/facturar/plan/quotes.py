"""Quotes and pro formas: what asks for nothing in law, numbered in series of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from facturar.model.book import Book
from facturar.model.quote import Quote
from facturar.plan.actions import Action, Plan, Skip
from facturar.rules.customs import number_pattern
from facturar.rules.invoicing import figures
from facturar.rules.lost_jobs import Trait, twin
from facturar.rules.numbering import Numbers, Register
from facturar.rules.orders import Order
from facturar.rules.quoting import drafted_quote, issued_pro_forma, issued_quote


def _action(record: Quote, reason: str) -> Action:
    return Action(
        kind=record.kind,
        document=record.number,
        reason=reason,
        client=record.client,
        job=record.job,
        amount=record.payable,
        currency=record.currency,
        record=record,
    )


def plan_quote(book: Book, day: date, job: str) -> Plan:
    """The quote of a job, dated by a day; whether there may be one is for `quote_refusal` to say."""
    quote = issued_quote(drafted_quote(job, book, day), book, Numbers(book.quotes, book.settings.numbering))
    reason = f"valid until {quote.valid_until}{f', replaces {quote.replaces}' if quote.replaces else ''}"
    return Plan(day, (_action(quote, reason),))


def request(order: Order, book: Book, day: date, numbers: Numbers[Quote], lost: Mapping[Trait, Quote]) -> Action | Skip:
    """The pro forma of an order, unless its series has gone past the day or a job that is gone asked for just this."""
    found = figures(order, book, day, Register((), book.settings.numbering))
    latest = numbers.latest_day(number_pattern("pro_forma", order.client, book), day)
    if same := twin(order.client_id, order.covers, found.totals.net, lost):
        reason = f"{same.number} asked for just this for '{same.job}', which is gone: give the job that id back"
    elif found.hindrance:
        reason = found.hindrance
    elif not found.owing:
        reason = f"it comes to {found.totals.payable}: correct its lines"
    elif latest and latest > day:
        reason = f"the last pro forma is dated {latest}: no earlier one may follow"
    else:
        return _action(issued_pro_forma(order, found, book, day, numbers), order.reason)
    return Skip("pro_forma", reason, order.client_id, order.job_ids[0], held=True)
