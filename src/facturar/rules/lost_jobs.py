"""Jobs that were billed and are gone from the book: one that was only given another id must not be billed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeVar

from facturar.model.book import Book
from facturar.model.invoice import Invoice
from facturar.model.quote import Quote
from facturar.rules.loyalty import net_before_loyalty

RecordT = TypeVar("RecordT", Invoice, Quote)

Trait = tuple[str, str, Decimal]
"""A client, what a key says beside the id of its job (`done`, `2026-01-31`), and the net before any loyalty."""


def _traits(client: str, covers: Iterable[str], net: Decimal) -> set[Trait]:
    return {(client, key.partition(":")[2], net) for key in covers}


def billed_by_lost_jobs(book: Book) -> dict[Trait, Invoice]:
    """What was billed for jobs that are no longer there, by its traits, with the invoice that billed it."""
    return {
        trait: invoice
        for invoice in book.invoices
        if invoice.job and not any(job in book.jobs for job in invoice.job)
        for trait in _traits(invoice.client, invoice.covers, net_before_loyalty(invoice))
    }


def asked_for_lost_jobs(book: Book) -> dict[Trait, Quote]:
    """What pro formas asked for, of jobs that are no longer there."""
    return {
        trait: quote
        for quote in book.quotes
        if quote.job not in book.jobs
        for trait in _traits(quote.client, quote.covers, quote.totals.net)
    }


def twin(client: str, covers: Iterable[str], net: Decimal, lost: Mapping[Trait, RecordT]) -> RecordT | None:
    """The record that billed the same, for the same client, under a job that is gone; None when there is none."""
    return next((lost[trait] for trait in _traits(client, covers, net) if trait in lost), None)
