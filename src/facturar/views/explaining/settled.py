"""What settled an invoice: what was laid on it day by day, the letters about it, what is open.

The rule of settlement is asked again for each day on which something came, so that nothing of it is said twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.letter import letter_name
from facturar.model.money import ZERO, rounded
from facturar.problems import KeyPath
from facturar.rules.early_discounts import EarlyDiscount
from facturar.rules.origins import Paths
from facturar.rules.settlement import accounts, payment_currency
from facturar.views.explaining.reason import Reason


def _of_the_client(record: Invoice, book: Book) -> Book:
    """The book with the records and payments of the invoice's client alone: no other account bears on this one."""
    invoices = tuple(invoice for invoice in book.invoices if invoice.client == record.client)
    return replace(book, invoices=invoices, payments=tuple(p for p in book.payments if p.client == record.client))


def _open(record: Invoice, own: Book, day: date) -> Decimal:
    account = accounts(own, day).get((record.client, record.currency))
    parts = account.open if account else ()
    return sum((part.open for part in parts if part.number == record.number), ZERO)


def _early(record: Invoice, own: Book, today: date) -> tuple[Book, EarlyDiscount | None]:
    """The book without the credit note for paying early, and what was taken then: the note itself moves nothing."""
    others = tuple(i for i in own.invoices if not (i.pays_early and i.corrects == record.number))
    without = replace(own, invoices=others)
    account = accounts(without, today).get((record.client, record.currency))
    taken = next((t for t in account.discounts if t.number == record.number), None) if account else None
    return (without, taken) if taken else (own, None)


def _discounted(record: Invoice, taken: EarlyDiscount, own: Book) -> Reason:
    notes = [i for i in own.invoices if i.pays_early and i.corrects == record.number]
    given = f", by {_names(notes)}" if notes else "; its credit note is still to be issued"
    paths: Paths = tuple(("invoices", note.number) for note in notes)
    return Reason("discount", rounded(taken.amount, record.currency), f"on {taken.date}, paid early{given}", at=paths)


def settled_reasons(record: Invoice, book: Book, today: date) -> Iterator[Reason]:
    """What changed the open amount of a record, by day, up to today; then what is open."""
    if record.totals.payable <= 0:
        return
    client, before = _of_the_client(record, book), record.totals.payable
    own, taken = _early(record, client, today)
    days = {p.date for p in own.payments} | {i.issued for i in own.invoices if i.totals.payable < 0}
    for day in sorted({record.issued, *(d for d in days if record.issued <= d <= today)}):
        left = _open(record, own, day)
        if taken and taken.date == day:
            yield _discounted(record, taken, client)
            before -= taken.amount
        if left != before:
            yield _laid(record, day, before - left, replace(book, invoices=own.invoices))
        before = left
    yield Reason(
        "open", rounded(before, record.currency), f"on {today}" if before else f"nothing on {today}: it is paid"
    )


def _laid(record: Invoice, day: date, amount: Decimal, book: Book) -> Reason:
    """What came on a day: money that names the invoice, else money that names none, else what was there before."""
    notes = [i for i in book.invoices if i.client == record.client and i.totals.payable < 0 and i.issued == day]
    credits = [note for note in notes if note.corrects == record.number]
    if credits:
        paths: Paths = tuple(("invoices", note.number) for note in credits)
        return Reason("credited", rounded(amount, record.currency), f"on {day}, by {_names(credits)}", at=paths)
    named, unnamed = _payments(record, day, book)
    if named:
        return Reason("paid", rounded(amount, record.currency), f"on {day}, by what names it", at=named)
    if unnamed:
        because = f"on {day}, by what names no invoice, laid on what was due first"
        return Reason("paid", rounded(amount, record.currency), because, at=unnamed)
    because = f"on {day}, by the client's credit from before, or by what others left over"
    return Reason("paid", rounded(amount, record.currency), because, at=_earlier(record, day, book))


def _names(notes: list[Invoice]) -> str:
    return ", ".join(note.number for note in notes)


def _payments(record: Invoice, day: date, book: Book) -> tuple[Paths, Paths]:
    """The payments of a day in the invoice's currency: those that name it, and those that may go to any."""
    invoices = {invoice.number: invoice for invoice in book.invoices}
    named: list[KeyPath] = []
    unnamed: list[KeyPath] = []
    for index, payment in enumerate(book.payments):
        if (payment.client, payment.date) != (record.client, day):
            continue
        if payment_currency(payment, invoices, book) != record.currency:
            continue
        numbers = [payment.invoice] if payment.invoice else list(payment.invoices or ())
        (named if record.number in numbers else unnamed).append(("payments", index))
    return tuple(named), tuple(unnamed)


def _earlier(record: Invoice, day: date, book: Book) -> Paths:
    """The latest payment before, of which something may be left."""
    own = [(p.date, i) for i, p in enumerate(book.payments) if p.client == record.client and p.date < day]
    return (("payments", max(own)[1]),) if own else ()


def letter_reasons(record: Invoice, book: Book) -> Iterator[Reason]:
    """The letters that listed the invoice, each with its step."""
    for letter in book.letters:
        listed = [item for item in letter.invoices if item.number == record.number]
        if listed:
            name = letter_name(letter, book.settings.currency)
            days = max(item.days_late for item in listed)
            when = f"{days} days late" if days > 0 else f"{-days} days before" if days else "on its day"
            yield Reason(f"{letter.step} letter", letter.date, when, at=(("letters", name),))
