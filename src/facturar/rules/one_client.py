"""The part of a book that is about one client: enough to settle, remind and explain them, and quick to go through."""

from __future__ import annotations

from dataclasses import replace

from facturar.model.book import Book


def book_of(client: str, book: Book) -> Book:
    """The book with one client, and with what is theirs of jobs, records, payments and the diary.

    Numbers of new documents cannot be told from it, as those of other clients are not in it; nor up to which day
    payments are known, so it takes them to be.
    """
    reminders = book.settings.reminders.model_copy(update={"stale_after": None})
    return replace(
        book,
        settings=book.settings.model_copy(update={"reminders": reminders}),
        clients={client: book.clients[client]},
        jobs={job_id: job for job_id, job in book.jobs.items() if job.client == client},
        invoices=tuple(record for record in book.invoices if record.client == client),
        quotes=tuple(record for record in book.quotes if record.client == client),
        payments=tuple(payment for payment in book.payments if payment.client == client),
        diary=tuple(entry for entry in book.diary if entry.client == client),
        letters=tuple(letter for letter in book.letters if letter.client == client),
        notices=tuple(notice for notice in book.notices if notice.client == client),
        activity=tuple(report for report in book.activity if report.client == client),
        receipts=tuple(receipt for receipt in book.receipts if receipt.client == client),
        statements=tuple(statement for statement in book.statements if statement.client == client),
    )
