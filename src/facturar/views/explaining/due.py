"""Why an invoice falls due when it does: whose terms, and how they count."""

from __future__ import annotations

from collections.abc import Iterator

from facturar.model.book import Book
from facturar.model.invoice import Due, Invoice
from facturar.model.terms import TermPart, Terms, read_terms
from facturar.rules.customs import shift_of, terms_of
from facturar.rules.due import due_date, moves
from facturar.views.explaining.reason import Reason, changed, setting

_WEEKEND = {5: "a Saturday", 6: "a Sunday"}


def due_reasons(record: Invoice, book: Book) -> Iterator[Reason]:
    """A reason for each instalment, by the terms that the record keeps, and one for the terms."""
    if record.terms is None:
        for due in record.due:
            yield Reason("due", due.date, _without_terms(record, due))
        return
    terms = read_terms(record.terms)
    for index, (due, part) in enumerate(zip(record.due, terms.parts, strict=False), start=1):
        subject = "due" if len(record.due) == 1 else f"due {index}"
        yield Reason(
            subject, due.date, _counted(record, due, part, terms), parts=tuple(_shift(record, due, part, book))
        )
    yield _terms(record, terms, book)


def _without_terms(record: Invoice, due: Due) -> str:
    if due.amount < 0:
        return "at once, as it is to be given back"
    if record.kind == "debit_note":
        return "on receipt" if due.date == record.issued else "the day given to pay it"
    return "on its day"


def _counted(record: Invoice, due: Due, part: TermPart, terms: Terms) -> str:
    end = f"the end of the month of {record.issued}" if part.end_of_month else str(record.issued)
    counted = f"{part.days} days after {end}" if part.days or part.end_of_month else f"on receipt, {record.issued}"
    day = due_date(record.issued, part)
    moved = f", moved from {day}" if day != due.date else ""
    if len(terms.parts) == 1:
        return counted + moved
    last = ", the last taking the rounding" if part is terms.parts[-1] else ""
    share = f"{due.amount}, {part.percent.normalize():f}% of {record.totals.payable}{last}"
    return f"{counted}{moved}; {share}"


def _shift(record: Invoice, due: Due, part: TermPart, book: Book) -> Iterator[Reason]:
    """Whose wish it was that the due date goes to a business day, or that it would go elsewhere now."""
    client, day = book.clients.get(record.client), due_date(record.issued, part)
    if client is None:
        return
    shift = shift_of(client, book)
    now = moves(shift, record.issued, book.holidays)(day)
    if now != due.date:
        yield changed(f"by what the files say now it would be {now}")
    elif now != day:
        why = _WEEKEND.get(day.weekday(), "a holiday")
        found = setting("shift", shift, book, record.client, client)
        yield Reason("shift", shift, f"{found.because}, as {day} is {why}", at=found.at)


def _terms(record: Invoice, terms: Terms, book: Book) -> Reason:
    """The terms of the record, with whose they are if those have not changed."""
    client = book.clients.get(record.client)
    if client is None:
        return Reason("terms", terms.text, f"as recorded: the client '{record.client}' is gone from the files")
    now = terms_of(client, book)
    found = setting("terms", terms.text, book, record.client, client)
    if now.text == terms.text:
        return found
    told = changed(f"the terms are {now.text} now", found.at)
    return Reason("terms", terms.text, "as recorded", parts=(told,))
