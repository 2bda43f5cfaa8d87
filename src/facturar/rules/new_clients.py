"""Who is a new client and was not welcomed: something is agreed, and there is no invoice but a first one of late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.job import Job
from facturar.rules.noticing import told_before
from facturar.rules.quotes import accepted_on, last_quote
from facturar.rules.running import runs_on

WELCOME = "welcome"
"""The name of the letter."""
_NEW_FOR = timedelta(days=14)


def first_invoices(invoices: Iterable[Invoice], day: date) -> dict[str, date]:
    """The day of the first invoice to each client who had any by a day."""
    found: dict[str, date] = {}
    for invoice in invoices:
        if invoice.issued <= day:
            found[invoice.client] = min(invoice.issued, found.get(invoice.client, invoice.issued))
    return found


def is_new(first: date | None, day: date) -> bool:
    """Whether who had a first invoice on a day, or none, is still a new client."""
    return first is None or day <= first + _NEW_FOR


def _agreed(job_id: str, job: Job, book: Book, day: date) -> bool:
    """Whether there is work that was agreed and goes on: a quote that nobody accepted is no agreement."""
    quoted = job.quote is not None or last_quote(job_id, book, day) is not None
    return runs_on(job, day) and (not quoted or accepted_on(job, day) is not None)


def to_welcome(book: Book, day: date) -> list[str]:
    """The new clients whom no welcome was written, in the order of the book."""
    agreed = {job.client for job_id, job in book.jobs.items() if _agreed(job_id, job, book, day)}
    first = first_invoices(book.invoices, day)
    return [
        client
        for client in book.clients
        if client in agreed and is_new(first.get(client), day) and not told_before(client, WELCOME, book, day)
    ]
