"""Why an invoice falls due when it does: whose terms, and how they count."""

from __future__ import annotations

from collections.abc import Iterator

from facturar.model.book import Book
from facturar.model.invoice import Due, Invoice
from facturar.model.terms import TermPart, Terms, read_terms
from facturar.rules.customs import terms_of
from facturar.rules.due import due_date
from facturar.views.explaining.reason import Reason, changed, setting


def due_reasons(record: Invoice, book: Book) -> Iterator[Reason]:
    """A reason for each instalment, by the terms that the record keeps, and one for the terms."""
    if record.terms is None:
        for due in record.due:
            yield Reason("due", due.date, "at once, as it is to be given back" if due.amount < 0 else "on its day")
        return
    terms = read_terms(record.terms)
    for index, (due, part) in enumerate(zip(record.due, terms.parts, strict=False), start=1):
        subject = "due" if len(record.due) == 1 else f"due {index}"
        yield Reason(subject, due.date, _counted(record, due, part, terms))
    yield _terms(record, terms, book)


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
