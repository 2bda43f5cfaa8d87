"""Which setting holds: the most particular one that is given, job before client before book."""

from __future__ import annotations

from facturar.model.agreement import Share
from facturar.model.book import Book
from facturar.model.client import Client
from facturar.model.job import Job
from facturar.model.ladder import BUILT_IN, Ladder
from facturar.model.terms import Shift, Terms


def language_of(client: Client, book: Book) -> str:
    """The language of a client's documents, ISO 639-1."""
    return client.language or book.settings.language


def currency_of(job: Job | None, client: Client, book: Book) -> str:
    """The currency a job is billed in, ISO 4217."""
    return (job.currency if job else None) or client.currency or book.settings.currency


def terms_of(client: Client, book: Book) -> Terms:
    """The payment terms of a client."""
    return client.terms or book.settings.terms


def shift_of(client: Client, book: Book) -> Shift:
    """Where a client's due dates go that are no business days."""
    return client.shift or book.settings.shift


def default_taxes(job: Job | None, client: Client, book: Book) -> tuple[str, ...]:
    """The tax codes of a line that names none."""
    for taxes in (job.taxes if job else None, client.taxes):
        if taxes is not None:
            return taxes
    return book.settings.taxes


def default_discount(job: Job, client: Client) -> Share | None:
    """The discount of a line that has none of its own."""
    return job.discount or client.discount


def number_pattern(kind: str, client: Client, book: Book) -> str:
    """The pattern that numbers a kind of document for a client.

    Simplified invoices have a series of their own, whatever the client's: whoever issues both kinds in a year must keep
    them apart (art. 7.1.a RD 1619/2012).
    """
    numbering = book.settings.numbering
    match kind:
        case "credit_note":
            return numbering.credit_note
        case "debit_note":
            return numbering.debit_note
        case "simplified":
            return numbering.simplified
        case "quote":
            return numbering.quote
        case "pro_forma":
            return numbering.pro_forma
    return client.series or numbering.invoice


def _named_ladder(name: str, book: Book) -> Ladder | None:
    return book.settings.ladders.get(name) or BUILT_IN.get(name)


def ladder_of(client: Client, book: Book) -> Ladder | None:
    """The ladder of reminders of a client; None when they get no reminders or when its name is unknown."""
    if client.reminders:
        return _named_ladder(client.reminders, book)
    reminders = book.settings.reminders
    return reminders.over(_named_ladder(reminders.name, book))


def steps_of_ladders(book: Book) -> frozenset[str]:
    """The letters that are steps of a ladder, the book's or built in, by the name of their template."""
    ladders = (*book.settings.ladders.values(), *BUILT_IN.values())
    steps = (*(book.settings.reminders.steps or ()), *(step for ladder in ladders for step in ladder.steps))
    return frozenset((step.template or step.name).removeprefix("letters/") for step in steps)
