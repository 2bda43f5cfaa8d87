"""Explanations agree with what they explain: an invoice worked out again to the cent, what was laid on it adding up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from facturar.model.book import Book
from facturar.views.explaining import Reason, explained_client, explained_invoice, explained_letter
from facturar.views.explaining.derivation import again
from facturar.views.explaining.written import value_at
from tests.properties.books import searched
from tests.properties.lives import Life, lives


def as_read(book: Book) -> Book:
    """The book with its records in the order in which a folder gives them."""
    return replace(book, invoices=tuple(sorted(book.invoices, key=lambda record: (record.issued, record.number))))


def amounts(reason: Reason, *subjects: str) -> Decimal:
    found = (part.value for part in reason.parts if part.subject in subjects)
    return sum((value for value in found if isinstance(value, Decimal)), Decimal(0))


@searched
@given(lives)
def test_every_invoice_is_worked_out_again_to_the_cent(life: Life) -> None:
    book = as_read(life.end)
    for record in book.invoices:
        if record.covers and not record.pays_early:
            found = again(record, book)
            assert found.figures, record.number
            assert found.figures.lines == record.lines
            assert found.figures.taxes == record.taxes
            assert found.figures.totals == record.totals
            assert all(value_at(book, path) for _, line in found.lines for path in line.origin.of)


@searched
@given(lives)
def test_what_was_laid_on_an_invoice_and_what_is_open_come_to_what_it_asks_for(life: Life) -> None:
    book = as_read(life.end)
    for record in book.invoices:
        if record.totals.payable > 0:
            told = explained_invoice(record, book, life.last_day)
            early = sum(p.value for p in told.parts if isinstance(p.value, Decimal) and "paid early" in p.because)
            laid = amounts(told, "paid", "written off", "credited", "open again", "open")
            assert laid + early == record.totals.payable


@searched
@given(lives)
def test_clients_and_letters_are_explained_whatever_happened(life: Life) -> None:
    for client in life.end.clients:
        assert explained_client(client, life.end, life.last_day).parts
    for letter in life.end.letters:
        assert explained_letter(letter, life.end).parts[0].value == letter.step
