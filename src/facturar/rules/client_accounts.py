"""What a book has about a client's accounts, so that these can be asked about on many days and cheaply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import replace

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.payment import Payment
from facturar.model.quote import Quote
from facturar.rules.settlement import payment_currency


def books_of_clients(book: Book, clients: Container[str]) -> dict[str, Book]:
    """For each of these clients the book with their documents and payments alone, which gives the same accounts.

    Their payments say their currencies, which may follow from what is left out. Linear in the size of the book.
    """
    invoices: dict[str, list[Invoice]] = defaultdict(list)
    quotes: dict[str, list[Quote]] = defaultdict(list)
    payments: dict[str, list[Payment]] = defaultdict(list)
    by_number = {invoice.number: invoice for invoice in book.invoices}
    for invoice in book.invoices:
        if invoice.client in clients:
            invoices[invoice.client].append(invoice)
    for quote in book.quotes:
        if quote.client in clients:
            quotes[quote.client].append(quote)
    for payment in book.payments:
        if payment.client in clients:
            currency = payment_currency(payment, by_number, book)
            payments[payment.client].append(payment.model_copy(update={"currency": currency}))
    return {
        client: replace(
            book,
            invoices=tuple(invoices[client]),
            quotes=tuple(quotes[client]),
            payments=tuple(payments[client]),
            letters=(),
            notices=(),
            activity=(),
            receipts=(),
            statements=(),
        )
        for client in sorted({*invoices, *payments})
    }
