"""A debit note explained: what each invoice is charged with, by which law, at which rate, on which days and base."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from facturar.model.book import Book
from facturar.model.interest import InterestPart
from facturar.model.invoice import Invoice, interest_part
from facturar.model.letter import letter_name
from facturar.problems import KeyPath
from facturar.rules.interest import InterestTerms, interest_sum, interest_terms
from facturar.rules.late_charges import compensation_of, interest_of
from facturar.views.explaining.interest import part_explained
from facturar.views.explaining.reason import Reason


def charge_reasons(record: Invoice, book: Book) -> Iterator[Reason]:
    """A reason for each line of a debit note, in its order: the interest on an invoice, what collecting it cost."""
    client = book.clients.get(record.client)
    terms = interest_terms(client, book) if client else None
    dues = _dues(record)
    amounts = [line.net for line in record.lines]
    for kind, number in _charged(record):
        amount = amounts.pop(0)
        claimed = _claimed(kind, number, record, book)
        if kind == "interest":
            yield _interest(number, amount, dues[number], record, terms, claimed, book)
        else:
            yield _compensation(number, amount, terms, claimed)


def _dues(record: Invoice) -> dict[str, list[tuple[date, date]]]:
    """The due dates whose interest is charged, each with the last day, by invoice."""
    found: dict[str, list[tuple[date, date]]] = {}
    for key in record.covers:
        if covered := interest_of(key):
            found.setdefault(covered[0], []).append(covered[1:])
    return found


def _charged(record: Invoice) -> list[tuple[str, str]]:
    """The kind and the invoice of each line: a line for the interest, however many instalments were late."""
    found: dict[tuple[str, str], None] = {}
    for key in record.covers:
        if covered := interest_of(key):
            found["interest", covered[0]] = None
        elif number := compensation_of(key):
            found["compensation", number] = None
    return list(found)


def _claimed(kind: str, number: str, record: Invoice, book: Book) -> Reason | None:
    """The last letter before it that claimed as much."""
    letters = [
        letter
        for letter in book.letters
        if letter.client == record.client
        and letter.date <= record.issued
        and any((charge.kind, charge.number) == (kind, number) for charge in letter.charges)
    ]
    if not letters:
        return None
    name = letter_name(letters[-1], book.settings.currency)
    return Reason("claimed", letters[-1].date, f"by the '{letters[-1].step}' letter", at=(("letters", name),))


def _source(terms: InterestTerms | None) -> str:
    return terms.law.source if terms and terms.law else ""


def _parts(number: str, record: Invoice) -> list[InterestPart]:
    rows = (entry for annex in record.annexes for entry in annex.entries if entry.text == number)
    return [part for row in rows if (part := interest_part(row))]


def _due_of(part: InterestPart, dues: list[tuple[date, date]]) -> date:
    """The due date of the instalment that a part of the worksheet is of."""
    return next((due for due, until in dues if due < part.first and part.last <= until), dues[0][0])


def _interest(
    number: str,
    amount: Decimal,
    dues: list[tuple[date, date]],
    record: Invoice,
    terms: InterestTerms | None,
    claimed: Reason | None,
    book: Book,
) -> Reason:
    parts = _parts(number, record)
    because = f"{sum(part.days for part in parts)} days: base × rate × days ÷ 365, as its worksheet says"
    if interest_sum(parts) != amount:
        because = "as recorded: its worksheet comes to something else"
    told = [claimed] if claimed else []
    if terms:
        told[:0] = [part_explained(part, _due_of(part, dues), terms, book, record.client) for part in parts]
    return Reason(f"interest {number}", amount, because, _source(terms), (("invoices", number),), tuple(told))


def _compensation(number: str, amount: Decimal, terms: InterestTerms | None, claimed: Reason | None) -> Reason:
    at: KeyPath = ("regime", "late_payment", "compensation")
    places = (at,) if terms and terms.law else ()
    because = "the fixed sum for the cost of collecting, once an invoice"
    return Reason(f"compensation {number}", amount, because, _source(terms), places, (claimed,) if claimed else ())
