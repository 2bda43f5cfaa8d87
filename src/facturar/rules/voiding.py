"""Invoices that should never have been: what was sent to the wrong client, twice or to nobody.

To void is not to delete: numbers have no gaps (art. 6.1.a RD 1619/2012). A credit note in full names the invoice and
says why, so that its number is explained for ever.
"""

from __future__ import annotations

from datetime import date

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.money import ZERO
from facturar.rules.settlement import accounts


def cannot_be_void(invoice: Invoice, book: Book, day: date) -> str | None:
    """Why an invoice cannot be void: somebody has acted on it by paying, crediting or writing; None if nobody has."""
    if notes := [note for note in book.invoices if note.corrects == invoice.number]:
        if notes[0].void:
            return f"{invoice.number} is void already, by {notes[0].number}"
        return f"{invoice.number} is credited by {notes[0].number}: it cannot be void"
    own = accounts(book, day).get((invoice.client, invoice.currency))
    parts = [part for part in own.instalments if part.number == invoice.number] if own else []
    if settled := sum((part.amount - part.open for part in parts), ZERO):
        return f"{settled} {invoice.currency} of {invoice.number} are paid or settled: it cannot be void"
    written = [letter for letter in book.letters if invoice.number in {listed.number for listed in letter.invoices}]
    if written:
        return f"{invoice.number} is in the '{written[0].step}' letter of {written[0].date}: it cannot be void"
    return None
