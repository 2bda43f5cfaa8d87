"""An invoice explained: why it was billed, each line and tax, its sums, its due date, its number, what settled it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from facturar.model.book import Book
from facturar.model.invoice import Discount, EarlyPaymentDiscount, Invoice, LoyaltyDiscount
from facturar.rules.origins import Paths
from facturar.views.explaining.debit_notes import charge_reasons
from facturar.views.explaining.derivation import again
from facturar.views.explaining.due import due_reasons
from facturar.views.explaining.lines import line_reasons
from facturar.views.explaining.number import number_reasons
from facturar.views.explaining.reason import Reason, signed
from facturar.views.explaining.settled import letter_reasons, settled_reasons
from facturar.views.explaining.taxes import tax_reasons
from facturar.views.explaining.why import billed_reasons

_KINDS = {"invoice": "invoice", "deposit": "deposit", "credit_note": "credit note", "debit_note": "debit note"}


def explained_invoice(record: Invoice, book: Book, today: date, *, would: bool = False) -> Reason:
    """The record explained as of a day. `would`: it is not issued yet; then the book is as a plan would leave it."""
    when = f"would be issued on {record.issued}" if would else f"of {record.issued}"
    because = f"{_KINDS[record.kind]} to {record.client} in {record.currency}, {when}"
    past = () if would else (*settled_reasons(record, book, today), *letter_reasons(record, book))
    parts = (
        *_figures(record, book),
        *_sums(record),
        *_more(record, book),
        *due_reasons(record, book),
        *number_reasons(record, book),
        *past,
    )
    return Reason(
        record.number, record.totals.payable, because, at=() if would else (("invoices", record.number),), parts=parts
    )


def _figures(record: Invoice, book: Book) -> Iterator[Reason]:
    """Why it was issued, and each of its figures that is no sum."""
    if record.kind == "debit_note":
        yield from charge_reasons(record, book)
        return
    found = again(record, book)
    yield from billed_reasons(record, found, book)
    yield from line_reasons(record, found, book)
    yield from _deposits(record)
    yield from tax_reasons(record, found, book)


def _deposits(record: Invoice) -> Iterator[Reason]:
    """The deposits that are taken off, as their own invoices have them."""
    for deposit in record.deposits:
        withheld = f", withheld {deposit.withheld}" if deposit.withheld else ""
        because = f"invoiced on {deposit.issued}: net {deposit.net}, tax {deposit.tax}{withheld}"
        yield Reason(f"deposit {deposit.number}", -deposit.net, because, at=(("invoices", deposit.number, "totals"),))


def _sums(record: Invoice) -> Iterator[Reason]:
    totals = record.totals
    less = " less the deposits" if record.deposits else ""
    yield Reason("net", totals.net, f"the sum of the lines{less}")
    withheld = f" {signed(-totals.withheld)} withheld" if totals.withheld else ""
    yield Reason("payable", totals.payable, f"{totals.net} {signed(totals.tax)} tax{withheld}")


def _offered(record: Invoice, discount: Discount, book: Book) -> Reason:
    """What the record says of a discount beside its lines."""
    match discount:
        case LoyaltyDiscount():
            because = f"{discount.share} off after {discount.after}, once; the lines have taken it off"
            client = book.clients.get(record.client)
            paths: Paths = (("clients", record.client, "loyalty"),) if client and client.loyalty else ()
            return Reason("loyalty", -discount.amount, because, at=paths)
        case EarlyPaymentDiscount():
            percent = f"{discount.percent.normalize():f}%"
            because = f"{percent} of the net and its taxes, {discount.amount}, less if paid by {discount.until}"
            return Reason("paid early", discount.payable, because)


def _more(record: Invoice, book: Book) -> Iterator[Reason]:
    """What else the record says: discounts, the rate of exchange, the period, the order, language and currency."""
    if record.quote:
        quotes = tuple(("quotes", number) for number in record.quote.split(", "))
        yield Reason("quote", record.quote, "which the client accepted", at=quotes)
    if record.pro_forma:
        because = f"asked for it, and was paid in full on {record.supplied or record.issued}"
        yield Reason("pro forma", record.pro_forma, because, at=(("quotes", record.pro_forma),))
    for discount in record.discounts:
        yield _offered(record, discount, book)
    if record.exchange:
        rate = record.exchange
        index = [(r.date, r.currency, r.rate) for r in book.rates]
        key = (rate.date, record.currency, rate.rate)
        because = f"of {rate.date}; the tax comes to {rate.tax} {book.settings.currency}"
        yield Reason("exchange", rate.rate, because, at=(("rates", index.index(key)),) if key in index else ())
    if record.period:
        yield Reason("period", f"{record.period.first} to {record.period.last}", "of the agreement")
    if record.purchase_order and record.job:
        yield Reason(
            "purchase order", record.purchase_order, "of the job", at=(("jobs", record.job[0], "purchase_order"),)
        )
