"""What settled an invoice: what was laid on it day by day, the letters about it, what is open.

The rule of settlement is asked again for each day on which something came, so that nothing of it is said twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.letter import letter_name
from facturar.model.money import ZERO, rounded
from facturar.rules.early_discounts import EarlyDiscount
from facturar.rules.origins import Paths
from facturar.rules.pro_formas import laid
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
    given = f", by {', '.join(note.number for note in notes)}" if notes else "; its credit note is still to be issued"
    paths: Paths = tuple(("invoices", note.number) for note in notes)
    return Reason("discount", rounded(taken.amount, record.currency), f"on {taken.date}, paid early{given}", at=paths)


def settled_reasons(record: Invoice, book: Book, today: date) -> Iterator[Reason]:
    """What changed the open amount of a record, by day, up to today; then what is open."""
    if record.totals.payable <= 0:
        return
    client, asked = _of_the_client(record, book), record.totals.payable
    own, taken = _early(record, client, today)
    came = {p.date for p in own.payments} | {i.issued for i in own.invoices if i.totals.payable < 0}
    days = sorted({record.issued, *(day for day in came if record.issued <= day <= today)})
    left = _open(record, own, days[-1])
    for day, amount in _drops(record, own, days, asked, left):
        early = taken if taken and taken.date == day else None
        if early:
            yield _discounted(record, early, client)
        if rest := amount - (early.amount if early else ZERO):
            yield _laid(record, day, rest, replace(book, invoices=own.invoices))
    yield Reason(
        "open", rounded(left, record.currency), f"on {today}" if left else f"nothing on {today}: it is settled"
    )


def _drops(
    record: Invoice, own: Book, days: Sequence[date], before: Decimal, left: Decimal
) -> Iterator[tuple[date, Decimal]]:
    """The days on which the open amount changed, and by how much, between what was open before them and after them.

    By halves, as most of a client's payments are about other invoices.
    """
    if before == left:
        return
    if len(days) == 1:
        yield days[0], before - left
        return
    first, rest = days[: len(days) // 2], days[len(days) // 2 :]
    between = _open(record, own, first[-1])
    yield from _drops(record, own, first, before, between)
    yield from _drops(record, own, rest, between, left)


def _laid(record: Invoice, day: date, amount: Decimal, book: Book) -> Reason:
    """What came on a day: what names the invoice, else money that names none, else what was there before."""
    value = rounded(amount, record.currency)
    if amount < 0:
        return Reason("open again", value, f"on {day}, as money was given back", at=_refunds(record, day, book))
    notes = [i for i in book.invoices if i.corrects == record.number and i.issued == day and i.totals.payable < 0]
    if notes:
        paths: Paths = tuple(("invoices", note.number) for note in notes)
        return Reason("credited", value, f"on {day}, by {', '.join(note.number for note in notes)}", at=paths)
    named, unnamed = _payments(record, day, book)
    if named:
        written_off = all(book.payments[index].kind == "write_off" for index in named)
        asked = sorted(
            _names(record, day, book) & {book.payments[index].invoice or "" for index in named} - {record.number}
        )
        by = f"by what was kept for {', '.join(asked)}" if asked else "by what names it"
        return Reason("written off" if written_off else "paid", value, f"on {day}, {by}", at=_paths(named))
    if unnamed:
        because = f"on {day}, by what names no invoice, laid on what was due first"
        return Reason("paid", value, because, at=_paths(unnamed))
    because = f"on {day}, by the client's credit from before, or by what others left over"
    return Reason("paid", value, because, at=_earlier(record, day, book))


def _paths(indexes: Iterable[int]) -> Paths:
    return tuple(("payments", index) for index in indexes)


def _names(record: Invoice, day: date, book: Book) -> frozenset[str]:
    """By which numbers a payment names the invoice: its own, and that of a pro forma whose money is laid on it."""
    kept = laid(book, day).on
    return frozenset({record.number, *(number for number, target in kept.items() if target == record.number)})


def _payments(record: Invoice, day: date, book: Book) -> tuple[list[int], list[int]]:
    """The payments of a day in the invoice's currency: those that name it, and those that may go to any.

    What named it before it was issued counts on the day of its issue.
    """
    invoices, names = {invoice.number: invoice for invoice in book.invoices}, _names(record, day, book)
    named: list[int] = []
    unnamed: list[int] = []
    for index, payment in enumerate(book.payments):
        early = day == record.issued and payment.date < day
        if payment.client != record.client or payment.kind == "refund" or not (early or payment.date == day):
            continue
        if payment_currency(payment, invoices, book) != record.currency:
            continue
        if names & {payment.invoice, *(payment.invoices or ())}:
            named.append(index)
        elif not early:
            unnamed.append(index)
    return named, unnamed


def _refunds(record: Invoice, day: date, book: Book) -> Paths:
    own = (record.client, day, "refund")
    return _paths(i for i, p in enumerate(book.payments) if (p.client, p.date, p.kind) == own)


def _earlier(record: Invoice, day: date, book: Book) -> Paths:
    """The latest payment before, of which something may be left: best one that was not meant for a pro forma."""
    before = [(p.date, i) for i, p in enumerate(book.payments) if p.client == record.client and p.date < day]
    asked = {quote.number for quote in book.quotes} - _names(record, day, book)
    own = [(date, i) for date, i in before if book.payments[i].invoice not in asked] or before
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
